"""Claims, their standards and the papers they need on the desk."""

import io
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import FileResponse, HttpRequest
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from members.people.models import Person
from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.requests import account_of
from union_portal.accounts.services.access import log_access
from union_portal.base.admin import Block, RecordAdmin, display, object_action, refused_by
from union_portal.base.admin.filters import question
from union_portal.base.errors import DomainError
from union_portal.base.money import grouped
from union_portal.base.spreadsheets.columns import Classification
from union_portal.base.states import Move
from welfare.claims.enums import AMENDABLE, CLOSED, ClaimState
from welfare.claims.models import Claim, ClaimPaperKind, ClaimRule
from welfare.claims.renderers import TITLE, claim_form
from welfare.claims.services import deciding, entering
from welfare.claims.services.alerts import uncondoled
from welfare.claims.services.clocks import clocks

_TICKS = (*AMENDABLE, ClaimState.BRANCH, ClaimState.OFFICE)
_ENTERED = (
    *("person", ("plan", "grade"), ("occurred_on", "ended_on"), ("settled_on", "base")),
    *(("notified_on", "applied_on"), "late_reason", "source"),
)
_SHOWN = ("nth_shown", "reckoned_shown", "clocks_shown", "papers_shown")
_OUTCOME = ("sent_on", "paid_on", "paid_amount", "return_code")


@admin.register(ClaimRule)
class ClaimRuleAdmin(RecordAdmin[ClaimRule]):
    list_display = ("plan", "grade", "formula", "valid_from", "valid_to", "period_cap")
    list_filter = ("plan", "formula")
    fixed_fields = ("plan", "grade")


@admin.register(ClaimPaperKind)
class ClaimPaperKindAdmin(RecordAdmin[ClaimPaperKind]):
    list_display = ("name", "plan", "original", "copy", "active")
    list_filter = ("plan", "active")
    fixed_fields = ("plan",)


def _ticks(_admin: Any, _request: HttpRequest, subject: Claim) -> type[forms.Form]:
    """Return the form of a claim's papers: of which the original was seen, of which a copy is kept."""
    papers = list(subject.papers.select_related("kind"))
    fields = {}
    for name, label, asked, done in (
        ("originals", "原件已核对", "original", "original_seen"),
        ("copies", "复印件已收", "copy", "copy_kept"),
    ):
        fields[name] = forms.TypedMultipleChoiceField(
            label=label,
            coerce=int,
            required=False,
            choices=[(paper.pk, str(paper)) for paper in papers if getattr(paper.kind, asked)],
            initial=[paper.pk for paper in papers if getattr(paper, done)],
            widget=UnfoldAdminCheckboxSelectMultipleWidget,
        )
    return type("TickForm", (forms.Form,), fields)


