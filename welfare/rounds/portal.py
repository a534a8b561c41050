"""Rounds on the desk: one may be begun, the search finds them, and who prepares one is told what comes next."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from union_portal.accounts.models import User
from union_portal.base.portal import FOUND_OF_A_KIND, Contribution, DeskItem, FirstStep, Found, Place, contribute
from welfare.grants.enums import RoundState
from welfare.grants.models import Round, RoundMove


def drafts(user: User) -> Iterator[DeskItem]:
    """Yield the rounds that the account prepares and has not handed in, and those that came back."""
    if not user.has_perm("welfare.prepare_round"):
        return
    own = RoundMove.objects.filter(subject=OuterRef("pk"), actor=user)
    returned = RoundMove.objects.filter(subject=OuterRef("pk"), action="return")
    rounds = Round.objects.visible_to(user).filter(Exists(own), state__in=[RoundState.DRAFT, RoundState.LOCKED])
    for one in rounds.annotate(returned=Exists(returned)).select_related("occasion", "benefit"):
        back = one.returned and one.state == RoundState.LOCKED
        yield DeskItem(
            title=f"被退回：{one}" if back else f"未提交：{one}",
            detail="请按退回意见更正后重新提交审批。" if back else _next(one),
            address=reverse("admin:welfare_round_change", args=[one.pk]),
            due_on=one.handed_out_on,
            urgent=back,
        )


def _next(round_: Round) -> str:
    if round_.state == RoundState.DRAFT:
        return "下一步：锁定名册。"
    return "下一步：确定单价。" if round_.unit_price is None else "下一步：提交审批。"


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield what came back to the account."""
    return (item for item in drafts(user) if item.urgent)


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
