"""Reads of people in business words; every one of them can be asked for a day.

A person has at most one membership and one branch on a day (the database sees to it), so that a join makes no doubles.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, Value, When
from django.db.models.functions import Length, StrIndex
from django.utils import timezone

from members.people.enums import OWN, Employment, MembershipState, PersonKind
from union_portal.accounts.enums import SCHOOL_ROLES, Role
from union_portal.base.chinese import search_text
from union_portal.base.encryption import blind_index
from union_portal.base.prepared import seen
from union_portal.base.querysets import DatedQuerySet, in_force, seen_through
from union_portal.base.sql import among

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def _retired(on: dt.date) -> Q:
    """Hold for the school's own people who have retired by the day."""
    return Q(kind__in=OWN, retired_on__lt=on)


def kind_on(on: dt.date) -> Case:
    """Return the expression of who somebody is on the day: the day of retirement decides where it is known."""
    ahead = Q(kind__in=OWN, retired_on__gte=on)
    return Case(
        When(_retired(on), then=Value(PersonKind.RETIREE)),
        When(ahead, then=Value(PersonKind.STAFF)),
        default=F("kind"),
        output_field=models.CharField(),
    )


def employment_on(on: dt.date) -> Case:
    """Return the expression of how somebody is employed on the day; the form before a retirement stays stored."""
    working = ~Q(employment__in=(Employment.RETIRED, Employment.VETERAN_RETIRED, Employment.REHIRED))
    return Case(
        When(_retired(on) & working, then=Value(Employment.RETIRED)),
        default=F("employment"),
        output_field=models.CharField(),
    )


class OfPersonQuerySet(DatedQuerySet):
    """Dated rows about a person."""

    def visible_to(self, user: "User") -> Self:
        """Return the rows about people whom the account may see."""
        return seen_through(self, "person", user)


