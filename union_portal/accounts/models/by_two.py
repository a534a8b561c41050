"""What one person asks for and a second one confirms: roles, delegations, steps on accounts of people with roles."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.admin import display
from django.db import models
from django.db.models import F, Q


def _person(words: str) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=words
    )


class ByTwo(models.Model):
    """A row that counts once somebody has confirmed it who neither asked for it nor is concerned.

    What nobody asked for counts at once: it comes from the set-up, or from the command line. `concerned` names the
    fields of the accounts it is about.
    """

    concerned: ClassVar[tuple[str, ...]] = ("user",)

    asked_by = _person("申请人")
    confirmed_by = _person("确认人")
    cancelled_by = _person("撤销人")

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        """Whether a second person is still to confirm it."""
        return self.asked_by_id is not None and self.confirmed_by_id is None and self.cancelled_by_id is None

    @property
    def is_settled(self) -> bool:
        """Whether it counts, or did."""
        return self.asked_by_id is None or self.confirmed_by_id is not None

    @property
    @display(description="状态")
    def standing(self) -> str:
        """How it stands, in words."""
        if self.cancelled_by_id is not None:
            return "已撤销"
        return "待第二人确认" if self.is_waiting else "已生效"

    @property
    def people(self) -> list[Any]:
        """The accounts it concerns."""
        return [getattr(self, name) for name in self.concerned]

    def may_be_confirmed_by(self, user: Any) -> bool:
        """Whether this is a second person."""
        taking_part = {self.asked_by_id, *(getattr(self, f"{name}_id") for name in self.concerned)}
        return user.pk not in taking_part


def by_two(*concerned: str) -> models.CheckConstraint:
    """Return the constraint that a second person confirms, and never what was cancelled."""
    second = ~Q(confirmed_by=F("asked_by"))
    for name in concerned:
        second &= ~Q(confirmed_by=F(name))
    return models.CheckConstraint(
        condition=Q(confirmed_by=None) | Q(asked_by__isnull=False, cancelled_by=None) & second,
        name="%(app_label)s_%(class)s_by_two",
        violation_error_message="须由申请人和本人以外的人确认。",
    )
