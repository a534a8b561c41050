"""Reads of proposals and secondings."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from congress.departments.enums import DepartmentDuty
from congress.drives.enums import Publication
from congress.drives.querysets import reads_all
from congress.proposals.enums import FILED_STATES, PRIVATE, Outcome, ProposalState, SecondingState

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


# Not yet submitted, or never: no business of the office.
UNSUBMITTED = (*PRIVATE, ProposalState.LATE)


class ProposalQuerySet(models.QuerySet[Any]):
    """Proposals."""

    def authored_by(self, user: "User") -> Self:
        """Return the account's own proposals, and those of a delegation it heads."""
        own = Q(proposer__person__user=user)
        as_head = Q(as_body=True) & (Q(delegation__head__person__user=user) | Q(delegation__deputy__person__user=user))
        return self.filter(own | as_head)

    def to_second(self, user: "User") -> Self:
        """Return proposals the account is asked to second, or has seconded, and that still stand."""
        seconding: Any = self.model._meta.get_field("secondings").related_model  # noqa: SLF001
        asked = seconding.objects.filter(
            delegate__person__user=user, state__in=[SecondingState.INVITED, SecondingState.ACCEPTED]
        )
        return self.filter(pk__in=asked.values("proposal"))

    def to_precheck(self, user: "User") -> Self:
        """Return the proposals that wait for the account as head of their delegation."""
        head = Q(delegation__head__person__user=user) | Q(delegation__deputy__person__user=user)
        return self.filter(head, state=ProposalState.PRECHECK)

    def handled_by(self, user: "User") -> Self:
        """Return the proposals assigned to a department the account answers for, as contact, head or leader."""
        departments = apps.get_model("congress", "Department").objects.of(user)
        assignment: Any = self.model._meta.get_field("assignments").related_model  # noqa: SLF001
        mine = assignment.objects.filter(department__in=departments, ended_at__isnull=True)
        return self.filter(pk__in=mine.values("proposal"))

    def to_sign(self, user: "User") -> Self:
        """Return the proposals whose reply waits for the account as responsible leader of the lead department."""
        led = apps.get_model("congress", "Department").objects.of(user, DepartmentDuty.LEADER)
        assignment: Any = self.model._meta.get_field("assignments").related_model  # noqa: SLF001
        mine = assignment.objects.leads().filter(department__in=led)
        return self.filter(state=ProposalState.SIGNING, pk__in=mine.values("proposal"))

    def visible_to(self, user: "User") -> Self:
        """Return what the account may open: own, seconded, to check, assigned; submitted ones for office and committee.

        What the congress publishes to all members is `published`, with less of each.
        """
        if reads_all(user):
            theirs = self.exclude(state__in=UNSUBMITTED)
            if not user.is_authenticated:
                return theirs
        else:
            theirs = self.none()
        parts = (theirs, self.authored_by(user), self.to_second(user), self.to_precheck(user), self.handled_by(user))
        wanted = Q()
        for part in parts:
            wanted |= Q(pk__in=part.order_by().values("pk"))
        return self.filter(wanted)

    def concerning(self, user: "User") -> Self:
        """Return what the account opens as a delegate: own, asked to second, to check, and what own ones went into."""
        own = self.model._default_manager.authored_by(user)  # noqa: SLF001
        parts = (self.authored_by(user), self.to_second(user), self.to_precheck(user))
        wanted = Q(pk__in=own.order_by().values("merged_into"))
        for part in parts:
            wanted |= Q(pk__in=part.order_by().values("pk"))
        return self.filter(wanted)

    def published(self) -> Self:
        """Return the filed proposals that their congress publishes to all members."""
        return self.filter(state__in=FILED_STATES).exclude(drive__published=Publication.NOTHING)

    def waiting(self, state: str) -> Self:
        """Return what waits in the state for committee, leader or office; what was recorded later waits for nobody."""
        return self.filter(state=state, recorded=False)

    def collected(self) -> Self:
        """Return what counts as collected: handed in before the close, whatever became of it."""
        return self.filter(submitted_at__isnull=False).exclude(outcome=Outcome.LATE)


class SecondingQuerySet(models.QuerySet[Any]):
    """Secondings."""

    def living(self) -> Self:
        """Return invitations and signatures that have not lapsed."""
        return self.exclude(state=SecondingState.LAPSED)

    def given(self) -> Self:
        """Return the signatures."""
        return self.filter(state=SecondingState.ACCEPTED)
