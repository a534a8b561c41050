"""提案工作报告: which sessions it accounts for, and the paper that was last made of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from congress.models.sessions import Session
from congress.querysets import ProposalReportQuerySet


class ProposalReport(models.Model):
    """An account of the proposals of some sessions. Its figures are live; `data` is what the PDF was made from."""

    title = models.CharField(_("title"), max_length=200)
    sessions = models.ManyToManyField(Session, related_name="proposal_reports", verbose_name=_("sessions"))
    signer = models.CharField(_("signed by"), max_length=100, blank=True)
    data = models.JSONField(_("figures of the PDF"), null=True, blank=True)
    pdf = models.FileField(_("PDF"), upload_to="proposal-reports/", blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    made_at = models.DateTimeField(_("made"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("prepared by")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = ProposalReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report on proposals")
        verbose_name_plural = _("reports on proposals")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title
