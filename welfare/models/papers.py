"""Documents that the worker makes for a round: sign-off sheets, one per branch or one branch alone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import Branch
from welfare.enums import PaperState
from welfare.models.rounds import Round


class RoundPaper(models.Model):
    """Sign-off sheets asked for: how far the worker is, and the file when it is ready."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="papers", verbose_name=_("round"))
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("branch")
    )
    state = models.CharField(_("state"), max_length=8, choices=PaperState.choices, default=PaperState.WAITING)
    done = models.PositiveSmallIntegerField(_("percent done"), default=0)
    message = models.CharField(_("what is being done"), max_length=300, blank=True)
    file = models.FileField(_("file"), upload_to="round-papers/", blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("requested by")
    )
    requested_at = models.DateTimeField(_("requested"), auto_now_add=True)

    class Meta:
        verbose_name = _("round document")
        verbose_name_plural = _("round documents")
        ordering = ["-requested_at"]

    def __str__(self) -> str:
        return f"{self.round} {self.branch or ''}".strip()
