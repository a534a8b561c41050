"""Dated roles and the delegations that step in for them."""

from django.db import models
from django.db.models import F, Q

from union_portal.accounts.enums import Role
from union_portal.accounts.models.user import User
from union_portal.accounts.querysets import DelegationQuerySet, RoleQuerySet
from union_portal.base.models import Dated


class RoleAssignment(Dated):
    """A role held from one day to another. Its scope (a branch) lives in the app that owns the scoped model.

    What one person gave counts once a second one has confirmed it; a role of the set-up was given by nobody.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="role_assignments", verbose_name="账号")
    role = models.CharField("角色", max_length=16, choices=Role.choices)
    document = models.CharField("决定文件", max_length=200, blank=True)
    given_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="授予人"
    )
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="确认人"
    )

    objects = RoleQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "角色"
        ordering = ["user", "role", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["user", "role", "valid_from"], name="accounts_role_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("given_by")) & ~Q(confirmed_by=F("user")),
                name="accounts_role_by_two",
                violation_error_message="须由授予人和本人以外的人确认。",
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        """Whether a second person is still to confirm it."""
        return self.given_by_id is not None and self.confirmed_by_id is None

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"


class Delegation(Dated):
    """A role lent for some days: the vice chair signs for the chair."""

    delegator = models.ForeignKey(User, models.CASCADE, related_name="delegations_given", verbose_name="委托人")
    delegate = models.ForeignKey(User, models.CASCADE, related_name="delegations_received", verbose_name="受托人")
    role = models.CharField("角色", max_length=16, choices=Role.choices)
    document = models.CharField("决定文件", max_length=200)

    objects = DelegationQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "委托"
        ordering = ["-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(delegator=F("delegate")),
                name="accounts_delegation_two_people",
                violation_error_message="角色只能委托给他人。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegator} → {self.delegate} {self.get_role_display()}"
