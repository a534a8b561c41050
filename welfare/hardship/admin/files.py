"""Hardship files on the desk: the list tells no sums, a file's page does, and each look at it is logged."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from unfold.widgets import UnfoldAdminTextInputWidget

from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.requests import account_of
from union_portal.accounts.services.access import log_access
from union_portal.base.admin import Block, PortalTabularInline, RecordAdmin, object_action, refused_by
from union_portal.base.admin.children import dataset_of
from union_portal.base.admin.filters import question
from union_portal.base.querysets import in_force
from union_portal.base.states import Move
from union_portal.base.views import as_pdf
from welfare.hardship.enums import TOLD
from welfare.hardship.models import HardshipCost, HardshipFile, HardshipReview, HardshipStandard, HouseholdMember
from welfare.hardship.renderers import TITLE, application_form
from welfare.hardship.services import files
from welfare.hardship.services.assessing import assess_file
from welfare.hardship.validators import is_yuan


def _last_year() -> int:
    return timezone.localdate().year - 1


_DUE = {"due": ("复核到期", lambda rows: rows.to_recheck(on=timezone.localdate()))}
_FOUND = ("file__person__name", "file__person__staff_number", "file__person__search_key")


class _Sums:
    """Sums are encrypted as texts and entered as the numbers they are; what is said beside them is short."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if is_yuan in db_field.validators:
            kwargs["widget"] = UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"})
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if db_field.name == "note":
            field.widget.attrs["rows"] = 2
        return field


class _Told(_Sums, PortalTabularInline[Any, HardshipFile]):
    """What a file tells, beside its form: new rows and changes as long as it is told, afterwards to look at."""

    rows = 1
    show_change_link = False

    def get_extra(self, request: HttpRequest, obj: HardshipFile | None = None, **kwargs: Any) -> int:
        """Give an application enough empty rows for most households."""
        del request, kwargs
        return self.rows if obj is None else 0

    def has_add_permission(self, request: HttpRequest, obj: HardshipFile | None = None) -> bool:
        return (obj is None or obj.state in TOLD) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: HardshipFile | None = None) -> bool:
        return (obj is None or obj.state in TOLD) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: HardshipFile | None = None) -> bool:
        """Let a row entered by mistake be taken out while the file is told."""
        return obj is not None and self.has_change_permission(request, obj)


class HouseholdInline(_Told):
    model = HouseholdMember
    rows = 4
    fields = ("name", "relation", "birth_year", "unit", "at_school", "income", "lives_together")


class CostInline(_Told):
    model = HardshipCost
    rows = 2
    fields = ("year", "cause", "amount", "note")

    def get_formset(self, request: HttpRequest, obj: HardshipFile | None = None, **kwargs: Any) -> Any:
        """Begin each row with the year that the file tells of."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.base_fields["year"].initial = obj.year if obj is not None else _last_year()
        return formset


@admin.register(HardshipFile)
class HardshipFileAdmin(_Sums, RecordAdmin[HardshipFile]):
    list_display = ("person", "branch", "year", "decided_kind", "decided_on", "state_shown")
    export_also = ("applied_on", "standard", "listed_on", "closed_on")
    list_filter = (question(title="复核", name="recheck", narrow=_DUE), "state", "decided_kind", "branch")
    search_fields = ("person__name", "person__staff_number", "person__search_key")
    list_select_related = ("person", "branch", "standard")
    fields = (
        *("person", "applied_on", "standard", "year", "income", "situation"),
        *("decided_kind", "decided_on", "decision", "closed_on"),
    )
    fixed_fields = ("person",)
    children = ("aids",)
    inlines = (HouseholdInline, CostInline)
    date_hierarchy = "applied_on"
    change_form_outer_before_template = "welfare/hardship/admin/file.html"
    actions_detail = ("print_form",)
    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {
        "submit": files.submit,
        "decide": files.decide,
        "decline": files.decline,
        "enlist": None,
        "reopen": None,
    }
    by_rows: ClassVar[Mapping[str, Callable[..., Any]]] = {"disclose": files.disclose}

    @object_action(
        description="打印申请表",
        permission="welfare.view_hardshipfile",
        confirmation=lambda *_parts: "将生成 PDF，含家庭成员、收入和支出；打印会留下记录。",
        icon="print",
    )
    def print_form(self, request: HttpRequest, subject: HardshipFile) -> HttpResponseBase:
        """Give the form as PDF, logged."""
        log_access(
            user=account_of(request),
            action=Access.PRINT,
            kind="hardship_file",
            subject=str(subject.pk),
            rows=1,
            data_class=DataClass.HEALTH,
        )
        return as_pdf(application_form(subject).pdf, name=f"{TITLE}-{subject.person.name}")

    def get_fields(self, request: HttpRequest, obj: HardshipFile | None = None) -> Any:
        """Ask a new file for what a re-check asks anew, too."""
        del request
        return self.fields[:6] if obj is None else self.fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with today, the last full year and, where there is one alone, the standard that holds."""
        today = timezone.localdate()
        holding = list(HardshipStandard.objects.filter(in_force(today)).values_list("pk", flat=True)[:2])
        known = {"standard": holding[0]} if len(holding) == 1 else {}
        return {
            "applied_on": f"{today}",
            "year": _last_year(),
            **known,
            **super().get_changeform_initial_data(request),
        }

    def get_changeform_datasets(self, request: HttpRequest) -> list[Any]:
        """List the earlier decisions too, which nobody enters."""
        found = super().get_changeform_datasets(request)
        return [*found, dataset_of(self.model, "reviews", self.admin_site)] if found else found

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was submitted stays; it is told anew when it is sent back or checked again."""
        return (obj is None or obj.state in TOLD) and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: HardshipFile, form: Any, change: bool) -> None:
        """Enter a new file through the service."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            files.enter(file=obj, actor=account_of(request))

    def above_form(self, request: HttpRequest, subject: HardshipFile) -> dict[str, Any]:
        """Log the look, and say what the figures come to beside what the committee decided."""
        files.look(file=subject, user=account_of(request))
        return {"file": subject, "assessment": assess_file(subject)}

    def blocks(self, request: HttpRequest, step: Move, subject: HardshipFile) -> Block | None:
        """Say before anybody presses that a household is missing, or that somebody else must decide."""
        if step.action == "submit":
            return refused_by(files.must_be_told, file=subject)
        if step.action in {"decide", "decline"}:
            return refused_by(files.may_decide, file=subject, actor=account_of(request))
        return None

    def step_says(self, step: Move, subject: HardshipFile) -> str:
        """Show whoever decides what the figures come to."""
        if step.action != "decide":
            return super().step_says(step, subject)
        found = assess_file(subject)
        return "".join((f"按标准测算：{found}。", *found.words))


@admin.register(HardshipReview)
class HardshipReviewAdmin(RecordAdmin[HardshipReview]):
    parent = "file"
    fixed_fields = ("file",)
    search_fields = _FOUND
    list_display = ("file", "decided_on", "year", "heads", "computed_kind", "decided_kind")
    export_also = ("decision", "standard")
    list_filter = ("computed_kind", "decided_kind")
    list_select_related = ("file__person", "standard")
    date_hierarchy = "decided_on"

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """A decision is registered by the file's own step."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """What was decided stays."""
        return False
