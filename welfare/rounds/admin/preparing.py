"""The steps of a round as buttons, each with a page that says what will happen, to how many people and for how much."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from members.people.models import Person
from union_portal.accounts.requests import account_of
from union_portal.base.admin import object_action
from union_portal.base.errors import DomainError
from union_portal.base.forms import ReasonForm
from welfare.benefits.enums import Form
from welfare.grants.admin.history import round_address
from welfare.grants.enums import RoundState
from welfare.grants.models import Round
from welfare.rosters.forms import ListForm, SelectionForm, selection_of
from welfare.rosters.resources import read_people
from welfare.rosters.services.selection import Selection, preview
from welfare.rounds.admin.page import listed
from welfare.rounds.forms import AddForm, PaperApprovalForm, price_form, selection_initial
from welfare.rounds.services import approval, drafting, people, reconciling, roster


def offered_in(*states: RoundState, form: tuple[str, ...] = ()) -> Any:
    def offered(round_: Round) -> bool:
        return round_.state in states and (not form or round_.benefit.form in form)

    return offered


def _by_rule(round_: Round) -> bool:
    return round_.state == RoundState.DRAFT and bool(round_.selection)


def _says_lock(_admin: Any, _request: HttpRequest, round_: Round) -> str:
    if round_.selection.get("price_rise"):
        return "原批次应发人员每人将生成一条补差记录。"
    count = preview(selection=Selection.from_data(round_.selection), on=round_.cut_off_on)
    return "将按 {day} 的登记情况锁定 {count} 人的名册，此后登记变动不影响名册。".format(
        count=f"{count:,}",
        day=round_.cut_off_on,
    )


def _says_total(_admin: Any, _request: HttpRequest, round_: Round) -> str:
    heads, total = listed(round_)
    return "将为 {heads} 名会员生成享受记录，合计 {total} 元。".format(
        heads=f"{heads:,}",
        total=f"{total:,.2f}",
    )


def says_due(_admin: Any, _request: HttpRequest, round_: Round) -> str:
    due = reconciling.reconcile(round_=round_).not_collected
    return "尚有 {heads} 人未领取，合计 {total} 元。".format(
        heads=f"{due.count:,}",
        total=f"{due.amount:,.2f}",
    )


def says_posting(admin: Any, request: HttpRequest, round_: Round) -> str:
    words = says_due(admin, request, round_)
    if round_.benefit.form == Form.CASH:
        words += "记账后全部人员视为已发放：请先导出银行代发表并完成代发，再记账。"
    return words


def says_open(_admin: Any, _request: HttpRequest, round_: Round) -> str:
    points = reconciling.differences(round_=round_)
    return "需要说明：{points}。".format(points="；".join(points)) if points else "账目相符。"


DRAFT, LOCKED = RoundState.DRAFT, RoundState.LOCKED
SUBMITTED, APPROVED, CLOSED = RoundState.SUBMITTED, RoundState.APPROVED, RoundState.CLOSED
GOODS = (Form.GOODS, Form.SERVICE, Form.COVER)


class RoundSteps:
    """The steps until approval."""

    actions_detail: ClassVar[Sequence[Any]] = (
        "choose_people",
        "lock_roster",
        "upload_list",
        "set_price",
        "submit",
        "approve",
        "send_back",
        "add_person",
        "paper_approval",
        "unlock",
        "cancel",
        "post_roster",
        "buy",
        "collect",
        "export_payout",
        "make_sheets",
        "supplement",
        "close",
    )

    @object_action(
        description="选择人员",
        permission="welfare.prepare_round",
        form=SelectionForm,
        initial=selection_initial,
        offered=offered_in(DRAFT),
    )
    def choose_people(self, request: HttpRequest, subject: Round, **data: Any) -> str:  # noqa: ARG002
        """Change whom the draft is for."""
        selection = selection_of(data)
        drafting.choose(round_=subject, selection=selection, cut_off_on=data["cut_off_on"])
        count = preview(selection=selection, on=data["cut_off_on"])
        return "按此条件共选出 {count} 人。".format(count=f"{count:,}")

    @object_action(
        description="锁定名册",
        permission="welfare.prepare_round",
        confirmation=_says_lock,
        offered=_by_rule,
        primary=True,
    )
    def lock_roster(self, request: HttpRequest, subject: Round) -> str:
        """Copy the people."""
        held = roster.lock(round_=subject, actor=account_of(request))
        return "名册已锁定，共 {count} 人。".format(count=f"{listed(held)[0]:,}")

    @object_action(
        description="按名单锁定",
        permission="welfare.prepare_round",
        form=ListForm,
        offered=offered_in(DRAFT),
    )
    def upload_list(self, request: HttpRequest, subject: Round, file: Any, list_source: str) -> str:
        """Copy the people of the list."""
        held = roster.lock_from_list(
            round_=subject, lines=read_people(file=file), source=list_source, actor=account_of(request)
        )
        return "名册已锁定，共 {count} 人。".format(count=f"{listed(held)[0]:,}")

    @object_action(
        description="确定单价",
        permission="welfare.prepare_round",
        form=price_form,
        offered=offered_in(DRAFT, LOCKED),
    )
    def set_price(
        self,
        request: HttpRequest,
        subject: Round,
        unit_price: Decimal,
        handed_out_on: dt.date | None,
        goods: str,
        **tiers: Decimal | None,
    ) -> str:
        """Fix the unit price and the prices of the tiers."""
        prices = {key.removeprefix("tier_"): price for key, price in tiers.items() if price is not None}
        held = people.set_price(
            round_=subject,
            unit_price=unit_price,
            tiers=prices,
            handed_out_on=handed_out_on,
            goods=goods,
            actor=account_of(request),
        )
        return "每人 {price} 元。".format(price=f"{held.unit_price:,.2f}")

    @object_action(
        description="提交审批",
        permission="welfare.prepare_round",
        confirmation=_says_total,
        offered=offered_in(LOCKED),
        primary=True,
    )
    def submit(self, request: HttpRequest, subject: Round) -> "HttpResponseBase | str":
        """Send it to a second person."""
        try:
            approval.submit(round_=subject, actor=account_of(request))
        except approval.WarningsWaiting as waiting:
            messages.warning(request, str(waiting))
            return redirect(round_address(subject.pk, "warnings"))
        return "已提交，等待另一人审批。"

    @object_action(
        description="审批通过",
        permission="welfare.approve_round",
        confirmation=_says_total,
        offered=offered_in(SUBMITTED),
        primary=True,
    )
    def approve(self, request: HttpRequest, subject: Round) -> str:
        """Release the roster."""
        held = approval.approve(round_=subject, actor=account_of(request))
        return "已审批：{heads} 人，{total} 元。".format(
            heads=f"{held.released_heads:,}",
            total=f"{held.released_amount:,.2f}",
        )

    @object_action(
        description="退回补充",
        permission="welfare.approve_round",
        form=ReasonForm,
        offered=offered_in(SUBMITTED),
    )
    def send_back(self, request: HttpRequest, subject: Round, reason: str) -> str:
        """Return it."""
        approval.send_back(round_=subject, actor=account_of(request), reason=reason)
        return "已退回补充。"

    @object_action(
        description="补入人员",
        permission="welfare.prepare_round",
        form=AddForm,
        offered=offered_in(LOCKED),
    )
    def add_person(self, request: HttpRequest, subject: Round, person: Person, reason: str, **_data: Any) -> str:
        """Add one."""
        try:
            people.add(round_=subject, person=person, actor=account_of(request), reason=reason)
        except DomainError as error:
            error.field = "staff_number" if error.field == "person" else error.field
            raise
        return f"已将 {person} 补入名册。"

    @object_action(
        description="登记线下审批",
        permission="welfare.prepare_round",
        form=PaperApprovalForm,
        confirmation=_says_total,
        offered=offered_in(LOCKED),
    )
    def paper_approval(self, request: HttpRequest, subject: Round, offline_approval: str) -> str:
        """Record what was approved before the portal."""
        approval.record_paper_approval(round_=subject, document=offline_approval, actor=account_of(request))
        return "已按线下审批补录。"

    @object_action(
        description="解锁名册",
        permission="welfare.prepare_round",
        form=ReasonForm,
        confirmation=lambda *_args: "名册将清空；已作的个别剔除会在下次锁定时保留。",
        offered=offered_in(LOCKED),
    )
    def unlock(self, request: HttpRequest, subject: Round, reason: str) -> str:
        """Open it again."""
        roster.unlock(round_=subject, actor=account_of(request), reason=reason)
        return "名册已解锁。"

    @object_action(
        description="取消批次",
        permission="welfare.prepare_round",
        form=ReasonForm,
        offered=offered_in(DRAFT, LOCKED),
        grave=True,
    )
    def cancel(self, request: HttpRequest, subject: Round, reason: str) -> str:
        """Give it up."""
        drafting.cancel(round_=subject, actor=account_of(request), reason=reason)
        return "批次已取消。"
