"""What the rules object to."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from welfare.benefits.models import BenefitRule
from welfare.books.querysets import SchoolQuerySet
from welfare.grants.enums import WarningCode
from welfare.grants.models.grants import Grant
from welfare.grants.models.rounds import Round


class RuleWarning(models.Model):
    """What a rule objected to in a round or a single case: once per clause, answered with a reason and a document."""

    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="warnings", verbose_name="发放批次"
    )
    grant = models.ForeignKey(
        Grant, models.PROTECT, null=True, blank=True, related_name="warnings", verbose_name="慰问记录"
    )
    rule = models.ForeignKey(
        BenefitRule, models.PROTECT, null=True, blank=True, related_name="warnings", verbose_name="标准"
    )
    code = models.CharField("提示", max_length=24, choices=WarningCode.choices)
    detail = models.CharField("说明", max_length=300)
    heads = models.PositiveIntegerField("涉及人数", default=1)
    reason = models.CharField("仍需办理的理由", max_length=300, blank=True)
    document = models.CharField(
        "决定文件",
        max_length=200,
        blank=True,
        help_text="写明文件名称、文号和日期，例如工会委员会会议纪要。",
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="说明人"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="确认人",
    )
    # What the rule leaves to the chair alone: cash at a festival, a shopping card.
    chair_only = models.BooleanField("须主席确认", default=False, db_default=False)
    raised_at = models.DateTimeField("提出时间", auto_now_add=True)

    objects = SchoolQuerySet.as_manager()
    empty_words = "超过标准或形式不合规定的发放，自动列在这里，写明理由和文件、由另一人确认后才能继续。"

    class Meta:
        verbose_name = verbose_name_plural = "超标提醒"
        ordering = ["-raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "grant", "rule", "code"], nulls_distinct=False, name="welfare_warning_once"
            ),
            models.CheckConstraint(
                condition=Q(round__isnull=False) | Q(grant__isnull=False), name="welfare_warning_has_a_subject"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | (Q(answered_by__isnull=False) & ~Q(answered_by=F("confirmed_by")) & ~Q(reason="") & ~Q(document="")),
                name="welfare_warning_four_eyes",
                violation_error_message="须由另一人确认理由和文件。",
            ),
        ]

    def __str__(self) -> str:
        return self.detail
