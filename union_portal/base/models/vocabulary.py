"""Vocabulary that the database checks against: allowed moves and the check value of the data keys."""

from typing import ClassVar

from django.db import models


class AllowedMove(models.Model):
    """One move a state machine allows; an empty source marks a state that rows may be born in.

    Synced from the machines in code after every migrate, read by the triggers of `union_portal.base.guards`.
    """

    database_privileges: ClassVar[tuple[str, ...]] = ("SELECT",)

    machine = models.CharField(max_length=64)
    source = models.CharField(max_length=32, blank=True)
    target = models.CharField(max_length=32)

    class Meta:
        verbose_name = verbose_name_plural = "允许的流转"
        constraints = [
            models.UniqueConstraint(fields=["machine", "source", "target"], name="base_allowedmove_once"),
        ]

    def __str__(self) -> str:
        return f"{self.machine}: {self.source or '∅'} → {self.target}"


class KeyCheck(models.Model):
    """What the data keys make of a fixed text; start-up refuses keys that make something else of it."""

    key_id = models.CharField(max_length=16, unique=True)
    value = models.CharField(max_length=128)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "密钥校验"

    def __str__(self) -> str:
        return self.key_id
