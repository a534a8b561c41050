"""Whose hands: nobody decides for himself or his kin, nobody who runs the money looks it over."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from members.branches.enums import BranchKind, Position
from members.branches.models import Office
from members.kin.models import Kinship
from union_portal.accounts.enums import Role
from union_portal.accounts.models import Delegation, RoleAssignment
from welfare.audit.services.matters import DECIDED, Matter, decided_in, in_year, of_grants, who
from welfare.grants.enums import RoundState
from welfare.grants.models import Grant, Round
from welfare.grants.services.four_eyes import SMALL_ROUND
from welfare.ledger.models import Posting

# With the audit committee's work nobody keeps, decides on or hands out the money that is audited.
KEEPS_MONEY = (Role.CHAIR, Role.VICE_CHAIR, Role.FINANCE, Role.WELFARE, Role.WOMEN)
_POSTS = (Position.CHAIR, Position.VICE_CHAIR, Position.FINANCE, Position.WELFARE)
_DECIDER = "decider"


def _kin(one: str, other: str) -> Any:
    """Return the condition that two accounts, or an account and a person, at these paths are related."""
    return Exists(Kinship.objects.filter(person__user=OuterRef(one), related__user=OuterRef(other))) | Exists(
        Kinship.objects.filter(person__user=OuterRef(other), related__user=OuterRef(one))
    )


def own_or_kin(year: int) -> list[Matter]:
    """Return what somebody approved, here or on paper, for himself or kin: single cases, and small rounds."""
    deciders = (
        Coalesce("approved_by", "paper_approval__approver"),
        Coalesce("round__approved_by", "round__paper_approval__approver"),
    )
    small = Round.objects.annotate(heads=Count("grants", filter=Q(grants__state__in=DECIDED))).filter(
        heads__lt=SMALL_ROUND, handed_out_on__year__in=(year - 1, year, year + 1), state__in=_STANDING
    )
    rows = decided_in(year).annotate(decider=deciders[0]).filter(round=None)
    on_roster = decided_in(year).annotate(decider=deciders[1]).filter(round__in=small.values("pk"))
    found = [pk for part in (rows, on_roster) for pk in _for_kin(part).values_list("pk", flat=True)]
    return of_grants(found, lambda _grant: "审批人是受益人本人或其亲属")


_STANDING = (RoundState.APPROVED, RoundState.CLOSED)


def _for_kin(rows: "QuerySet[Grant]") -> "QuerySet[Grant]":
    kin = Kinship.objects.filter(person__user=OuterRef(_DECIDER), related=OuterRef("person"))
    kin_of = Kinship.objects.filter(person=OuterRef("person"), related__user=OuterRef(_DECIDER))
    return rows.filter(Q(person__user=F(_DECIDER)) | Exists(kin) | Exists(kin_of))


def related_hands(year: int) -> list[Matter]:
    """Return the year's postings whose preparer and approver are kin."""
    rows = Posting.objects.filter(year=year).annotate(decider=Coalesce("approved_by", "paper_approval__approver"))
    found = rows.filter(_kin("prepared_by", _DECIDER)).select_related("book", "approved_by", "prepared_by")
    return [
        Matter(
            on=one.posted_on,
            about=f"{one}：{one.summary}",
            words="经办人和审批人是亲属",
            amount=one.total,
            approver=who(one.approved_by),
            entered_by=who(one.prepared_by),
            model="posting",
            pk=one.pk,
        )
        for one in found
    ]


@dataclass(frozen=True)
class _Held:
    what: str
    first: dt.date
    last: dt.date | None
    audits: bool
    model: str
    pk: int


def _one_day(mine: _Held, other: _Held) -> bool:
    return mine.first <= (other.last or dt.date.max) and other.first <= (mine.last or dt.date.max)


def two_hats(year: int) -> list[Matter]:
    """Return who of the audit committee keeps, decides on or hands out the union's money at the same time."""
    held: dict[tuple[int, str], list[_Held]] = defaultdict(list)
    for user, one in _held(year):
        held[user].append(one)
    return [
        Matter(
            on=max(mine.first, other.first),
            about=name,
            words=f"同时担任{mine.what}和{other.what}；经审委员不能由主席、副主席、财务和经手钱物的人兼任",
            model=other.model,
            pk=other.pk,
        )
        for (_key, name), all_ in held.items()
        for mine in all_
        for other in all_
        if mine.audits and not other.audits and _one_day(mine, other)
    ]


def _held(year: int) -> Iterator[tuple[tuple[int, str], _Held]]:
    first, last = in_year(year)
    meets = Q(valid_to__isnull=True) | Q(valid_to__gte=first)
    roles = (Role.AUDIT, *KEEPS_MONEY)
    for one in RoleAssignment.objects.settled().filter(meets, valid_from__lte=last, role__in=roles):
        audits = one.role == Role.AUDIT
        told = _Held(one.get_role_display(), one.valid_from, one.valid_to, audits, "accounts.roleassignment", one.pk)
        yield (one.user_id, one.user.name), told
    for lent in Delegation.objects.settled().filter(meets, valid_from__lte=last, role__in=roles):
        words = f"{lent.get_role_display()}（受委托）"
        audits = lent.role == Role.AUDIT
        told = _Held(words, lent.valid_from, lent.valid_to, audits, "accounts.delegation", lent.pk)
        yield (lent.delegate_id, lent.delegate.name), told
    posts = Office.objects.filter(meets, valid_from__lte=last, position__in=_POSTS, person__user__isnull=False)
    for post in posts.filter(term__branch__kind=BranchKind.SCHOOL).select_related("person__user"):
        words = f"校工会{post.get_position_display()}"
        told = _Held(words, post.valid_from, post.valid_to, audits=False, model="members.office", pk=post.pk)
        yield (post.person.user_id, post.person.user.name), told
