"""Steps on the accounts of people with roles, which one person asks for and another confirms."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from union_portal.accounts.enums import AskedStep
from union_portal.accounts.models.by_two import ByTwo, by_two
from union_portal.accounts.models.user import User
from union_portal.accounts.querysets import AccountRequestQuerySet


class AccountRequest(ByTwo):
    """A step on an account; it is taken at the moment of its confirmation."""

    user = models.ForeignKey(User, models.CASCADE, related_name="requests", verbose_name="账号")
    step = models.CharField("事项", max_length=16, choices=AskedStep.choices)
    reason = models.CharField("原因", max_length=200)
    asked_on = models.DateField("申请日期", default=timezone.localdate, editable=False)

    objects = AccountRequestQuerySet.as_manager()
    empty_words = "担任角色的人要重发登录码、停用账号时，申请列在这里，由另一人确认。"

    class Meta:
        verbose_name = verbose_name_plural = "账号申请"
        ordering = ["-pk"]
        constraints = [
            by_two("user"),
            models.UniqueConstraint(
                fields=["user", "step"],
                condition=Q(confirmed_by=None, cancelled_by=None),
                name="accounts_request_once",
                violation_error_message="该账号已有同样的申请待确认。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_step_display()}"
