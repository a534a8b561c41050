"""Rounds on the desk: one may be begun, the search finds them, and who prepares one is told what comes next."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.base.portal import FOUND_OF_A_KIND, Contribution, DeskItem, FirstStep, Found, Place, contribute
from union_portal.base.prepared import seen
from welfare.approvals.enums import ApprovalState
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant, Round, RoundMove
from welfare.grants.services.paying import FROM_ROSTER
from welfare.purchases.models import Purchase
from welfare.rounds.services.payment import left_to_post
from welfare.rounds.services.telling import next_step

# So many rounds at most stand on the desk to be handed out, and to be posted.
SHOWN, POSTED = 5, 8
# A draft stands on the desk so long before its cut-off date.
AHEAD = dt.timedelta(days=31)


def drafts(user: User) -> Iterator[DeskItem]:
    """Yield the rounds that the account prepares and has not handed in, and those that came back."""
    if not user.has_perm("welfare.prepare_round"):
        return

    def asked(account: User) -> Any:
        own = RoundMove.objects.filter(subject=OuterRef("pk"), actor=account)
        returned = RoundMove.objects.filter(subject=OuterRef("pk"), action="return")
        rounds = Round.objects.visible_to(account).filter(Exists(own), state__in=[RoundState.DRAFT, RoundState.LOCKED])
        # What was begun for months ahead waits until its time comes.
        rounds = rounds.filter(cut_off_on__lte=timezone.localdate() + AHEAD)
        return rounds.annotate(returned=Exists(returned)).select_related("occasion", "benefit")

    for one in seen(user, "round drafts", asked):
        back = one.returned and one.state == RoundState.LOCKED
        yield DeskItem(
            title=f"被退回：{one}" if back else f"未提交：{one}",
            detail="请按退回意见更正后重新提交审批。" if back else next_step(one),
            address=reverse("admin:welfare_round_change", args=[one.pk]),
            due_on=one.handed_out_on,
            urgent=back,
        )


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield what came back to the account, what it approves, posts and hands out; each with its next step."""
    yield from (item for item in drafts(user) if item.urgent)
    if user.has_perm("welfare.approve_round"):
        yield from (_item("审批", one, urgent=True) for one in seen(user, "rounds to approve", _to_approve))
    if user.has_perm("welfare.pay_round"):
        approved = _told(user).filter(state=RoundState.APPROVED)
        yield from (_item("记账", one) for one in _to_post(approved))
    if user.has_perm("welfare.prepare_round"):
        yield from (_item("发放并办结", one) for one in seen(user, "rounds to hand out", _to_hand_out))


def _told(user: User) -> "QuerySet[Round]":
    found: QuerySet[Round] = Round.objects.visible_to(user)
    return found.select_related("benefit", "occasion", "paper_approval")


def _to_approve(user: User) -> "QuerySet[Round]":
    on_paper = Q(paper_approval__state=ApprovalState.ENTERED)
    return _told(user).filter(state=RoundState.SUBMITTED).exclude(on_paper).exclude(prepared_by=user)


def _to_hand_out(user: User) -> "QuerySet[Round]":
    return _told(user).filter(state=RoundState.APPROVED)[:SHOWN]


def _item(verb: str, round_: Round, *, urgent: bool = False) -> DeskItem:
    address = reverse("admin:welfare_round_change", args=[round_.pk])
    return DeskItem(f"{verb}：{round_}", next_step(round_), address, due_on=round_.handed_out_on, urgent=urgent)


def _to_post(approved: QuerySet[Round]) -> list[Round]:
    """Return what finance has to do in rounds: post the roster or the invoice, pay again what came back."""
    bought = Purchase.objects.standing().values("round")
    back = Grant.objects.filter(round=OuterRef("pk"), state=GrantState.RETURNED)
    by_roster = approved.filter(benefit__form__in=FROM_ROSTER).annotate(back=Exists(back))
    by_invoice = approved.exclude(benefit__form__in=FROM_ROSTER).exclude(pk__in=bought)
    return [*(one for one in by_roster if one.back or left_to_post(round_=one)), *by_invoice][:POSTED]


def finds(user: User, words: str) -> Iterator[Found]:
    """Yield the rounds that every word fits, the newest first."""
    if not user.has_perm("welfare.view_round"):
        return
    found = Round.objects.visible_to(user).select_related("occasion", "benefit")
    for word in words.split():
        named = Q(name__icontains=word) | Q(occasion__name__icontains=word) | Q(benefit__name__icontains=word)
        year = Q(occasion__year=int(word)) if word.isdecimal() and len(word) == len("2026") else Q()
        found = found.filter(named | year)
    for one in found[:FOUND_OF_A_KIND]:
        yield Found(
            title=str(one),
            kind="发放批次",
            address=reverse("admin:welfare_round_change", args=[one.pk]),
            detail=f"{one.get_state_display()} · 截止 {one.cut_off_on}",
            icon="inventory",
        )


_NEW = Place("welfare", "新建发放批次", "admin:welfare_round_add", "welfare.add_round", "inventory")
_FIRST = FirstStep(
    key="rounds",
    rank=90,
    title="新建第一个发放批次",
    why="从锁定名册到签收、记账走一遍，下一个节日就熟了",
    by="生活福利委员",
    rows=Round.objects.all,
    unit="个批次",
    page="admin:welfare_round_add",
    permission="welfare.add_round",
)
contribute(Contribution(desk_items=desk_items, drafts=drafts, creates=(_NEW,), finds=finds, first_steps=(_FIRST,)))
