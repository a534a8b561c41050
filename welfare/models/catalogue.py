"""Benefits, the occasions they are given on, and the dated rules that judge them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q, Value
from django.utils.translation import gettext_lazy as _

from members.enums import Relation
from union_portal.accounts.querysets import DatedQuerySet
from union_portal.base.history import tracked
from union_portal.base.models import Dated
from welfare.enums import CapBasis, Category, EventKind, Festival, Form
from welfare.models.books import LedgerAccount


@tracked()
class Benefit(models.Model):
    """福利项目: what the union gives, in which form and under which 科目."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=64, unique=True)
    category = models.CharField(_("category"), max_length=24, choices=Category.choices)
    form = models.CharField(_("form"), max_length=16, choices=Form.choices)
    event_kind = models.CharField(_("life event"), max_length=16, choices=EventKind.choices, blank=True)
    account = models.ForeignKey(
        LedgerAccount, models.PROTECT, null=True, blank=True, related_name="benefits", verbose_name=_("account")
    )
    unit = models.CharField(_("unit"), max_length=8, default="份")
    non_members = models.BooleanField(_("also for non-members"), default=False)
    active = models.BooleanField(_("active"), default=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("benefit")
        verbose_name_plural = _("benefits")
        ordering = ["category", "code"]

    def __str__(self) -> str:
        return self.name


class Occasion(models.Model):
    """What a round is for: 2024年春节, 2024年生日, 2024年夏送清凉. A benefit is given once per occasion."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=64, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    festival = models.CharField(_("festival"), max_length=16, choices=Festival.choices, blank=True)
    day = models.DateField(_("day"), null=True, blank=True)

    class Meta:
        verbose_name = _("occasion")
        verbose_name_plural = _("occasions")
        ordering = ["-year", "day", "code"]

    def __str__(self) -> str:
        return self.name


class _Days(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


@tracked()
class BenefitRule(Dated):
    """慰问标准: what is due and how much at most, from a day to a day, with the clause it comes from.

    `variant` tells rules of one benefit apart that hold at the same time (surgery, death of a parent).
    """

    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="rules", verbose_name=_("benefit"))
    variant = models.CharField(_("variant"), max_length=32, blank=True)
    relations = ArrayField(
        models.CharField(max_length=16, choices=Relation.choices), default=list, blank=True, verbose_name=_("relations")
    )
    form = models.CharField(_("form"), max_length=16, choices=Form.choices)
    standard = models.DecimalField(_("standard (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True)
    cap = models.DecimalField(_("cap (yuan or %)"), max_digits=12, decimal_places=2, null=True, blank=True)
    cap_basis = models.CharField(_("cap basis"), max_length=24, choices=CapBasis.choices, default=CapBasis.PER_EVENT)
    times_per_year = models.PositiveSmallIntegerField(_("times per year"), null=True, blank=True)
    claim_days = models.PositiveSmallIntegerField(_("claim window (days)"), null=True, blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    source = models.CharField(_("source clause"), max_length=300)
    example = models.BooleanField(_("example only"), default=False)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("benefit rule")
        verbose_name_plural = _("benefit rules")
        ordering = ["benefit", "variant", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="welfare_rule_no_overlap",
                expressions=[
                    ("benefit", RangeOperators.EQUAL),
                    ("variant", RangeOperators.EQUAL),
                    (_Days("valid_from", "valid_to", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(example=False),
                violation_error_message=_("Rules of one benefit and variant must not overlap."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.benefit} {self.variant} {self.valid_from}".replace("  ", " ")
