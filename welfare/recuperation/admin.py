"""疗休养 at the desk: rules with their order, batches with places and applications, each with its grounds."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from members.branches.models import Branch
from union_portal.accounts.requests import account_of
from union_portal.base.admin import RecordAdmin, adopt, object_action
from union_portal.base.admin.blocks import Block
from union_portal.base.admin.columns import share
from union_portal.base.files import LINES_AT_ONCE, counted, give
from union_portal.base.money import grouped
from union_portal.base.periods import Period, months_later
from union_portal.base.querysets import how_many
from union_portal.base.states import Move
from welfare.ledger.forms import SpendingForm
from welfare.recuperation.enums import ApplicationState, BatchState
from welfare.recuperation.forms import ListForm, NoticeForm
from welfare.recuperation.models import (
    RecuperationApplication,
    RecuperationBatch,
    RecuperationRule,
    SelectionCriterion,
)
from welfare.recuperation.renderers import TITLE
from welfare.recuperation.services import batches, judging
from welfare.recuperation.tasks import SELECTION
from welfare.rosters.resources import read_people


@admin.register(RecuperationRule)
class RecuperationRuleAdmin(RecordAdmin[RecuperationRule]):
    list_display = ("name", "scope", "frequency", "valid_from", "valid_to", "day_cap")
    export_also = ("source", "days_max", "year_cap", "years", "cycle_from", "service_years")
    list_filter = ("scope", "frequency")
    children = ("criteria",)
    change_form_outer_before_template = "welfare/recuperation/beside.html"

    def above_form(self, request: HttpRequest, subject: RecuperationRule) -> dict[str, Any]:  # noqa: ARG002
        """Say how many of the members in service went within the rule's years."""
        end = timezone.localdate()
        told = judging.coverage(Period(months_later(end, -12 * subject.years), end))
        said = f"近 {subject.years} 年覆盖率 {told.percent}%：在职会员 {told.members:,} 人中有 {told.went:,} 人参加过。"
        return {"beside_title": "覆盖情况", "beside_words": said}


@admin.register(SelectionCriterion)
class SelectionCriterionAdmin(RecordAdmin[SelectionCriterion]):
    list_display = ("position", "rule", "kind", "cohort")
    list_filter = ("rule",)
    fixed_fields = ("rule",)
    parent = "rule"


@admin.register(RecuperationBatch)
class RecuperationBatchAdmin(RecordAdmin[RecuperationBatch]):
    list_display = ("name", "destination", "starts_on", "state_shown", "applied", "price")
    export_also = ("ends_on", "rule", "places", "exception")
    list_filter = ("state", "rule")
    children = ("applications",)
    actions_detail: ClassVar[tuple[str, ...]] = ("apply_list", "print_selection", "publish_list", "post_shares")
    change_form_outer_before_template = "welfare/recuperation/beside.html"
    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {
        "choose": batches.choose,
        "reopen": batches.reopen,
        "close": batches.close,
        "cancel": batches.cancel,
    }
    applied = share("报名 / 名额（人）", "applied_count", "places")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RecuperationBatch]:
        living = RecuperationApplication.objects.filter(~Q(state=ApplicationState.WITHDRAWN))
        return super().get_queryset(request).annotate(applied_count=how_many(living, "batch"))

    def above_form(self, request: HttpRequest, subject: RecuperationBatch) -> dict[str, Any]:  # noqa: ARG002
        """Set out each branch's places as long as they are given away."""
        if subject.state not in {BatchState.PLANNED, BatchState.OPEN}:
            return {}
        places = batches.places_of(subject)
        names = Branch.objects.filter(pk__in=places).order_by("code")
        rows = [(one.name, f"{places[one.pk]:,}") for one in names]
        return {
            "beside_title": "名额分配（按在职会员人数，最大余数法）",
            "beside_rows": rows,
            "beside_headings": ("分工会", "名额"),
        }

    @object_action(
        description="按名单报名",
        permission="welfare.import_recuperationapplication",
        form=ListForm,
        offered=lambda subject: subject.state == BatchState.OPEN,
        icon="group_add",
        looked=True,
    )
    def apply_list(self, request: HttpRequest, subject: RecuperationBatch, *, file: Any) -> str:
        """Say how many the list enters, before it is kept and after."""
        heads = batches.apply_all(batch=subject, lines=read_people(file=file), actor=account_of(request))
        return f"{heads:,} 人报名“{subject}”。"

    @object_action(
        description="打印入选名单",
        permission="welfare.add_recuperationbatch",
        offered=lambda subject: subject.state in {BatchState.CHOSEN, BatchState.CLOSED},
        note="每个人的次序、依据和各自负担，供公示和存档。",
        icon="print",
    )
    def print_selection(self, request: HttpRequest, subject: RecuperationBatch) -> HttpResponseBase:
        """Give the list with its grounds as PDF, logged."""
        asked, rows = {"row": subject.pk}, counted(subject.applications.all())
        answer: HttpResponseBase = give(
            request, key=SELECTION, asked=asked, title=f"{TITLE}：{subject}", rows=rows, at_once=LINES_AT_ONCE
        )
        return answer

    @object_action(
        description="公示名单",
        permission="welfare.add_recuperationbatch",
        form=NoticeForm,
        offered=lambda subject: subject.state == BatchState.CHOSEN and not batches.shown(subject),
        confirmation=lambda *_parts: "公示入选的人，姓名只留首字；有异议时名单退回重新评定。",
        icon="campaign",
    )
    def publish_list(self, request: HttpRequest, subject: RecuperationBatch, *, workdays: int, place: str) -> str:
        """Make known who was chosen."""
        made = batches.publish_selection(batch=subject, actor=account_of(request), workdays=workdays, place=place)
        return f"已公示，至 {made.ends_on}；在“公示”中登记异议或结束公示。"

    @object_action(
        description="工会负担入账",
        permission="welfare.post_recuperation",
        form=SpendingForm,
        confirmation=lambda _admin, _request, subject: batches.dues(subject).words(),
        offered=lambda subject: batches.dues(subject).waiting().exists(),
        note="确定名单的人之外的财务人员办理，每人一笔。",
        icon="receipt_long",
        primary=True,
    )
    def post_shares(self, request: HttpRequest, subject: RecuperationBatch, **given: Any) -> str:
        """Post the union's shares that wait."""
        made = batches.post_shares(batch=subject, actor=account_of(request), **given)
        return f"已记台账单 {made}：{made.entry_count:,} 笔，共 {grouped(made.total)} 元。"

    def blocks(self, request: HttpRequest, step: Move, subject: RecuperationBatch) -> Block | None:
        """Do not offer to close while somebody is not insured."""
        if step.action == "close" and (reason := batches.uninsured(subject)):
            return Block(reason)
        return super().blocks(request, step, subject)


@admin.register(RecuperationApplication)
class RecuperationApplicationAdmin(RecordAdmin[RecuperationApplication]):
    list_display = ("person", "batch", "state_shown", "rank", "grounds", "union_share")
    export_also = ("branch", "companions", "own_share", "policy")
    list_filter = ("state", "batch", "branch")
    search_fields = ("person__name", "person__staff_number", "person__search_key")
    fixed_fields = ("batch", "person")
    date_hierarchy = None
    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {
        **dict.fromkeys(("choose", "pass_over", "judge_anew", "go")),
        "withdraw": batches.withdraw,
    }

    def save_model(self, request: HttpRequest, obj: RecuperationApplication, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        told = {name: form.cleaned_data[name] for name in ("batch", "person", "companions")}
        adopt(obj, batches.apply(actor=request.user, **told))
