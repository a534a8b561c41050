"""Dated roles and the delegations that step in for them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from union_portal.accounts.enums import Role
from union_portal.accounts.models.by_two import ByTwo, by_two
from union_portal.accounts.models.user import User
from union_portal.accounts.querysets import DelegationQuerySet, RoleQuerySet
from union_portal.base.models import Dated


class RoleAssignment(ByTwo, Dated):
    """A role held from one day to another. Its scope (a branch) lives in the app that owns the scoped model."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_assignments", verbose_name="账号")
    role = models.CharField("角色", max_length=16, choices=Role.choices)
    document = models.CharField("决定文件", max_length=200, blank=True)

    objects = RoleQuerySet.as_manager()
    empty_words = "谁在什么期间担任什么角色；角色决定在工作台看到什么、能办什么。"

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "角色"
        ordering = ["user", "role", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "role", "valid_from"], condition=Q(cancelled_by=None), name="accounts_role_once"
            ),
            by_two("user"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"


class Delegation(ByTwo, Dated):
    """A role lent for some days: the vice chair signs for the chair."""

    concerned: ClassVar[tuple[str, ...]] = ("delegator", "delegate")

    delegator = models.ForeignKey(User, models.CASCADE, related_name="delegations_given", verbose_name="委托人")
    delegate = models.ForeignKey(User, models.CASCADE, related_name="delegations_received", verbose_name="受托人")
    role = models.CharField("角色", max_length=16, choices=Role.choices)
    document = models.CharField("决定文件", max_length=200)

    objects = DelegationQuerySet.as_manager()
    empty_words = "主席等外出期间把角色委托给他人的登记，到期自动失效。"

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
            by_two("delegator", "delegate"),
        ]

    def __str__(self) -> str:
        return f"{self.delegator} → {self.delegate} {self.get_role_display()}"
