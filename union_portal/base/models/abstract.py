"""Abstract models: append-only tables, dated rows, logs of state moves."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.signals import class_prepared

from union_portal.base.models.transactions import CurrentTransaction, TransactionIdField


class AppendOnlyModel(models.Model):
    """A table whose rows are written once.

    `grant_runtime` gives the runtime role only these privileges; after every migrate the triggers that refuse UPDATE,
    DELETE and TRUNCATE to everybody are installed where they are missing (`union_portal.base.guards`).
    """

    database_privileges: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")
    # How such a row is put right, for whoever asks to take back what wrote it.
    put_right_by: ClassVar[str] = "这类记录写入后不能删除，请在有关页面上另行更正"

    class Meta:
        abstract = True


class Dated(models.Model):
    """A row that holds from one day to another, both inclusive; an empty end means until further notice."""

    valid_from = models.DateField("起始日期")
    valid_to = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_dates_in_order",
                violation_error_message="结束日期不能早于起始日期。",
            ),
        ]

    def holds(self, *, on: dt.date) -> bool:
        """Tell whether the row holds on the day."""
        return self.valid_from <= on and (self.valid_to is None or self.valid_to >= on)


class StateMove(AppendOnlyModel):
    """One move of a state machine: who moved what from where to where, when and why.

    Concrete logs add a foreign key `subject` to the model they follow, with `related_name="moves"`; they are named
    after it. A move is written before the state it leads to: the database refuses a state that changes without one.
    """

    action = models.CharField("操作", max_length=32)
    source = models.CharField("起始", max_length=32, blank=True)
    target = models.CharField("截止", max_length=32)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="经办人"
    )
    reason = models.TextField("原因", blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)
    # By which the database finds the move of each change of a state: `union_portal.base.guards`.
    transaction = TransactionIdField(db_default=CurrentTransaction(), editable=False)

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
        meta.verbose_name = meta.verbose_name_plural = f"{subject._meta.verbose_name}的变动"  # noqa: SLF001


class_prepared.connect(name_after_subject)
