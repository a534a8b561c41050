"""The congress (届) of a body, its delegations, and the delegates with their dated mandates."""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress.enums import Body, MandateEnd, MandateStart, Mode, Seat
from congress.querysets import CongressQuerySet, DelegateQuerySet, OfCongressQuerySet
from members.models import Branch, Person
from union_portal.base.chinese.numerals import numeral
from union_portal.base.history import tracked
from union_portal.base.models import Dated

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _share(label: "_StrPromise") -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=5, decimal_places=4, null=True, blank=True)


@tracked()
class Congress(models.Model):
    """届: one term of the staff congress or of the union members' congress, of the school or of a branch.

    Shares are fractions of the voting delegates: teachers at least `min_teachers` (0.6: 教育部令第32号), women, people
    under forty. Quorum and majority belong to the body: present ≥ quorum × 应到 opens, for > majority × 应到 carries.
    """

    body = models.CharField(_("body"), max_length=8, choices=Body.choices)
    branch = models.ForeignKey(
        Branch,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="congresses",
        verbose_name=_("branch (empty: the whole school)"),
    )
    number = models.PositiveSmallIntegerField(_("term number"))
    mode = models.CharField(_("mode"), max_length=16, choices=Mode.choices, default=Mode.DELEGATES)
    began_on = models.DateField(_("began"))
    ends_on = models.DateField(_("ends"))
    quorum_numerator = models.PositiveSmallIntegerField(_("quorum: parts"), default=2)
    quorum_denominator = models.PositiveSmallIntegerField(_("quorum: of"), default=3)
    majority_numerator = models.PositiveSmallIntegerField(_("majority: more than parts"), default=1)
    majority_denominator = models.PositiveSmallIntegerField(_("majority: of"), default=2)
    min_teachers = _share(_("share of teachers, at least"))
    min_women = _share(_("share of women, at least"))
    min_young = _share(_("share of people under 40, at least"))
    document = models.CharField(_("deciding document"), max_length=200, blank=True)

    objects = CongressQuerySet.as_manager()

    class Meta:
        verbose_name = _("congress (term)")
        verbose_name_plural = _("congresses (terms)")
        ordering = ["-began_on", "body", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "branch", "number"],
                nulls_distinct=False,
                name="congress_term_once",
                violation_error_message=_("This term is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("began_on")),
                name="congress_term_dates_in_order",
                violation_error_message=_("A term ends after it began."),
            ),
            models.CheckConstraint(
                condition=Q(quorum_numerator__gte=1, quorum_numerator__lte=F("quorum_denominator")),
                name="congress_quorum_is_a_share",
                violation_error_message=_("The quorum is a share such as 2 of 3."),
            ),
            models.CheckConstraint(
                condition=Q(majority_numerator__gte=1, majority_numerator__lt=F("majority_denominator")),
                name="congress_majority_is_a_share",
                violation_error_message=_("The majority is more than a share such as 1 of 2."),
            ),
        ]

    def __str__(self) -> str:
        name = f"第{numeral(self.number)}届{self.get_body_display()}"
        return f"{self.branch}{name}" if self.branch_id else name


@tracked()
class Delegation(models.Model):
    """代表团: the delegates of some branches, with a head who checks their proposals first where the drive says so."""

    congress = models.ForeignKey(
        Congress, models.PROTECT, related_name="delegations", verbose_name=pgettext_lazy("term", "congress")
    )
    number = models.PositiveSmallIntegerField(pgettext_lazy("delegation", "number"))
    name = models.CharField(pgettext_lazy("delegation", "name"), max_length=64)
    branches = models.ManyToManyField(Branch, related_name="delegations", blank=True, verbose_name=_("branches"))
    head = models.ForeignKey(
        "Delegate", models.SET_NULL, null=True, blank=True, related_name="heads", verbose_name=_("head")
    )
    deputy = models.ForeignKey(
        "Delegate", models.SET_NULL, null=True, blank=True, related_name="deputises", verbose_name=_("deputy head")
    )

    objects = OfCongressQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("congress", "delegation")
        verbose_name_plural = pgettext_lazy("congress", "delegations")
        ordering = ["congress", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["congress", "number"],
                name="congress_delegation_number_once",
                violation_error_message=_("This number is taken by another delegation."),
            ),
            models.UniqueConstraint(
                fields=["congress", "name"],
                name="congress_delegation_name_once",
                violation_error_message=_("This name is taken by another delegation."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class UnitElection(models.Model):
    """选举单位的选举: the day a unit elected its delegates, for how many seats, and how many voters took part."""

    congress = models.ForeignKey(
        Congress, models.PROTECT, related_name="unit_elections", verbose_name=pgettext_lazy("term", "congress")
    )
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+", verbose_name=_("unit"))
    held_on = models.DateField(_("held on"))
    seats = models.PositiveSmallIntegerField(_("seats"))
    voters_due = models.PositiveIntegerField(_("voters due"), null=True, blank=True)
    voters_present = models.PositiveIntegerField(_("voters present"), null=True, blank=True)
    by_election = models.BooleanField(_("by-election"), default=False)

    objects = OfCongressQuerySet.as_manager()

    class Meta:
        verbose_name = _("election in a unit")
        verbose_name_plural = _("elections in units")
        ordering = ["congress", "branch", "-held_on"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "branch", "held_on"], name="congress_unitelection_once"),
            models.CheckConstraint(
                condition=Q(voters_due__isnull=True)
                | Q(voters_present__isnull=True)
                | Q(voters_present__lte=F("voters_due")),
                name="congress_unitelection_voters",
                violation_error_message=_("More voters were present than were due."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch} {self.held_on}"


class _Days(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


@tracked()
class Delegate(Dated):
    """代表: one person's mandate in one congress, from when to when, how it began and ended; observers have no vote."""

    congress = models.ForeignKey(
        Congress, models.PROTECT, related_name="delegates", verbose_name=pgettext_lazy("term", "congress")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates", verbose_name=_("person"))
    delegation = models.ForeignKey(
        Delegation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegates",
        verbose_name=pgettext_lazy("congress", "delegation"),
    )
    unit = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("electing unit")
    )
    election = models.ForeignKey(
        UnitElection, models.PROTECT, null=True, blank=True, related_name="delegates", verbose_name=_("election")
    )
    seat = models.CharField(_("kind of seat"), max_length=16, choices=Seat.choices, default=Seat.DELEGATE)
    began_by = models.CharField(
        _("began by"), max_length=16, choices=MandateStart.choices, default=MandateStart.ELECTED
    )
    ended_by = models.CharField(_("ended by"), max_length=16, choices=MandateEnd.choices, blank=True)
    end_reason = models.CharField(_("reason"), max_length=300, blank=True)
    document = models.CharField(_("deciding document"), max_length=200, blank=True)

    objects = DelegateQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = pgettext_lazy("congress", "delegate")
        verbose_name_plural = pgettext_lazy("congress", "delegates")
        ordering = ["congress", "delegation", "person__pinyin_key", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="congress_delegate_no_overlap",
                expressions=[
                    ("congress", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (_Days("valid_from", "valid_to", Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person already has a mandate in these days."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True, ended_by="") | (Q(valid_to__isnull=False) & ~Q(ended_by="")),
                name="congress_delegate_end_has_a_way",
                violation_error_message=_("An ended mandate says how it ended, a running one does not."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
