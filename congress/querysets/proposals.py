"""Reads of proposals, suggestions and petitions: who may see which, in one place."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from congress.enums import (
    FILED_STATES,
    PRIVATE,
    DepartmentDuty,
    FollowUpState,
    Outcome,
    PetitionChannel,
    PetitionState,
    ProposalState,
    Publication,
    SecondingState,
    SuggestionState,
)
from congress.querysets.bodies import OfficeListQuerySet, in_force
from union_portal.accounts.enums import Role

if TYPE_CHECKING:
    from union_portal.accounts.models import User

# Who reads every submitted proposal at the desk.
OFFICE = (Role.CONGRESS, Role.CHAIR, Role.VICE_CHAIR, Role.AUDIT)
# Not yet submitted, or never: no business of the office.
UNSUBMITTED = (*PRIVATE, ProposalState.LATE)


def reads_all(user: "User") -> bool:
    """Tell whether the account reads every submitted proposal: the congress office, chair, audit, the committee."""
    if user.is_superuser or user.has_role(*OFFICE):
        return True
    return bool(apps.get_model("congress", "CommitteeSeat").objects.reviewing(user).exists())


class CategoryQuerySet(models.QuerySet[Any]):
    """Categories of proposals."""

    def visible_to(self, user: "User") -> Self:
        """Return all: everybody who reads proposals sees what they are sorted into."""
        return self.all() if user.is_authenticated else self.none()


class DriveQuerySet(models.QuerySet[Any]):
    """Drives for proposals."""

    def visible_to(self, user: "User") -> Self:
        """Return all for who reads all proposals, else the drives of the account's own congresses."""
        return self.all() if reads_all(user) else self.for_delegate(user)

    def for_delegate(self, user: "User") -> Self:
        """Return the drives of sessions whose bodies the account has a mandate in today."""
        path = "session__sittings__congress__delegates__"
        mine = Q(**{f"{path}person__user": user}) & in_force(path, on=timezone.localdate())
        return self.filter(pk__in=self.model._default_manager.filter(mine).values("pk"))  # noqa: SLF001

    def running(self, *, now: dt.datetime | None = None) -> Self:
        """Return the drives that take proposals at the moment."""
        moment = now or timezone.now()
        return self.filter(opens_on__lte=timezone.localdate(moment), closes_at__gt=moment)


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


class AssignmentQuerySet(models.QuerySet[Any]):
    """Assignments."""

    def living(self) -> Self:
        """Return the assignments that stand."""
        return self.filter(ended_at__isnull=True)

    def leads(self) -> Self:
        """Return the standing lead assignments."""
        return self.living().filter(duty="lead")


class FollowUpQuerySet(models.QuerySet[Any]):
    """Promises that fall due."""

    def open(self) -> Self:
        """Return those not yet reported on."""
        return self.filter(state=FollowUpState.OPEN)

    def visible_to(self, user: "User") -> Self:
        """Return those of proposals the account may open."""
        proposals: Any = self.model._meta.get_field("proposal").related_model  # noqa: SLF001
        return self.filter(proposal__in=proposals.objects.visible_to(user))


class SuggestionDriveQuerySet(OfficeListQuerySet):
    """Drives for suggestions."""

    def running(self, *, on: dt.date) -> Self:
        """Return the drives that take suggestions on the day."""
        return self.filter(opens_on__lte=on, closes_on__gte=on)


class SuggestionQuerySet(models.QuerySet[Any]):
    """Suggestions."""

    def visible_to(self, user: "User") -> Self:
        """Return all for the office, else the account's own and those sent to its departments."""
        if reads_all(user):
            return self.all()
        departments = apps.get_model("congress", "Department").objects.of(user)
        sent = Q(department__in=departments, state__in=[SuggestionState.SENT, SuggestionState.ANSWERED])
        return self.filter(Q(author__user=user) | sent)

    def sent_to(self, user: "User") -> Self:
        """Return what was sent to departments the account holds a post in; contact and head answer, leaders look."""
        mine = apps.get_model("congress", "Department").objects.of(user)
        return self.filter(department__in=mine, state__in=[SuggestionState.SENT, SuggestionState.ANSWERED])

    def overdue(self, *, on: dt.date) -> Self:
        """Return the suggestions their departments have not answered by the day."""
        return self.filter(state=SuggestionState.SENT, due_on__lt=on)

    def published_answers(self) -> Self:
        """Return answered suggestions that are shown to all members."""
        return self.filter(published=True, state=SuggestionState.ANSWERED)


class PetitionQuerySet(models.QuerySet[Any]):
    """Petitions."""

    def visible_to(self, user: "User") -> Self:
        """Return only those the account handles: not even chair or administrator sees the others."""
        handled: Any = self.model.handlers.through.objects.filter(user_id=user.pk).values("petition_id")
        return self.filter(pk__in=handled)

    def filed_by(self, user: "User") -> Self:
        """Return what the account's owner filed on the own page: subject, state and answer are theirs to read."""
        return self.filter(person__user=user, entered_by=user, channel=PetitionChannel.PORTAL)

    def overdue(self, *, on: dt.date) -> Self:
        """Return the petitions not answered by their day."""
        return self.filter(state__in=[PetitionState.RECEIVED, PetitionState.HANDLING], due_on__lt=on)
