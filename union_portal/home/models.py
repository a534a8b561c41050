"""Uploads that wait for confirmation."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from union_portal.home.enums import Section
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
    ignored_columns = models.JSONField(default=list)
    # When the pages of the preview were written; None: never, as by an older version of the portal.
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
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


class PreviewPage(models.Model):
    """One page of what a preview found, so that reading on costs the same whatever the file's size; masked as shown."""

    pending = models.ForeignKey(PendingImport, models.CASCADE, related_name="pages", verbose_name=_("upload"))
    section = models.CharField(_("section"), max_length=10, choices=Section)
    number = models.PositiveIntegerField(_("page"))
    entries = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("page of a preview")
        verbose_name_plural = _("pages of previews")
        ordering = ["pending", "section", "number"]
        constraints = [
            models.UniqueConstraint(fields=["pending", "section", "number"], name="one_page_of_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.pending_id} {self.section} {self.number}"
