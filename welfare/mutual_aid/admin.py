"""Mutual-aid plans and covers on the desk."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from unfold.contrib.filters.admin import RangeDateFilter

from union_portal.base.admin import object_action
from union_portal.base.admin.filters import question
from union_portal.base.admin.record import RecordAdmin
from union_portal.base.money import grouped
from union_portal.base.states import Move
from welfare.mutual_aid.forms import EnrolForm, paper_form, premium_form
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.mutual_aid.services import covers, premiums, terms
from welfare.rosters.resources import IDENTITY, read_people

_RENEWALS = question(
    title="续保",
    name="renewal",
    narrow={"due": ("即将到期、未续保", lambda rows: terms.running_out(on=timezone.localdate(), rows=rows))},
)


def _says_premium(_admin: Any, _request: HttpRequest, plan: MutualAidPlan) -> str:
    return f"尚未入账：{'；'.join(map(str, premiums.open_terms(plan=plan)))}。"


@admin.register(MutualAidPlan)
class MutualAidPlanAdmin(RecordAdmin[MutualAidPlan]):
    list_display = ("name", "insurer", "months", "payer", "active", "premium")
    export_also = ("only_gender",)
    list_filter = ("active",)
    code_field = "code"
    actions_detail: ClassVar[tuple[str, ...]] = ("enrol_list", "register_paper", "post_premium")

    @object_action(
        description="按名单参保",
        permission="welfare.import_cover",
        form=EnrolForm,
        initial=lambda plan: {"paid_on": timezone.localdate(), "premium": plan.premium},
        offered=lambda plan: plan.active,
        icon="group_add",
        looked=True,
    )
    def enrol_list(self, request: Any, subject: MutualAidPlan, *, file: Any, **term: Any) -> str:
        """Say what the list comes to, before it is kept and after."""
        heads = covers.enrol(plan=subject, lines=read_people(file=file, beside=(IDENTITY,)), actor=request.user, **term)
        price = subject.premium if term["premium"] is None else term["premium"]
        money = f"保费合计 {grouped(price * heads)} 元" if price is not None else "未填保费"
        share = terms.enrolment(plan=subject, on=term["starts_on"])
        return f"{heads:,} 人参加“{subject}”，{term['starts_on']} 起生效，{money}。{share}。"

    @object_action(
        description="登记线下审批",
        permission="welfare.change_mutualaidplan",
        form=paper_form,
        confirmation=_says_premium,
        offered=lambda plan: any(term.takes_paper for term in premiums.open_terms(plan=plan)),
        icon="fact_check",
    )
    def register_paper(self, request: Any, subject: MutualAidPlan, *, term: premiums.Term, **told: Any) -> str:  # noqa: ARG002
        premiums.register_paper(term=term, actor=request.user, **told)
        return "已登记线下审批，由另一人确认后即可入账。"

    @object_action(
        description="保费入账",
        permission="welfare.post_premium",
        form=premium_form,
        confirmation=_says_premium,
        offered=lambda plan: bool(premiums.open_terms(plan=plan)),
        icon="receipt_long",
        primary=True,
    )
    def post_premium(self, request: Any, subject: MutualAidPlan, *, term: premiums.Term, **given: Any) -> str:  # noqa: ARG002
        posting = premiums.approve_premium(term=term, actor=request.user, **given)
        return f"已记台账单 {posting}：{posting.entry_count:,} 笔，共 {grouped(posting.total)} 元。"


@admin.register(Cover)
class CoverAdmin(RecordAdmin[Cover]):
    """Covers come by list; a single one is corrected, withdrawn or annulled."""

    list_display = ("person", "plan", "starts_on", "ends_on", "state_shown", "premium")
    export_also = ("branch",)
    list_filter = (_RENEWALS, "state", "plan", "branch", ("starts_on", RangeDateFilter))
    search_fields = ("person__name", "person__staff_number", "person__search_key")
    # Nothing that reads every row: no bar of years, and the order of an index.
    date_hierarchy = None
    ordering = ("-starts_on", "-pk")
    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {
        "correct": covers.correct,
        "withdraw": covers.withdraw,
        "annul": covers.annul,
    }

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """A cover comes by the plan's list or the import."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A cover changes by its steps."""
        return obj is None and super().has_change_permission(request, obj)

    def next_step(self, subject: Cover) -> str:
        """Tell of a cover that stands how far its premium is."""
        return super().next_step(subject) or premiums.next_step(subject)

    def step_says(self, step: Move, subject: Cover) -> str:
        """Say whose cover it is, for which days and what was paid."""
        paid = f"，保费 {grouped(subject.premium)} 元" if subject.premium is not None else ""
        words = f"{subject.person}：{subject.plan}，{subject.starts_on} 至 {subject.ends_on}{paid}。"
        withdrawn = "退保后保障到所填截止日期为止；退回保费的，保费填实际负担的金额。"
        return words + withdrawn if step.action == "withdraw" else words
