"""Reads of the register in business words; every one of them can be asked for a day."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from members.enums import MembershipState, Position
from union_portal.accounts.enums import SCHOOL_ROLES, Role
from union_portal.accounts.querysets import DatedQuerySet
from union_portal.base.chinese import search_text
from union_portal.base.encryption import blind_index

if TYPE_CHECKING:
    from union_portal.accounts.models import User

# Who may see which group of need somebody belongs to, and who is whose kin.
CARING_ROLES = (Role.ORGANISATION, Role.WELFARE, Role.WOMEN, Role.CHAIR, Role.VICE_CHAIR)


def _in_force(on: dt.date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    )


def tree_path() -> Case:
    """Return the expression by which every branch stands behind its parent."""
    return Case(
        When(parent=None, then=F("code")),
        When(parent__parent=None, then=Concat("parent__code", Value("/"), "code")),
        default=Concat("parent__parent__code", Value("/"), "parent__code", Value("/"), "code"),
        output_field=models.TextField(),
    )


class BranchQuerySet(models.QuerySet[Any]):
    """Branches."""

    def standing(self, *, on: dt.date) -> Self:
        """Return the branches that exist on the day; an unknown founding day counts as always."""
        return self.filter(
            Q(founded_on__isnull=True) | Q(founded_on__lte=on), Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=on)
        )

    def as_tree(self) -> Self:
        """Order every branch behind its parent, and annotate its `depth` (0 to 2)."""
        depth = Case(When(parent=None, then=0), When(parent__parent=None, then=1), default=2)
        return self.annotate(depth=depth).order_by(tree_path())

    def with_state(self, *, on: dt.date) -> Self:
        """Annotate `chair_on`, `members_on` (active ones) and `term_ends_on` as of the day."""
        apps = self.model._meta.apps  # noqa: SLF001
        office: Any = apps.get_model("members", "Office")
        term: Any = apps.get_model("members", "Term")
        membership: Any = apps.get_model("members", "Membership")
        assignment: Any = apps.get_model("members", "BranchAssignment")
        chairs = office.objects.filter(_in_force(on), term__branch=OuterRef("pk"), position=Position.CHAIR)
        active = membership.objects.filter(_in_force(on), person=OuterRef("person"), state=MembershipState.ACTIVE)
        here = assignment.objects.filter(_in_force(on), Exists(active), branch=OuterRef("pk")).order_by()
        terms = term.objects.filter(branch=OuterRef("pk"), began_on__lte=on).order_by("-began_on")
        return self.annotate(
            chair_on=models.Subquery(chairs.values("person__name")[:1]),
            members_on=Coalesce(
                models.Subquery(here.values("branch").annotate(count=models.Count("pk")).values("count")), 0
            ),
            term_ends_on=models.Subquery(terms.values("ends_on")[:1]),
        )

    def led_by(self, user: "User") -> Self:
        """Return the branches the account chairs today, each with the groups below it."""
        today = timezone.localdate()
        own = Q(roles__assignment__user=user, roles__assignment__role=Role.BRANCH_CHAIR) & _in_force(
            today, "roles__assignment__"
        )
        mine = self.model._default_manager.filter(own).values("pk")  # noqa: SLF001
        return self.filter(Q(pk__in=mine) | Q(parent__in=mine) | Q(parent__parent__in=mine))

    def visible_to(self, user: "User") -> Self:
        """Return the branches whose people the account may see."""
        if user.is_superuser or user.has_role(*SCHOOL_ROLES):
            return self.all()
        return self.led_by(user) if user.has_role(Role.BRANCH_CHAIR) else self.none()


class TermQuerySet(models.QuerySet[Any]):
    """Terms of office."""

    def visible_to(self, user: "User") -> Self:
        """Return the terms of the branches whose people the account may see."""
        branches: Any = self.model._meta.get_field("branch").related_model  # noqa: SLF001
        return self.filter(branch__in=branches._default_manager.visible_to(user))  # noqa: SLF001

    def current(self, *, on: dt.date) -> Self:
        """Return the latest term of each branch that had begun by the day, run out or not."""
        later = self.model._default_manager.filter(  # noqa: SLF001
            branch=OuterRef("branch"), began_on__lte=on, began_on__gt=OuterRef("began_on")
        )
        return self.filter(~Exists(later), began_on__lte=on)

    def due(self, *, on: dt.date, within: int = 90) -> Self:
        """Return the current terms that end within so many days, or have ended, by the day."""
        return self.current(on=on).filter(ends_on__lte=on + dt.timedelta(days=within))


class OfPersonQuerySet(DatedQuerySet):
    """Dated rows about a person."""

    def visible_to(self, user: "User") -> Self:
        """Return the rows about people whom the account may see."""
        people: Any = self.model._meta.get_field("person").related_model  # noqa: SLF001
        return self.filter(person__in=people._default_manager.visible_to(user))  # noqa: SLF001


class MembershipQuerySet(OfPersonQuerySet):
    """Membership episodes."""

    def began_within(self, start: dt.date, end: dt.date) -> Self:
        """Return the episodes that began in these days, both inclusive."""
        return self.filter(valid_from__range=(start, end))

    def ended_within(self, start: dt.date, end: dt.date) -> Self:
        """Return the episodes that ended in these days, both inclusive."""
        return self.filter(valid_to__range=(start, end))


class AssignmentQuerySet(OfPersonQuerySet):
    """Branch assignments."""


class CohortQuerySet(OfPersonQuerySet):
    """Places in special groups; some of the groups say something about health or hardship."""

    def visible_to(self, user: "User") -> Self:
        """Return what the account may see; sensitive groups only for those who care for them."""
        seen = super().visible_to(user)
        if user.is_superuser or user.has_role(*CARING_ROLES):
            return seen
        return seen.filter(Q(kind__sensitive=False) | Q(person__user=user))


class KinshipQuerySet(models.QuerySet[Any]):
    """Relations between people."""

    def visible_to(self, user: "User") -> Self:
        """Return the relations of people whom the account may see, for those who care for them."""
        if user.is_superuser or user.has_role(*CARING_ROLES):
            return self.all()
        return self.filter(person__user=user)


class SummaryQuerySet(models.QuerySet[Any]):
    """Totals of the time before the portal."""

    def visible_to(self, user: "User") -> Self:
        """Return everything to those who see the whole school."""
        return self.all() if user.is_superuser or user.has_role(*SCHOOL_ROLES) else self.none()


class PersonQuerySet(models.QuerySet[Any]):
    """People."""

    def _related(self, name: str) -> "models.QuerySet[Any]":
        related: Any = self.model._meta.get_field(name).related_model  # noqa: SLF001
        people: models.QuerySet[Any] = related._default_manager.filter(person=OuterRef("pk")).order_by()  # noqa: SLF001
        return people

    def members(self, *, on: dt.date, state: MembershipState | None = MembershipState.ACTIVE) -> Self:
        """Return the people with a membership on the day: active ones, or in the given state, or (None) any."""
        episodes = self._related("memberships").filter(_in_force(on))
        return self.filter(Exists(episodes.filter(state=state) if state else episodes))

    def in_branch(self, branches: "models.QuerySet[Any] | list[Any]", *, on: dt.date) -> Self:
        """Return the people assigned on the day to one of the branches."""
        return self.filter(Exists(self._related("assignments").filter(_in_force(on), branch__in=branches)))

    def in_cohort(self, codes: list[str], *, on: dt.date) -> Self:
        """Return the people who belong on the day to one of the special groups."""
        return self.filter(Exists(self._related("cohorts").filter(_in_force(on), kind__code__in=codes)))

    def with_branch(self, *, on: dt.date) -> Self:
        """Annotate `branch_id_on` and `branch_name_on`: where each belongs on the day, null where nowhere."""
        current = self._related("assignments").filter(_in_force(on))
        return self.annotate(
            branch_id_on=models.Subquery(current.values("branch")[:1]),
            branch_name_on=models.Subquery(current.values("branch__name")[:1]),
        )

    def with_membership(self, *, on: dt.date) -> Self:
        """Annotate `membership_state_on`: the state of the membership on the day, null for non-members."""
        current = self._related("memberships").filter(_in_force(on))
        return self.annotate(membership_state_on=models.Subquery(current.values("state")[:1]))

    def by_strokes(self) -> Self:
        """Order as rolls are printed: 按姓氏笔画为序."""
        return self.order_by("stroke_key", "pinyin_key", "pk")

    def search(self, text: str) -> Self:
        """Find by staff number, name, full pinyin or initials; several words narrow the search."""
        found = self
        for word in text.split():
            found = found.filter(Q(search_key__contains=search_text(word)) | Q(staff_number__istartswith=word))
        return found

    def with_identity(self, number: str) -> Self:
        """Find by the exact identity number, through its blind index."""
        return self.filter(identity_index=blind_index(number.strip().upper()))

    def visible_to(self, user: "User") -> Self:
        """Return whom the account may see: the whole school, the own branch, or only oneself."""
        if user.is_superuser or user.has_role(*SCHOOL_ROLES):
            return self.all()
        me = Q(user=user)
        if user.has_role(Role.BRANCH_CHAIR):
            assignment: Any = self.model._meta.get_field("assignments").related_model  # noqa: SLF001
            branches = assignment._meta.get_field("branch").related_model._default_manager.led_by(user)  # noqa: SLF001
            today = timezone.localdate()
            mine = self._related("assignments").filter(_in_force(today), branch__in=branches.values("pk"))
            return self.filter(me | Exists(mine))
        return self.filter(me)
