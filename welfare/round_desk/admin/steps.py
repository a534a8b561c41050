"""The steps of a round: what the table of moves does not say of them, and those that are more than a move."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from members.branches.models import Branch
from members.people.models import Person
from union_portal.base import making
from union_portal.base.admin import Block, block_of, object_action, refused_by
from union_portal.base.admin.record import RecordAdmin
from union_portal.base.files import counted, give
from union_portal.base.forms import OnForm
from union_portal.base.states import Move
from welfare.approvals.forms import PaperApprovalForm
from welfare.benefits.enums import Form
from welfare.grants.admin.history import round_address
from welfare.grants.enums import RoundState
from welfare.grants.models import Round
from welfare.grants.services.paying import FROM_ROSTER
from welfare.purchases.forms import BuyForm
from welfare.purchases.services import buy
from welfare.rosters.forms import ListForm, SelectionForm, selection_of
from welfare.rosters.resources import read_people
from welfare.rosters.services.selection import preview
from welfare.round_desk.admin import pricing
from welfare.round_desk.admin.blocks import BLOCKS
from welfare.round_desk.admin.saying import says, says_due
from welfare.round_desk.forms import (
    AddForm,
    BranchForm,
    CollectForm,
    PayoutForm,
    RepeatForm,
    SupplementForm,
    approve_form,
    selection_initial,
)
from welfare.round_desk.tasks import PAYOUT
from welfare.rounds.services import approval, drafting, handing_out, payment, people, reconciling, repeating, roster
from welfare.sheets import services as sheets

DRAFT, LOCKED, SUBMITTED = RoundState.DRAFT, RoundState.LOCKED, RoundState.SUBMITTED
APPROVED, CLOSED = RoundState.APPROVED, RoundState.CLOSED
SET_PRICE = next(move for move in Round.machine.moves if move.action == "set_price")


def _in(*states: RoundState) -> Callable[[Round], bool]:
    return lambda round_: round_.state in states


# What a step needs besides the state.
NEEDS: Mapping[str, Callable[[Round], bool]] = {
    "lock": lambda round_: bool(round_.selection),
    "post": lambda round_: round_.benefit.form in FROM_ROSTER and payment.left_to_post(round_=round_),
    "buy": lambda round_: round_.benefit.form not in FROM_ROSTER,
    "collect": lambda round_: round_.benefit.form != Form.CASH,
    "register_paper": approval.takes_paper,
}
FORMS: Mapping[str, type[forms.Form] | type[forms.ModelForm[Any]]] = {
    "post": OnForm,
    "buy": BuyForm,
    "collect": CollectForm,
    "register_paper": PaperApprovalForm,
}


class RoundSteps(RecordAdmin[Round]):
    """Buttons from the table of moves, and beside them what is no single move."""

    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {
        "lock": roster.lock,
        "set_price": people.set_price,
        "approve": approval.approve,
        "return": approval.send_back,
        "withdraw": approval.withdraw,
        "register_paper": approval.record_paper_approval,
        "unlock": roster.unlock,
        "cancel": drafting.cancel,
        "post": payment.post_roster,
        "buy": buy,
        "collect": handing_out.collect,
        "close": reconciling.close,
        "reopen": None,
    }
    actions_detail: ClassVar[Sequence[str]] = (
        "choose_people",
        "upload_list",
        "add_person",
        "export_payout",
        "make_sheets",
        "supplement",
        "repeat",
    )

    def offers(self, step: Move, subject: Round) -> bool:
        """Ask besides the state how the benefit is given."""
        needed = NEEDS.get(step.action)
        return super().offers(step, subject) and (needed is None or needed(subject))

    def blocks(self, request: HttpRequest, step: Move, subject: Round) -> Block | None:
        """Ask the services' own checks."""
        return block_of(BLOCKS, step.action, subject, request.user)

    def step_says(self, step: Move, subject: Round) -> str:
        """Say how many people and how much it comes to."""
        return says(step.action, subject) or super().step_says(step, subject)

    def step_form(self, request: HttpRequest, step: Move, subject: Round | None) -> Any:
        """Ask for more than the round's own fields: a day, an invoice, who collected, the prices of the tiers."""
        form: Any = FORMS.get(step.action) or super().step_form(request, step, subject)
        if step.action == "close" and subject and reconciling.differences(round_=subject):
            form.base_fields["explanation"].required = True
        return pricing.price_form(request, form, subject) if step.action == "set_price" and subject else form

    @object_action(
        description="确定单价",
        permission="welfare.prepare_round",
        form=lambda admin, request, subject: admin.step_form(request, SET_PRICE, subject),
        confirmation=lambda _admin, request, round_: pricing.says_price(request, round_),
        offered=_in(DRAFT, LOCKED),
        note=Round.machine.notes["set_price"],
        template="welfare/round_desk/price.html",
    )
    def step_set_price(self, request: Any, subject: Round, **values: Any) -> str:
        """Fix the price, tier by tier where the roster has tiers, and say whom it takes over a cap."""
        prices = {name: values.pop(name) for name in list(values) if name.startswith("tier_")}
        tiers = {name.removeprefix("tier_"): price for name, price in prices.items() if price is not None}
        return pricing.says_done(people.set_price(subject=subject, actor=request.user, tiers=tiers, **values))

    @object_action(
        description="提交审批",
        permission="welfare.prepare_round",
        confirmation=lambda _admin, _request, round_: pricing.says_total(round_),
        offered=_in(LOCKED),
        blocked=lambda _admin, request, round_: block_of(BLOCKS, "submit", round_, request.user),
        note=Round.machine.notes["submit"],
    )
    def step_submit(self, request: Any, subject: Round) -> "HttpResponseBase | str":
        """Lead to the warnings that must be answered first; they are kept, so this is no refusal."""
        try:
            approval.submit(subject=subject, actor=request.user)
        except approval.WarningsWaiting as waiting:
            messages.warning(request, str(waiting))
            return redirect(round_address(subject.pk, "warnings"))
        return "已提交，等待另一人审批。"

    @object_action(
        description="审批通过",
        permission="welfare.approve_round",
        form=approve_form,
        confirmation=lambda _admin, _request, round_: says("approve", round_),
        offered=_in(SUBMITTED),
        blocked=lambda _admin, request, round_: block_of(BLOCKS, "approve", round_, request.user),
        note=Round.machine.notes["approve"],
        template="welfare/round_desk/approve.html",
    )
    def step_approve(self, request: Any, subject: Round, *, warnings_seen: bool = False) -> str:
        """Approve and confirm what was answered to the warnings, on one page."""
        approval.approve(subject=subject, actor=request.user, warnings_seen=warnings_seen)
        return f"“{subject}”已审批通过。"

    @object_action(
        description="选择人员",
        permission="welfare.prepare_round",
        form=SelectionForm,
        initial=selection_initial,
        offered=_in(DRAFT),
        note="按会籍、分工会、特殊群体等条件确定发给谁；锁定前可以反复修改。",
    )
    def choose_people(self, request: HttpRequest, subject: Round, **data: Any) -> str:  # noqa: ARG002
        """Say how many the new rule chooses."""
        selection = selection_of(data)
        drafting.choose(subject=subject, selection=selection, cut_off_on=data["cut_off_on"])
        return f"按此条件共选出 {preview(selection=selection, on=data['cut_off_on']):,} 人。"

    @object_action(
        description="按名单锁定",
        permission="welfare.prepare_round",
        form=ListForm,
        offered=_in(DRAFT),
        note="上传工号和姓名的名单，按名单生成名册。",
    )
    def upload_list(self, request: Any, subject: Round, file: Any, list_source: str) -> str:
        """Lock from a list instead of a rule."""
        lines = read_people(file=file)
        held = roster.lock_from_list(subject=subject, lines=lines, source=list_source, actor=request.user)
        return f"名册已锁定：{held.moves.latest('pk').reason}。"

    @object_action(
        description="补入人员",
        permission="welfare.prepare_round",
        form=AddForm,
        offered=_in(LOCKED),
        note="把漏掉的个别人员加进名册，须写明原因。",
    )
    def add_person(self, request: Any, subject: Round, person: Person, why: str) -> str:
        """Say who was added."""
        people.add(subject=subject, person=person, actor=request.user, why=why)
        return f"已将 {person} 补入名册。"

    @object_action(
        description="导出银行代发表",
        permission="welfare.export_payout",
        form=PayoutForm,
        confirmation=lambda _admin, _request, round_: says_due(round_),
        offered=lambda round_: round_.state == APPROVED and round_.benefit.form == Form.CASH,
        note="含完整卡号的代发名单，交银行办理；导出会记入访问日志。",
    )
    def export_payout(self, request: Any, subject: Round, purpose: str, *, paid_too: bool) -> HttpResponseBase:
        """Give the list with full card numbers, logged."""
        asked = {"row": subject.pk, "paid_too": paid_too, "purpose": purpose}
        title, people = f"银行代发表：{subject}", counted(subject.grants.all())
        answer: HttpResponseBase = give(request, key=PAYOUT, asked=asked, title=title, rows=people)
        return answer

    @object_action(
        description="生成签收表",
        permission="welfare.view_round",
        form=BranchForm,
        offered=_in(LOCKED, SUBMITTED, APPROVED),
        blocked=lambda _admin, _request, round_: refused_by(sheets.must_have_signers, round_=round_),
        note="生成每个分工会的签收表，印出后签名；表上的二维码可以扫码登记领取。",
    )
    def make_sheets(self, request: Any, subject: Round, branch: Branch | None) -> str:
        """Ask the worker for the sheets."""
        portal = request.build_absolute_uri("/").rstrip("/")
        paper = sheets.ask_for_sheets(round_=subject, actor=request.user, branch=branch, portal=portal)
        making.queue(paper, task="welfare.render_sheets")
        return "签收表正在生成，页面会显示进度。"

    @object_action(
        description="建立补发批次",
        permission="welfare.prepare_round",
        form=SupplementForm,
        offered=_in(APPROVED, CLOSED),
        note="为遗漏的人员，或为全体补发差额，另建一个批次；本批次不变。",
    )
    def supplement(self, request: Any, subject: Round, cut_off_on: dt.date, price_rise: bool) -> HttpResponseBase:
        """Go on with the supplementary round."""
        made = drafting.supplement(subject=subject, cut_off_on=cut_off_on, price_rise=price_rise, actor=request.user)
        response: HttpResponse = redirect("admin:welfare_round_change", made.pk)
        return response

    @object_action(
        description="续建后续批次",
        permission="welfare.prepare_round",
        form=RepeatForm,
        offered=lambda round_: round_.state != RoundState.CANCELLED and round_.parent_id is None,
        note="按月或按年重复的发放：人员条件、单价和资金来源照抄，日期顺延，各为一个草稿。",
    )
    def repeat(self, request: Any, subject: Round, every: str, times: int) -> str:
        """Say which rounds were begun."""
        made = repeating.repeat(subject=subject, every=every, times=times, actor=request.user)
        return f"已建立 {len(made):,} 个草稿：{'、'.join(str(one) for one in made)}。"
