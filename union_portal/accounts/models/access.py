"""The log of who looked at, exported or printed personal data, and who signed in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.models.user import User
from union_portal.accounts.querysets import AccessQuerySet
from union_portal.base.models import AppendOnlyModel


class AccessEntry(AppendOnlyModel):
    """One access, written once. `subject` names the thing by kind and number, never by a person's name."""

    at = models.DateTimeField(_("time"), auto_now_add=True, db_index=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("user account"))
    action = models.CharField(_("action"), max_length=16, choices=Access.choices)
    kind = models.CharField(_("kind of record"), max_length=64, blank=True)
    subject = models.CharField(_("record"), max_length=200, blank=True)
    data_class = models.CharField(_("data class"), max_length=16, choices=DataClass.choices, blank=True)
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    rows = models.PositiveIntegerField(_("rows"), null=True, blank=True)
    address = models.GenericIPAddressField(_("network address"), null=True, blank=True)

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("access entry")
        verbose_name_plural = _("access log")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_action_display()} {self.kind} {self.subject}"
