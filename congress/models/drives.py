"""The drive that collects proposals for a session, with its rules, and the categories proposals are sorted into."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress.enums import Publication
from congress.models.sessions import Session
from congress.querysets import CategoryQuerySet, DriveQuerySet
from union_portal.base.history import tracked


class ProposalCategory(models.Model):
    """提案类别, as the report counts them."""

    code = models.SlugField(_("code"), max_length=32, unique=True)
    name = models.CharField(pgettext_lazy("category", "name"), max_length=64, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    in_use = models.BooleanField(_("in use"), default=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category of proposals")
        verbose_name_plural = _("categories of proposals")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class ProposalDrive(models.Model):
    """提案征集 for one session: when, who may propose, and the rules that every proposal of it follows.

    Days are calendar days. What comes after `closes_at` becomes a suggestion.
    """

    session = models.OneToOneField(Session, models.PROTECT, related_name="drive", verbose_name=_("session"))
    code = models.CharField(
        _("prefix of the numbers"), max_length=16, unique=True, help_text=_("2024 gives 2024-001, 2024-002 …")
    )
    opens_on = models.DateField(_("opens on"))
    closes_at = models.DateTimeField(_("closes"))
    min_seconders = models.PositiveSmallIntegerField(_("seconders, at least"), default=2)
    delegations_propose = models.BooleanField(_("delegations may propose as a body"), default=True)
    observers_propose = models.BooleanField(_("observers may propose"), default=False)
    precheck = models.BooleanField(_("the delegation's head checks first"), default=False)
    leader_approves = models.BooleanField(_("a leader approves what is filed"), default=True)
    sign_off = models.BooleanField(_("the responsible leader signs replies"), default=True)
    reply_days = models.PositiveSmallIntegerField(_("days to answer"), default=60)
    feedback_days = models.PositiveSmallIntegerField(_("days to rate a reply"), default=15)
    published = models.CharField(
        _("published to all members"), max_length=8, choices=Publication.choices, default=Publication.STATE
    )
    reconciliation = models.TextField(
        _("explanation of differences"),
        blank=True,
        help_text=_("Needed where collected is not the sum of the outcomes."),
    )

    objects = DriveQuerySet.as_manager()

    class Meta:
        verbose_name = _("drive for proposals")
        verbose_name_plural = _("drives for proposals")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__date__gte=F("opens_on")),
                name="congress_drive_days_in_order",
                violation_error_message=_("A drive closes after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(reply_days__gte=1, feedback_days__gte=1),
                name="congress_drive_days_positive",
                violation_error_message=_("Give at least one day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session}"
