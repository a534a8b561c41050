"""Abstract models: append-only tables, dated rows, logs of state moves."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.signals import class_prepared
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class AppendOnlyModel(models.Model):
    """A table whose rows are written once.

    `grant_runtime` gives the runtime role only these privileges; the app's migration adds the triggers
    (`union_portal.base.operations.protect_append_only`) that refuse UPDATE, DELETE and TRUNCATE to everybody.
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

    Concrete logs add a foreign key `subject` to the model they follow, with `related_name="moves"`; they are named
    after it.
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

    def __str__(self) -> str:
        subject: Any = next(field for field in self._meta.fields if field.name == "subject").related_model
        words = dict(subject._meta.get_field("state").flatchoices)  # noqa: SLF001
        return " → ".join(str(words.get(state, state)) for state in (self.source, self.target) if state)


def name_after_subject(sender: Any, **_signal: Any) -> None:
    """Name a concrete log after the model it follows, unless it has a name of its own."""
    meta = sender._meta  # noqa: SLF001
    if issubclass(sender, StateMove) and not meta.abstract and "verbose_name" not in meta.original_attrs:
        subject = meta.get_field("subject").remote_field.model
        meta.verbose_name = meta.verbose_name_plural = format_lazy("{}的变动", subject._meta.verbose_name)  # noqa: SLF001


class_prepared.connect(name_after_subject)
