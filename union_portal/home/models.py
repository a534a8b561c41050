"""Uploads that wait for confirmation."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from union_portal.home.querysets import PendingImportQuerySet


def _place(instance: "PendingImport", filename: str) -> str:
    return f"imports/{instance.pk}.{filename.rsplit('.', 1)[-1].lower()}"


class PendingImport(models.Model):
    """A stored upload: whose, of which kind, what its preview said; confirming carries only its id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="pending_imports", verbose_name=_("user account")
    )
    kind = models.CharField(_("kind of record"), max_length=64)
    file = models.FileField(_("file"), upload_to=_place)
    file_name = models.CharField(_("file name"), max_length=200)
    digest = models.CharField(_("SHA-256"), max_length=64)
    counts = models.JSONField(_("counts"), default=dict)
    # What was shown for each row, hashed; confirming compares it with what it finds then.
    fingerprint = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = PendingImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload waiting for confirmation")
        verbose_name_plural = _("uploads waiting for confirmation")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"
