"""Abstract models: append-only tables, dated rows, logs of state moves."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class AppendOnlyModel(models.Model):
    """A table whose rows are written once.

    `grant_runtime` gives the runtime role only these privileges; after every migrate the triggers that refuse UPDATE,
    DELETE and TRUNCATE to everybody are installed where they are missing (`union_portal.base.guards`).
    """

    database_privileges: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    class Meta:
        abstract = True


class Dated(models.Model):
    """A row that holds from one day to another, both inclusive; an empty end means until further notice."""

    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_dates_in_order",
                violation_error_message=_("The end must not be before the beginning."),
            ),
        ]


class StateMove(AppendOnlyModel):
    """One move of a state machine: who moved what from where to where, when and why.

    Concrete logs add a foreign key `subject` to the model they follow.
    """

    action = models.CharField(_("action"), max_length=32)
    source = models.CharField(_("from"), max_length=32, blank=True)
    target = models.CharField(_("to"), max_length=32)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("actor")
    )
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]
