"""Reads of proposals and secondings."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Q

from congress.drives.enums import Publication
from congress.drives.querysets import reads_all
from congress.proposals.enums import FILED_STATES, PRIVATE, Outcome, ProposalState, SecondingState
from union_portal.base.prepared import existing

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


# Ways of rooms above by which an account comes to read proposals: each returns their keys.
READERS: "list[Callable[[User], models.QuerySet[Any]]]" = []


def _mandates(user: "User") -> "models.QuerySet[Any]":
    """Return the keys of the account's mandates, whether they hold or not."""
    found = apps.get_model("congress", "Delegate")._default_manager.filter(person__user=user)  # noqa: SLF001
    return found.order_by().values("pk")


def _headed_by(user: "User") -> Q:
    own = _mandates(user)
    led = apps.get_model("congress", "Delegation")._default_manager.filter(Q(head__in=own) | Q(deputy__in=own))  # noqa: SLF001
    return Q(delegation__in=led.order_by().values("pk"))


def _authored_by(user: "User") -> Q:
    return Q(proposer__in=_mandates(user)) | Q(as_body=True) & _headed_by(user)


def _to_second(user: "User") -> Q:
    asked = apps.get_model("congress", "Seconding")._default_manager.filter(  # noqa: SLF001
        delegate__person__user=user, state__in=[SecondingState.INVITED, SecondingState.ACCEPTED]
    )
    return Q(pk__in=asked.order_by().values("proposal"))


def _to_precheck(user: "User") -> Q:
    return _headed_by(user) & Q(state=ProposalState.PRECHECK)


def _of_delegate(user: "User") -> Q:
    return _authored_by(user) | _to_second(user) | _to_precheck(user)


def _ways(user: "User") -> "dict[str, models.QuerySet[Any]]":
    """Return what there is for the account of each way to a proposal that is not open to the whole office."""
    return {"mandate": _mandates(user), **{f"reader{place}": keys(user) for place, keys in enumerate(READERS)}}


class ProposalQuerySet(models.QuerySet[Any]):
    def authored_by(self, user: "User") -> Self:
        """Return the account's own proposals, and those of a delegation it heads."""
        return self.filter(_authored_by(user))

    def to_second(self, user: "User") -> Self:
        """Return proposals the account is asked to second, or has seconded, and that still stand."""
        return self.filter(_to_second(user))

    def to_precheck(self, user: "User") -> Self:
        """Return the proposals that wait for the account as head of their delegation."""
        return self.filter(_to_precheck(user))

    def was_checked_under(self, user: "User") -> Self:
        """Return what was ever handed to a delegation that the account heads, for its check."""
        return self.filter(_headed_by(user), moves__action="submit_to_delegation").distinct()

    def visible_to(self, user: "User") -> Self:
        """Return what the account may open: own, seconded, to check, assigned; submitted ones for office and committee.

        What the congress publishes to all members is `published`, with less of each.
        """
        submitted = ~Q(state__in=PRIVATE) if reads_all(user) else Q()
        if not user.is_authenticated:
            return self.filter(submitted) if submitted else self.none()
        # Put into SQL, the ways to a proposal cost more than the list: each is asked for by those alone who have it.
        ways = user.once("ways to proposals", lambda: existing(user, ("ways to proposals", *READERS), _ways))
        wanted = submitted | _of_delegate(user) if "mandate" in ways else submitted
        for place, keys in enumerate(READERS):
            if f"reader{place}" in ways:
                wanted |= Q(pk__in=keys(user))
        return self.filter(wanted) if wanted else self.none()

    def concerning(self, user: "User") -> Self:
        """Return what the account opens as a delegate: own, asked to second, to check, and what own ones went into."""
        return self.filter(_of_delegate(user)) | self.with_own_merged_in(user)

    def with_own_merged_in(self, user: "User") -> Self:
        """Return what proposals of the account's own went into."""
        own = self.model._default_manager.authored_by(user)  # noqa: SLF001
        return self.filter(pk__in=own.order_by().values("merged_into"))

    def with_authors(self) -> Self:
        """Return them by number, with who wrote each."""
        return self.select_related("proposer__person", "delegation").order_by("number")

    def with_signed(self) -> Self:
        """Count with each how many have seconded it, as `signed`."""
        return self.annotate(signed=Count("secondings", filter=Q(secondings__state=SecondingState.ACCEPTED)))

    def published(self) -> Self:
        """Return the filed proposals that their congress publishes to all members."""
        return self.filter(state__in=FILED_STATES).exclude(drive__published=Publication.NOTHING)

    def waiting(self, state: str) -> Self:
        """Return what waits in the state for committee, leader or office; what was recorded later waits for nobody."""
        return self.filter(state=state, recorded=False)

    def advice(self) -> Self:
        """Return what is answered as advice: passed on by the committee, or handed in late."""
        return self.filter(outcome__in=[Outcome.PASSED_ON, Outcome.LATE])

    def collected(self) -> Self:
        """Return what counts as collected: handed in before the close, whatever became of it."""
        return self.filter(submitted_at__isnull=False).exclude(outcome=Outcome.LATE)


class SecondingQuerySet(models.QuerySet[Any]):
    def living(self) -> Self:
        """Return invitations and signatures that have not lapsed."""
        return self.exclude(state=SecondingState.LAPSED)

    def given(self) -> Self:
        return self.filter(state=SecondingState.ACCEPTED)
