"""Two different people prepare and approve, and nobody approves for himself or his kin.

How far the second half reaches is a decision of this house: it holds for every single case, and for rounds of fewer
than SMALL_ROUND people, however they were chosen. A larger round necessarily includes whoever approves it (the chair
gets the Spring Festival goods like everybody else); there the roster, not a person, is approved.
"""

from django.db.models import Q, QuerySet

from members.kin.models import Kinship
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant, Round

# Rounds with fewer people than this are approved by nobody who is on the roster, nor kin of somebody who is.
SMALL_ROUND = 10


def own_and_kin(*, user: User) -> QuerySet[Person]:
    """Return the person behind the account and everybody related to that person, in either direction."""
    kin = Kinship.objects.filter(person__user=user).values("related")
    kin_of = Kinship.objects.filter(related__user=user).values("person")
    return Person.objects.filter(Q(user=user) | Q(pk__in=kin) | Q(pk__in=kin_of))


def second_person(*, prepared_by: int | None, actor: User) -> None:
    """Raise Refused when the actor prepared it himself."""
    if prepared_by is not None and prepared_by == actor.pk:
        raise Refused("经办人不能审批自己经办的事项，请由同事审批。")


def may_approve_grant(*, grant: Grant, actor: User) -> None:
    """Raise Refused when the actor prepared the case, or it is for the actor or the actor's kin."""
    second_person(prepared_by=grant.prepared_by_id, actor=actor)
    if own_and_kin(user=actor).filter(pk=grant.person_id).exists():
        raise Refused("不能审批本人或亲属的慰问，请由同事审批。")


def may_approve_round(*, round_: Round, actor: User) -> None:
    """Raise Refused when the actor prepared the round, or it is a small one with the actor or kin on the roster."""
    second_person(prepared_by=round_.prepared_by_id, actor=actor)
    roster = round_.grants.filter(state=GrantState.LISTED)
    if roster.count() >= SMALL_ROUND:
        return
    if roster.filter(person__in=own_and_kin(user=actor).values("pk")).exists():
        raise Refused(f"名册不足 {SMALL_ROUND} 人，且您或您的亲属在内，请由同事审批。")
