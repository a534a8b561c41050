"""The admin of a kind of record, read from its model: lists, forms, steps, history, children.

A plain class that grows no options: where a record needs more than `by` and one overridden hook, write an ordinary
`PortalModelAdmin` with `object_action`s.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MethodType
from typing import Any, ClassVar, TypeVar

from django import forms
from django.db.models import DateField, Field, Model, QuerySet
from django.forms.models import fields_for_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from union_portal.base.admin import reading
from union_portal.base.admin.actions import object_action
from union_portal.base.admin.blocks import Block
from union_portal.base.admin.bulk import bulk_page
from union_portal.base.admin.children import adding, dataset_of
from union_portal.base.admin.codes import without
from union_portal.base.admin.model_admin import PortalModelAdmin
from union_portal.base.admin.returning import back_from
from union_portal.base.admin.standing import WaitsForMe, leads_on
from union_portal.base.importing.kinds import kinds
from union_portal.base.importing.lists import ModelList
from union_portal.base.rules import permission_of
from union_portal.base.states import Move, machine_of
from union_portal.base.steps import hold, record, saved, take, take_all, timeline, unchanged

M = TypeVar("M", bound=Model)


class RecordAdmin(PortalModelAdmin[M]):
    """A button for every step that the table offers in the row's state, its history, and the rows that belong to it.

    `by` names the service of a step that does more than move; it is called as
    `service(subject=…, actor=…, **what the step's form asks)`; a step by None is taken elsewhere and has no button.
    `by_rows` names those called with `rows` instead, a queryset of one row or of many. `children` are the related names
    whose rows the page lists and lets add; `parent` is the foreign key to the record whose page lists this one.
    """

    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {}
    by_rows: ClassVar[Mapping[str, Callable[..., Any]]] = {}
    children: ClassVar[Sequence[str]] = ()
    parent: ClassVar[str] = ""
    change_form_outer_before_template = "base/admin/record.html"

    def __init__(self, model: type[M], admin_site: Any) -> None:
        super().__init__(model, admin_site)
        machine = machine_of(model)
        steps = machine.steps() if machine is not None else ()
        self.steps = tuple(step for step in steps if self.by.get(step.action, take) is not None)
        made: list[str] = []
        for page in [*map(self._step_page, self.steps), *(adding(model, name) for name in self.children)]:
            if not hasattr(type(self), page.__name__):
                setattr(self, page.__name__, MethodType(page, self))
            made.append(page.__name__)
        self.actions_detail = (*made, *type(self).actions_detail)  # type: ignore[misc]

    # -- the list ----------------------------------------------------------------------------------------------------

    def get_list_display(self, request: HttpRequest) -> Any:
        """Show the first plain fields and the state unless the admin says otherwise."""
        if self.list_display != ("__str__",):
            return super().get_list_display(request)
        return [*(reading.shown(self.model) or ["__str__"]), *(["state_shown"] if self.steps else [])]

    def get_export_also(self, request: HttpRequest) -> Sequence[Any]:
        """Export the other plain fields too where the list is read from the model."""
        own = super().get_export_also(request)
        return own or (reading.beside(self.model) if self.list_display == ("__str__",) else ())

    def own_filters(self) -> Sequence[Any]:
        """Filter by state, choices, days and related rows unless the admin says otherwise; first by what waits."""
        waits = (WaitsForMe,) if leads_on(self.model) else ()
        return (*waits, *(super().own_filters() or reading.filters(self.model)))

    def get_search_fields(self, request: HttpRequest) -> Any:
        """Search the short texts unless the admin says otherwise."""
        return super().get_search_fields(request) or reading.searched(self.model)

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        """Find related rows by typing wherever their own list can be searched."""
        searchable, meta = self._searchable(request), self.opts
        links = [field.name for field in (*meta.fields, *meta.many_to_many) if field.related_model in searchable]
        return [*super().get_autocomplete_fields(request), *links]

    def _searchable(self, request: HttpRequest) -> set[type[Model]]:
        own = {field.related_model for field in (*self.opts.fields, *self.opts.many_to_many) if field.related_model}
        admins = [self.admin_site.get_model_admin(model) for model in own if self.admin_site.is_registered(model)]
        return {admin.model for admin in admins if admin.get_search_fields(request)}

    @property
    def date_hierarchy(self) -> str | None:  # type: ignore[override]
        """The one day every row has; an admin that says otherwise simply sets it."""
        return reading.obvious_day(self.model)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer every step for the chosen rows too."""
        found = super().get_actions(request)
        for step in self.steps:
            if not hasattr(type(self), f"step_{step.action}") and request.user.has_perm(self.permission_of(step)):
                page = self._bulk_page(step)
                found[page.__name__] = (page, page.__name__, page.short_description)  # type: ignore[attr-defined]
        return found

    def get_export_resource_classes(self, request: HttpRequest) -> list[type[Any]]:
        """Add the kind's own list, which can be imported again."""
        own = [one for one in kinds() if issubclass(one, ModelList) and one.model is self.model and one.is_basic()]
        return [self.shown_list(), *own] if self.has_change_permission(request) else [self.shown_list()]

    # -- the form ----------------------------------------------------------------------------------------------------

    def get_fields(self, request: HttpRequest, obj: M | None = None) -> Any:
        """Ask a new row for what no step asks; show the rest once the row exists."""
        asked = {name for step in self.steps for name in step.asked} if obj is None else set()
        if self.fields:
            return [name for name in super().get_fields(request, obj) if name not in asked]
        own = (*self.opts.fields, *self.opts.many_to_many)
        names = [field.name for field in own if field.editable and not field.primary_key]
        return without(self.code_field, [name for name in names if name not in {*asked, *reading.KEPT}])

    def get_readonly_fields(self, request: HttpRequest, obj: M | None = None) -> Any:
        """Leave to the steps what they ask for."""
        asked = [name for step in self.steps for name in step.asked] if obj is not None else []
        return [*super().get_readonly_fields(request, obj), *dict.fromkeys(asked)]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: ARG002
        """Save through the model's own checks; a birth is logged, an old row must be the one that was read.

        The record that the row belongs to is held: its rows are judged one after another.
        """
        if self.parent:
            hold(getattr(obj, self.parent))
        if not change:
            record(obj, actor=request.user)
            return
        read = request.POST.get("version_read", "")
        if read.isdecimal():
            unchanged(hold(obj), version=int(read))
            obj.version = int(read) + 1
        saved(obj)

    def response_add(self, request: HttpRequest, obj: M, post_url_continue: str | None = None) -> HttpResponse:
        """Lead back to the record that the new row belongs to, or to where the form was opened."""
        back: HttpResponse | None = None if back_from(request) else self._to_parent(request, obj)
        return back or super().response_add(request, obj, post_url_continue)

    def response_post_save_add(self, request: HttpRequest, obj: M) -> Any:
        """End on the new row's own page where something follows there: its steps, or the rows that belong to it."""
        if back_from(request) or not (self.steps or self.children):
            return super().response_post_save_add(request, obj)
        return redirect(self.page_of(request, obj))

    def response_change(self, request: HttpRequest, obj: M) -> HttpResponse:
        """Lead back to the record that the row belongs to."""
        back: HttpResponse | None = self._to_parent(request, obj)
        return back or super().response_change(request, obj)

    def _to_parent(self, request: HttpRequest, obj: M) -> Any:
        back = self.back_from_step(obj)
        if back is None or {"_continue", "_addanother", "_popup"} & request.POST.keys():
            return None
        request.portal_made = back  # type: ignore[attr-defined]
        self.message_user(request, f"“{obj}”已保存。")
        return redirect(back)

    # -- the page ----------------------------------------------------------------------------------------------------

    def get_changeform_datasets(self, request: HttpRequest) -> list[Any]:
        """List the rows that belong to the record."""
        if request.resolver_match is None or "object_id" not in request.resolver_match.kwargs:
            return []
        own = [dataset_of(self.model, name, self.admin_site) for name in self.children]
        return [*own, *super().get_changeform_datasets(request)]  # type: ignore[misc]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Put the history above the form; a new row that ends on its own page is saved in one way."""
        subject = context.get("original")
        if subject is None and (self.steps or self.children):
            context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        if subject is not None and self.steps:
            context |= {"moves": timeline(subject), "state_words": subject.get_state_display()}
            context["next_step"] = self.next_step(subject)
        return super().render_change_form(request, context, *args, **kwargs)

    def back_from_step(self, subject: M) -> str | None:
        """Lead back to the record that the row belongs to."""
        if not self.parent:
            return None
        owner = getattr(subject, self.parent)
        opts = owner._meta  # noqa: SLF001
        return reverse(f"{self.admin_site.name}:{opts.app_label}_{opts.model_name}_change", args=[owner.pk])

    # -- the steps ---------------------------------------------------------------------------------------------------

    def permission_of(self, step: Move) -> str:
        """Return the full name of what the step needs."""
        return permission_of(self.model, step)

    def offers(self, step: Move, subject: Any) -> bool:
        """Tell whether the step makes sense for the row: the table allows it in its state."""
        machine: Any = machine_of(self.model)
        return bool(machine.allows(state=subject.state, action=step.action))

    def blocks(self, request: HttpRequest, step: Move, subject: Any) -> Block | None:  # noqa: ARG002
        """Return why the step, which the state allows, cannot succeed now for whoever asks; None where it can."""
        return None

    def next_step(self, subject: Any) -> str:
        """Say at the head of the row's page what comes next and who does it; nothing where the table says nothing."""
        return str(machine_of(self.model).following.get(subject.state, ""))  # type: ignore[union-attr]

    def step_says(self, step: Move, subject: Any) -> str:  # noqa: ARG002
        """Say above the step's form what it will do, or where the row stands."""
        return f"“{subject}”目前{subject.get_state_display()}。"

    def step_form(self, request: HttpRequest, step: Move, subject: M | None) -> type[forms.Form]:
        """Return the form of a step: the model's fields as its own form shows them, the reason, the version read."""
        dressed = partial(self.formfield_for_dbfield, request=request)
        fields = fields_for_model(self.model, fields=step.asked, formfield_callback=dressed) if step.asked else {}
        for name, field in fields.items():
            field.required = field.required or name in step.required
            field.initial = _start(self.opts.get_field(name), subject, field.required)
        if step.why:
            fields["why"] = forms.CharField(label="原因", widget=forms.Textarea(attrs={"rows": 3}))
        if hasattr(subject, "version"):
            fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=subject.version)  # type: ignore[union-attr]
        return type("StepForm", (forms.Form,), dict(fields))

    def _step_page(self, step: Move) -> Callable[..., Any]:
        def perform(self: Any, request: HttpRequest, subject: Any, **values: Any) -> str:
            service, all_at_once = self.by.get(step.action), self.by_rows.get(step.action)
            if all_at_once is not None:
                rows = self.model._default_manager.filter(pk=subject.pk)  # noqa: SLF001
                all_at_once(rows=rows, actor=request.user, **values)
            elif service is not None:
                service(subject=subject, actor=request.user, **values)
            else:
                take(subject=subject, action=step.action, actor=request.user, **values)
            return f"“{subject}”{step.done}。"

        perform.__name__ = f"step_{step.action}"
        return object_action(
            description=step.label,
            permission=self.permission_of(step),
            form=lambda admin, request, subject: admin.step_form(request, step, subject),
            confirmation=lambda admin, _request, subject: admin.step_says(step, subject),
            offered=lambda subject: self.offers(step, subject),
            blocked=lambda admin, request, subject: admin.blocks(request, step, subject),
            note=machine_of(self.model).notes.get(step.action, ""),  # type: ignore[union-attr]
            primary=step is self.steps[0],
        )(perform)

    def _bulk_page(self, step: Move) -> Callable[..., Any]:
        def perform(self: Any, request: HttpRequest, rows: "QuerySet[Any]", **values: Any) -> str:
            service, all_at_once = self.by.get(step.action), self.by_rows.get(step.action)
            if all_at_once is not None:
                count = rows.count()
                all_at_once(rows=rows, actor=request.user, **values)
            elif service is None:
                count = take_all(rows, action=step.action, actor=request.user, **values)
            else:
                count = len([service(subject=row, actor=request.user, **values) for row in rows.order_by("pk")])
            return f"{count:,} 条记录{step.done}。"

        return bulk_page(
            name=f"all_{step.action}",
            description=step.label,
            sentence=f"对选中的 %(count)s 条记录办理“{step.label}”，要么全部办理，要么都不办理。",
            permission=self.permission_of(step),
            perform=perform,
            form=lambda admin, request: admin.step_form(request, step, None),
        )


def _start(field: "Field[Any, Any] | Any", subject: Model | None, required: bool) -> Any:
    """Return what a step's field begins with: what the row holds, or today for a day that must be told."""
    held = getattr(subject, field.name) if subject is not None else None
    if held in (None, "") and required and isinstance(field, DateField):
        return timezone.localdate()
    return held
