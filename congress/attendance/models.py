"""The roll of a sitting, and the report on its delegates' credentials."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from congress.attendance.enums import CheckIn
from congress.attendance.querysets import RollQuerySet
from congress.delegates.models import Delegate, Delegation
from congress.sessions.models import Sitting
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import always


class RollEntry(models.Model):
    """One line of a sitting's roll, copied when it is drawn up: who is due, with or without a vote, and who came.

    `code` is the personal code shown on the phone; it admits its owner to this sitting and nothing else.
    """

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="roll", verbose_name="会议（分大会）")
    person = models.ForeignKey(Person, models.PROTECT, related_name="roll_entries", verbose_name="人员")
    delegate = models.ForeignKey(
        Delegate, models.PROTECT, null=True, blank=True, related_name="roll_entries", verbose_name="代表资格"
    )
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, blank=True, related_name="roll_entries", verbose_name="代表团"
    )
    votes = models.BooleanField("有表决权", default=True)
    code = models.CharField("个人签到码", max_length=8)
    excused = models.CharField("请假原因", max_length=200, blank=True)
    came_at = models.DateTimeField("签到时间", null=True, blank=True)
    left_at = models.DateTimeField("离席时间", null=True, blank=True)
    check_in = models.CharField("签到方式", max_length=8, choices=CheckIn.choices, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )

    objects = RollQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "签到名单"
        ordering = ["sitting", "delegation__number", "person__pinyin_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "person"], name="congress_roll_person_once"),
            models.UniqueConstraint(fields=["sitting", "code"], name="congress_roll_code_once"),
            always(
                Q(left_at__isnull=True) | (Q(came_at__isnull=False) & Q(left_at__gte=F("came_at"))),
                name="left_after_coming",
                words="离席时间不能早于签到时间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting} {self.person}"


@tracked()
class CredentialsReport(models.Model):
    """代表资格审查报告: the composition of a sitting's delegates as examined, with the committee's words."""

    sitting = models.OneToOneField(Sitting, models.CASCADE, related_name="credentials", verbose_name="会议（分大会）")
    examined_on = models.DateField("审查日期")
    counts = models.JSONField("代表构成", default=dict)
    text = models.TextField("正文")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撰写人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "代表资格审查报告"

    def __str__(self) -> str:
        return f"{self.sitting} {self.examined_on}"
