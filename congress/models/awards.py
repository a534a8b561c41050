"""优秀提案 and 先进承办单位."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress.enums import AwardKind
from congress.models.departments import Department
from congress.models.proposals import Proposal
from congress.models.sessions import Session
from congress.querysets import OfficeListQuerySet
from union_portal.base.history import tracked


@tracked()
class Award(models.Model):
    """An award for the proposals of a session, with the statistics it was chosen by."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="awards", verbose_name=_("session"))
    kind = models.CharField(_("award"), max_length=16, choices=AwardKind.choices)
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name=_("proposal")
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
        verbose_name=pgettext_lazy("congress", "department"),
    )
    awarded_on = models.DateField(_("awarded on"))
    grounds = models.TextField(_("grounds"), blank=True)
    statistics = models.JSONField(_("statistics at the time"), default=dict, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )

    objects = OfficeListQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["-awarded_on", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind", "proposal", "department"],
                nulls_distinct=False,
                name="congress_award_once",
                violation_error_message=_("This award is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(kind=AwardKind.PROPOSAL, proposal__isnull=False, department__isnull=True)
                | Q(kind=AwardKind.DEPARTMENT, department__isnull=False, proposal__isnull=True),
                name="congress_award_to_the_right_kind",
                violation_error_message=_("Choose the proposal or the department that is honoured."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.proposal or self.department}"
