"""The one base of every admin page: scoped rows, rules as permissions, refusals as form errors, no silent delete."""

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from union_portal.base.admin.codes import free_code, without
from union_portal.base.admin.drawer import DrawerMixin
from union_portal.base.admin.exporting import ListExportMixin
from union_portal.base.admin.filters import filters_of
from union_portal.base.admin.forms import dress, name_cells, one_picker
from union_portal.base.admin.lookups import DeclaredLookupsMixin
from union_portal.base.admin.offering import OfferedStepsMixin
from union_portal.base.admin.pages import CappedPaginator
from union_portal.base.admin.returning import back_from
from union_portal.base.admin.ruled import RuledMixin
from union_portal.base.admin.scoping import linked, scoped
from union_portal.base.admin.seeing import SeenRowsMixin
from union_portal.base.admin.sent import SentOnceMixin
from union_portal.base.admin.shim import ThemedModelAdmin, ThemedStackedInline, ThemedTabularInline
from union_portal.base.admin.standing import StandingMixin
from union_portal.base.admin.step_links import blocked_steps
from union_portal.base.errors import DomainError
from union_portal.base.forms import add_refusal

M = TypeVar("M", bound=Model)
C = TypeVar("C", bound=Model)
P = TypeVar("P", bound=Model)


class PortalModelAdmin(
    RuledMixin,
    SeenRowsMixin[M],
    SentOnceMixin,
    DeclaredLookupsMixin,
    ListExportMixin,
    OfferedStepsMixin,
    DrawerMixin,
    StandingMixin,
    ThemedModelAdmin[M],
):
    """Base of every admin page.

    Rows come from `visible_to(user)` (list, autocomplete, actions, export); `save_model` may call a service that raises
    a DomainError, which comes back as a form error with the input kept; a class that overrides `perform_delete` with a
    service call gets a delete button. After a service made the row, hand it back with `adopt(obj, created)`. The form
    of a new row makes one row however often it is sent; an address carries no other look-ups than the list's filters.
    """

    list_per_page = 50
    paginator = CappedPaginator
    show_full_result_count = False
    list_filter_submit = True
    compressed_fields = True
    warn_unsaved_form = True
    actions_list: ClassVar[Sequence[Any]] = ()
    actions_detail: ClassVar[Sequence[Any]] = ()
    actions_row: ClassVar[Sequence[Any]] = ()
    # Fields that may be filled in once, when the row is made.
    fixed_fields: ClassVar[Sequence[str]] = ()
    # The field whose value only programs and files use: no form shows it, a new row's is made from this other field.
    code_field: ClassVar[str] = ""
    code_from: ClassVar[str] = "name"

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        """Return the rows the account may see."""
        return scoped(super().get_queryset(request), request)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Name the list as the sidebar does; leave out the number above a list that was not counted to its end."""
        found = super().get_changelist_instance(request)
        if not found.is_popup:
            found.title = str(self.opts.verbose_name_plural)
        if found.paginator.capped:
            found.full_result_count = found.result_count
        return found

    def get_list_filter(self, request: HttpRequest) -> Any:  # noqa: ARG002
        """Offer related rows that may be seen, and let numbers of other pages lead to their rows."""
        return filters_of(self.model, self.own_filters())

    def own_filters(self) -> Sequence[Any]:
        """Return what the list is filtered by of itself."""
        return self.list_filter

    def get_list_select_related(self, request: HttpRequest) -> Any:
        """Read with the list the related rows that its columns show, unless the admin says otherwise."""
        return super().get_list_select_related(request) or linked(self.model, self.get_list_display(request)) or False

    def get_readonly_fields(self, request: HttpRequest, obj: M | None = None) -> Any:
        """Add the fields that are fixed once the row exists."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, *self.fixed_fields] if obj is not None else fields

    def get_fields(self, request: HttpRequest, obj: M | None = None) -> Any:
        """Leave the code out."""
        return without(self.code_field, super().get_fields(request, obj))

    def save_form(self, request: HttpRequest, form: forms.ModelForm[M], change: bool) -> Any:
        """Give a new row its code."""
        made = super().save_form(request, form, change)
        if self.code_field and not change:
            setattr(made, self.code_field, free_code(made, self.code_field, str(getattr(made, self.code_from))))
        return made

    def response_post_save_add(self, request: HttpRequest, obj: M) -> Any:
        """Lead back to where the form was opened from, such as the preview of a list that lacked the row."""
        return back_from(request) or super().response_post_save_add(request, obj)

    def back_from_step(self, subject: M) -> str | None:  # noqa: ARG002
        """Return the address a step on the row leads back to; None is the row's own page."""
        return None

    def step_title(self, step: str, subject: M | None) -> str:
        """Say above every step what it is about."""
        return f"{step}：{subject}" if subject is not None else step

    def is_mourning(self, subject: M) -> bool:  # noqa: ARG002
        """Whether the row is about death or illness, so that its pages keep red out of sight."""
        return False

    # Permissions
    def has_module_permission(self, request: HttpRequest) -> bool:
        """The app shows when any of its lists may be seen."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Ask the rule."""
        return self._may(request, "add", None)

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Only where a service deletes."""
        by_service = type(self).perform_delete is not PortalModelAdmin.perform_delete
        return by_service and self._may(request, "delete", obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Leave out the mass deletion."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    # A row's page
    def above_form(self, request: HttpRequest, subject: M) -> dict[str, Any]:  # noqa: ARG002
        """Return what the page of a row shows beside its form, for the template; asked once a page."""
        return {}

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add what stands above the form."""
        subject = context.get("original")
        above = self.above_form(request, subject) if subject is not None else {}
        above |= {"blocked": blocked_steps(self, request, subject)} if subject is not None else {}
        if subject is not None and not context["adminform"].form.fields and not context.get("inline_admin_formsets"):
            above = {"show_save": False, "show_save_and_continue": False, "show_save_and_add_another": False, **above}
        if subject is not None:
            # Another row is begun from the list: here one is being looked at.
            above.setdefault("show_save_and_add_another", False)
        dress(context["adminform"].form)
        above["media"] = one_picker(context["media"] + context["adminform"].form.media)
        return super().render_change_form(request, {**context, **above}, *args, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Give texts four lines to begin with; the field grows when it is pulled."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), forms.Textarea):
            field.widget.attrs["rows"] = 4
        return field

    # Refusals
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show the form again with the refusal in it when a service refuses."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (DomainError, ValidationError, IntegrityError) as error:
            # The second pass shows the same input; its form is invalid because of the refusal.
            request.portal_refusal = error  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: M | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form, with the refusal in it after a service refused."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "portal_refusal", None)
        return _refusing(form, refusal) if refusal is not None else form

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[M], *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        """Run an action on the chosen rows; a refusal is shown above the list."""
        try:
            return super().response_action(request, queryset, *args, **kwargs)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect(request.get_full_path())

    # Deleting
    def perform_delete(self, *, request: HttpRequest, obj: M) -> None:
        """Delete through a service; overriding this is what gives the page its delete button."""
        raise NotImplementedError

    def delete_model(self, request: HttpRequest, obj: M) -> None:
        """Delete through the service."""
        self.perform_delete(request=request, obj=obj)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        """Delete after a confirmation; a refusal leads back to the row."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except DomainError as error:
            messages.error(request, str(error))
            response: HttpResponseBase = redirect(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_change", object_id
            )
            return response


class ReadOnlyModelAdmin(PortalModelAdmin[M]):
    """Rows to look at: logs, ledgers, frozen things."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody adds by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:  # noqa: ARG002
        """Nobody changes by hand."""
        return False


class RuledInlineMixin(RuledMixin):
    """Rows below a form; without a rule for the row's model they do not show."""

    extra = 0
    show_change_link = True

    @property
    def hide_title(self) -> bool:
        """Name a row above it only where the name leads to its page: its columns say the same."""
        return not self.show_change_link

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Ask the rule."""
        return self._may(request, "add", None)


class PortalTabularInline(RuledInlineMixin, ThemedTabularInline[C, P]):
    """Rows below a form as a table."""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Name the fields of every row by their column."""
        formset = super().get_formset(request, obj, **kwargs)
        name_cells(formset.form)
        return formset


class PortalStackedInline(RuledInlineMixin, ThemedStackedInline[C, P]):
    """Rows below a form, each as a form of its own."""


def adopt(obj: Model, made: Model) -> None:
    """Let the form's instance stand for the row that a service made."""
    obj.__dict__.update(made.__dict__)


def _refusing(form: type[forms.BaseForm], refusal: Exception) -> type[forms.BaseForm]:
    class Refused(form):  # type: ignore[valid-type,misc]
        def full_clean(self) -> None:
            super().full_clean()
            if self.is_bound:
                add_refusal(self, refusal)

    Refused.__name__ = form.__name__
    return Refused


__all__ = [
    "PortalModelAdmin",
    "PortalStackedInline",
    "PortalTabularInline",
    "ReadOnlyModelAdmin",
    "adopt",
]
