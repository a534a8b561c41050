"""Rounds on every page of the desk: one may be begun, and the search finds them by occasion, benefit and name."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from union_portal.accounts.models import User
from union_portal.base.portal import FOUND_OF_A_KIND, Contribution, FirstStep, Found, Place, contribute
from welfare.grants.models import Round


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
contribute(Contribution(creates=(_NEW,), finds=finds, first_steps=(_FIRST,)))