@admin.register(Claim)
class ClaimAdmin(RecordAdmin[Claim]):
    """Entered by the branch or the office, then moved on by its steps; health tells itself by the plan's class."""

    export_class = Classification.HEALTH
    list_display = ("person", "plan", "occurred_on", "applied_on", "state_shown", "yuan")
    export_also = ("branch", "grade", "ended_on", "base", "amount", "sent_on", "paid_on", "paid_amount", "return_code")
    list_filter = (
        question(title="慰问", name="condoled", narrow={"no": ("没有住院慰问", uncondoled)}),
        *("state", "plan", "branch", "applied_on"),
    )
    list_select_related = ("person", "plan")
    search_fields = ("person__name", "person__staff_number", "person__search_key")
    date_hierarchy = "applied_on"
    fields = (*_ENTERED, *_SHOWN, *_OUTCOME)
    readonly_fields = _SHOWN
    fixed_fields = ("person",)
    actions_detail: ClassVar[tuple[str, ...]] = ("tick", "print_form")
    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {
        "confirm": deciding.confirm,
        "forward": deciding.forward,
        "pay": deciding.pay,
    }

    def get_fields(self, request: HttpRequest, obj: Claim | None = None) -> Any:  # noqa: ARG002
        """Ask a new claim for what is told; show the rest once it exists."""
        return _ENTERED if obj is None else [*_ENTERED, *_SHOWN, *(name for name in _OUTCOME if getattr(obj, name))]

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        """Let the few plans be chosen: a branch's chair does not keep their list."""
        return [name for name in super().get_autocomplete_fields(request) if name != "plan"]

    def has_change_permission(self, request: HttpRequest, obj: Claim | None = None) -> bool:
        """Let it be filled in anew until it is handed in."""
        return super().has_change_permission(request, obj) and (obj is None or obj.state in AMENDABLE)

    def save_model(self, request: HttpRequest, obj: Claim, form: Any, change: bool) -> None:  # noqa: ARG002
        """Enter or amend the claim by its service; for people whom the account may see."""
        account = account_of(request)
        if obj.person_id and not Person.objects.visible_to(account).filter(pk=obj.person_id).exists():
            raise DomainError("此人不属于您的分工会，请由所在分工会申请。", field="person")
        if change:
            entering.amend(claim=obj)
        else:
            entering.enter(claim=obj, actor=account)

    def offers(self, step: Move, subject: Claim) -> bool:
        """Offer the annulling where nothing can be withdrawn any more."""
        return super().offers(step, subject) and (step.action != "annul" or subject.state in CLOSED)

    def blocks(self, request: HttpRequest, step: Move, subject: Claim) -> Block | None:
        """Let nobody decide for himself or kin, and send nothing on whose papers are not complete."""
        if step.action not in {"confirm", "forward", "pay"}:
            return None
        block = refused_by(deciding.may_decide, claim=subject, actor=account_of(request))
        if block is None and step.action == "forward":
            return refused_by(deciding.papers_complete, claim=subject)
        return block

    def step_says(self, step: Move, subject: Claim) -> str:  # noqa: ARG002
        """Say whose claim it is, of which plan, and what is due."""
        return f"{subject.person}：{subject.plan}，{subject.occurred_on}，核算 {grouped(subject.amount)} 元。"

    def is_mourning(self, subject: Claim) -> bool:  # noqa: ARG002
        """Keep red off the pages of illness."""
        return True

    @display(description="金额（元）", ordering="amount")
    def yuan(self, claim: Claim) -> str:
        """Show what was paid, until then what is due."""
        return grouped(claim.amount if claim.paid_amount is None else claim.paid_amount)

    @display(description="本保障期第几次")
    def nth_shown(self, claim: Claim) -> str:
        return f"第 {entering.place(claim=claim)} 次（{claim.cover.starts_on} 至 {claim.cover.ends_on}）"

    @display(description="核算")
    def reckoned_shown(self, claim: Claim) -> str:
        return entering.reckoned(claim=claim).words

    @display(description="期限")
    def clocks_shown(self, claim: Claim) -> str:
        found = clocks(claim=claim, rule=claim.rule)
        told = (("报告", found.notice), ("申请", found.papers))
        return "；".join(f"{label}不晚于 {term}" for label, term in told if term is not None) or "没有规定期限"

    @display(description="材料")
    def papers_shown(self, claim: Claim) -> str:
        papers = list(claim.papers.select_related("kind"))
        missing = [paper.missing for paper in papers if paper.missing]
        return f"尚缺：{'；'.join(missing)}" if missing else ("材料齐全" if papers else "没有要求的材料")

    @object_action(
        description="核对材料",
        permission="welfare.confirm_claim",
        form=_ticks,
        confirmation=lambda *_parts: "勾选已看过原件、已留复印件的材料；报送前都可以再改。",
        offered=lambda subject: subject.state in _TICKS and subject.papers.exists(),
        icon="checklist",
    )
    def tick(self, _request: HttpRequest, subject: Claim, *, originals: list[int], copies: list[int]) -> str:
        """Keep which papers were seen and kept, and say what is missing still."""
        deciding.tick(claim=subject, originals=originals, copies=copies)
        return f"材料已登记：{self.papers_shown(subject)}。"

    @object_action(
        description="打印申请表",
        permission="welfare.view_claim",
        confirmation=lambda *_parts: "将生成 PDF：参保、核算和材料核对情况；患病名称和医院由本人填写。打印会留下记录。",
        icon="print",
    )
    def print_form(self, request: HttpRequest, subject: Claim) -> FileResponse:
        """Give the form as PDF, with whole numbers for whoever may see them; logged."""
        account = account_of(request)
        whole = account.has_perm("members.reveal_identity", subject.person)
        made = claim_form(subject, whole=whole)
        told = {"kind": "welfare.claim", "subject": str(subject.pk), "rows": 1}
        log_access(user=account, action=Access.PRINT, data_class=DataClass.HEALTH, **told)  # type: ignore[arg-type]
        if whole:
            log_access(user=account, action=Access.REVEAL, purpose=TITLE, **told)  # type: ignore[arg-type]
        name = f"{TITLE}-{subject.person.name}.pdf"
        return FileResponse(io.BytesIO(made.pdf), filename=name, content_type="application/pdf")
