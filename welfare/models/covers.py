"""Mutual-aid plans and who is covered from when to when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.enums import Gender
from members.models import Branch, Person
from union_portal.base.history import tracked
from welfare.enums import PayerShare
from welfare.models.books import LedgerAccount
from welfare.querysets import CoverQuerySet


@tracked()
class MutualAidPlan(models.Model):
    """互助保障计划: a cover year need not be a calendar year."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=64, unique=True)
    insurer = models.CharField(_("insurer"), max_length=100, blank=True)
    months = models.PositiveSmallIntegerField(_("months of cover"), default=12)
    premium = models.DecimalField(_("premium (yuan)"), max_digits=10, decimal_places=2, null=True, blank=True)
    payer = models.CharField(_("paid by"), max_length=8, choices=PayerShare.choices, default=PayerShare.UNION)
    only_gender = models.CharField(_("only for"), max_length=8, choices=Gender.choices, blank=True)
    account = models.ForeignKey(
        LedgerAccount, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name=_("account")
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("mutual-aid plan")
        verbose_name_plural = _("mutual-aid plans")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@tracked()
class Cover(models.Model):
    """参保: one person in one plan for one term."""

    plan = models.ForeignKey(MutualAidPlan, models.PROTECT, related_name="covers", verbose_name=_("plan"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="covers", verbose_name=_("person"))
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="covers", verbose_name=_("branch then")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    paid_on = models.DateField(_("paid"))
    premium = models.DecimalField(_("premium (yuan)"), max_digits=10, decimal_places=2, null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    offline_approval = models.CharField(_("approved on paper"), max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )

    objects = CoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("cover")
        verbose_name_plural = _("covers")
        ordering = ["-starts_on", "plan"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "person", "starts_on"],
                name="welfare_cover_once",
                violation_error_message=_("This person is already covered by this plan from this day."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="welfare_cover_dates_in_order",
                violation_error_message=_("A cover ends after it began."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.plan} {self.starts_on}"