class PersonQuerySet(models.QuerySet[Any]):
    """People."""

    def members(self, *, on: dt.date, state: MembershipState | None = MembershipState.ACTIVE) -> Self:
        """Return the people with a membership on the day: active ones, or in the given state, or (None) any."""
        wanted = Q(memberships__state=state) if state else Q()
        return self.filter(in_force(on, "memberships__") & wanted)

    def in_branch(self, branches: "models.QuerySet[Any] | list[Any]", *, on: dt.date) -> Self:
        """Return the people assigned on the day to one of the branches."""
        return self.filter(in_force(on, "assignments__"), assignments__branch__in=branches)

    def with_branch(self, *, on: dt.date) -> Self:
        """Annotate `branch_id_on` and `branch_name_on`: where each belongs on the day, null where nowhere."""
        place = FilteredRelation("assignments", condition=in_force(on, "assignments__"))
        found = self.annotate(place_on=place)
        return found.annotate(branch_id_on=F("place_on__branch"), branch_name_on=F("place_on__branch__name"))

    def with_membership(self, *, on: dt.date) -> Self:
        """Annotate `membership_state_on`: the state of the membership on the day, null for non-members."""
        episode = FilteredRelation("memberships", condition=in_force(on, "memberships__"))
        return self.annotate(episode_on=episode).annotate(membership_state_on=F("episode_on__state"))

    def with_kind(self, *, on: dt.date) -> Self:
        """Annotate `kind_on`: who has retired by the day is 离退休, who retires later is still staff."""
        return self.annotate(kind_on=kind_on(on))

    def of_kind(self, *kinds: str, on: dt.date) -> Self:
        """Return the people of these kinds on the day; retirement parts the school's own in two."""
        if set(kinds) == set(OWN):
            return self.filter(kind__in=OWN)
        return self.alias(kind_asked=kind_on(on)).filter(kind_asked__in=kinds)

    def employed_as(self, *forms: str, on: dt.date) -> Self:
        """Return the people employed in these forms on the day: who has retired by then is 退休 whatever he was."""
        return self.alias(employment_asked=employment_on(on)).filter(employment_asked__in=forms)

    def by_strokes(self) -> Self:
        """Order as rolls are printed: 按姓氏笔画为序."""
        return self.order_by("stroke_key", "pinyin_key", "pk")

    def search(self, text: str) -> Self:
        """Find by staff number, name, full pinyin or initials; several words narrow the search."""
        found = self
        for word in text.split():
            found = found.filter(Q(search_key__contains=search_text(word)) | Q(staff_number__istartswith=word))
        return found

    def nearest(self, text: str) -> Self:
        """Order what a search found: whole words first (the name, its initials), then what begins so.

        The usual reading comes before the rarer ones, which stand behind it in the key: wang finds 王 before 方.
        """
        word = f" {search_text(text)}"
        whole = Q(search_key__endswith=word) | Q(search_key__contains=f"{word} ") | Q(staff_number=text)
        begins = Q(search_key__contains=word) | Q(staff_number__startswith=text)
        usual = Q(word_at=1) | Q(word_at=Length("name") + 2)
        nearness = Case(When(whole, then=0), When(usual, then=1), When(begins, then=2), default=3)
        return self.alias(word_at=StrIndex("search_key", Value(word))).order_by(
            nearness, "pinyin_key", "staff_number", "pk"
        )

    def for_picking(self) -> Self:
        """Read with everybody the branch of today, by which people of one name are told apart."""
        return self if "branch_name_on" in self.query.annotations else self.with_branch(on=timezone.localdate())

    def among(self, step: str) -> Self:
        """Return whom a picker lists: of whom a step of the register may be recorded today, who is a member, who lives.

        A name that says none of these is no narrower.
        """
        today = timezone.localdate()
        member = self._holds("memberships", today)
        here = member | self._holds("assignments", today)
        active = self._holds("memberships", today, state=MembershipState.ACTIVE)
        works = Q(retired_on=None) | (active & Q(retired_on__lt=today))
        asked = {
            "member": active,
            "admit_member": ~member & ~Q(kind=PersonKind.KIN),
            "transfer_member": here & ~Q(kind=PersonKind.KIN),
            "retire_member": here & works & Q(kind__in=OWN),
            "leave_union": member,
            "resume_membership": self._holds("memberships", today, state=MembershipState.RETAINED),
            "living": Q(),
            "record_death_of": Q(),
            "rename_member": Q(),
        }
        return self.filter(asked[step], died_on=None) if step in asked else self

    def _holds(self, relation: str, on: dt.date, **values: Any) -> Q:
        rows: Any = self.model._meta.get_field(relation).related_model  # noqa: SLF001
        return Q(Exists(rows._default_manager.filter(in_force(on), person=OuterRef("pk"), **values)))  # noqa: SLF001

    def with_identity(self, number: str) -> Self:
        """Find by the exact identity number, through its blind index."""
        return self.filter(identity_index=blind_index(number.strip().upper()))

    def visible_to(self, user: "User") -> Self:
        """Return whom the account may see: the whole school, the own branch with its groups, or only oneself."""
        if user.is_superuser or user.has_role(*SCHOOL_ROLES):
            return self.all()
        keys = self.keys_seen_by(user)
        return self.filter(user=user) if keys is None else self.filter(among("pk", keys))

    def keys_seen_by(self, user: "User") -> list[int] | None:
        """Return the keys of oneself and of the people in the branches the account chairs; None for other accounts.

        They are read once a request: asked inside a list, the tree of branches would be joined for each of its rows.
        """
        if user.is_superuser or user.has_role(*SCHOOL_ROLES) or not user.has_role(Role.BRANCH_CHAIR):
            return None
        return user.keys("people_seen", self._of_led)

    def _of_led(self, user: "User") -> list[int]:
        assignments: Any = self.model._meta.get_field("assignments").related_model  # noqa: SLF001
        branches: Any = assignments._meta.get_field("branch").related_model  # noqa: SLF001

        def asked(account: "User") -> Any:
            keys = branches.objects.keys_led_by(account)
            led = assignments._default_manager.filter(in_force(timezone.localdate()), branch__in=keys)  # noqa: SLF001
            mine = self.model._default_manager.filter(user=account).order_by().values_list("pk", flat=True)  # noqa: SLF001
            return mine.union(led.order_by().values_list("person", flat=True))

        return seen(user, "people seen", asked)
