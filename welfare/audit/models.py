"""Audits, what they found, of whom it is asked and what became of it; the factor by which dues may be topped up."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from union_portal.base.history import tracked
from union_portal.base.models import Dated, StateMove, always, apart, once
from union_portal.base.validators import not_in_future
from welfare.audit.enums import (
    ANSWERING,
    AUDIT_MACHINE,
    FINDING_MACHINE,
    AuditKind,
    AuditState,
    FindingState,
)
from welfare.books.enums import AccountKind, ChartKind
from welfare.books.models import ChartAccount, LedgerAccount
from welfare.books.querysets import SchoolQuerySet


@tracked()
class Audit(models.Model):
    """经费审查: the yearly audit of the union's money, or one for an occasion."""

    machine = AUDIT_MACHINE

    title = models.CharField("名称", max_length=100, help_text="写明年度或期间。")
    kind = models.CharField("类型", max_length=12, choices=AuditKind.choices, default=AuditKind.YEARLY)
    starts_on = models.DateField("审查期间起")
    ends_on = models.DateField("审查期间止")
    carried_out_by = models.CharField("审查单位", max_length=100, default="本会经费审查委员会")
    concluded_on = models.DateField("意见日期", null=True, blank=True, validators=[not_in_future])
    opinion = models.TextField("审查意见", blank=True)
    document = models.CharField("文件", max_length=100, blank=True)
    state = models.CharField("状态", max_length=12, choices=AuditState.choices, default=AuditState.OPEN)

    objects = SchoolQuerySet.as_manager()
    empty_words = "每年的经费审查、专项督查和离任审计：审查期间、发现的问题和审查意见。"

    class Meta:
        verbose_name = verbose_name_plural = "经费审查"
        ordering = ["-ends_on", "-pk"]
        constraints = [
            once("title", condition=~Q(state=AuditState.CANCELLED), words="同名的审查已登记，请写明年度。"),
            always(Q(ends_on__gte=F("starts_on")), name="days_in_order", words="审查期间止早于起。"),
            always(
                ~Q(state=AuditState.CONCLUDED) | (Q(concluded_on__isnull=False) & ~Q(opinion="")),
                name="concluded_in_words",
                words="请填写意见日期和审查意见。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AuditMove(StateMove):
    subject = models.ForeignKey(Audit, models.PROTECT, related_name="moves", verbose_name="经费审查")


@tracked()
class AuditFinding(models.Model):
    """审查问题: what the audit committee found, of whom it is asked, the answer.

    `rows` are the matters of a check it is about, as they stood when it was raised; they are written once.
    """

    machine = FINDING_MACHINE

    audit = models.ForeignKey(
        Audit, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="经费审查"
    )
    text = models.CharField("问题", max_length=300)
    amount = models.DecimalField("涉及金额（元）", max_digits=14, decimal_places=2, null=True, blank=True)
    found_on = models.DateField("提出日期", default=timezone.localdate, validators=[not_in_future])
    asked_of = models.CharField("由谁答复", max_length=16, choices=[(one.value, one.label) for one in ANSWERING])
    due_on = models.DateField("答复期限", null=True, blank=True)
    answer = models.TextField("答复", blank=True)
    state = models.CharField("状态", max_length=12, choices=FindingState.choices, default=FindingState.ASKED)
    rows = models.JSONField("涉及记录", default=list, blank=True, editable=False)

    objects = SchoolQuerySet.as_manager()
    empty_words = "审查发现的问题：由谁答复、何时答复、是否整改；在“审计核查”里勾选记录提出，也可以直接登记。"

    class Meta:
        verbose_name = verbose_name_plural = "审查问题"
        ordering = ["-found_on", "-pk"]
        constraints = [
            always(
                Q(state__in=(FindingState.ASKED, FindingState.WITHDRAWN)) | ~Q(answer=""),
                name="answered_in_words",
                words="请填写答复。",
            ),
            always(Q(due_on__isnull=True) | Q(due_on__gte=F("found_on")), name="due_later", words="期限早于提出日期。"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class AuditFindingMove(StateMove):
    subject = models.ForeignKey(AuditFinding, models.PROTECT, related_name="moves", verbose_name="审查问题")


@tracked()
class DuesTopUp(Dated):
    """会费补助倍数: what members' activities may cost beside the year's dues, as a multiple of them."""

    factor = models.DecimalField("补助倍数", max_digits=4, decimal_places=1, help_text="补助不超过当年会费的几倍。")
    dues = models.ForeignKey(
        *(ChartAccount, models.PROTECT),
        limit_choices_to={"kind": ChartKind.INCOME},
        related_name="+",
        verbose_name="会费收入列报科目",
    )
    account = models.ForeignKey(
        *(LedgerAccount, models.PROTECT),
        limit_choices_to={"kind": AccountKind.EXPENSE},
        related_name="+",
        verbose_name="会员活动科目",
        help_text="用会费开展的活动记在哪个科目；下级科目一并计入。",
    )
    source = models.CharField("依据文件", max_length=200)

    objects = SchoolQuerySet.as_manager()
    empty_words = "会员活动可用会费支付，不足部分由工会经费补助，补助不超过当年会费的几倍；按上级文件登记。"

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "会费补助倍数"
        ordering = ["-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            apart("account", words="这一科目在这段时间已有倍数。"),
            always(Q(factor__gte=0), name="factor_not_negative", words="倍数不能为负。"),
        ]

    def __str__(self) -> str:
        return f"{self.factor.normalize():f} 倍（{self.account}）"

    def clean(self) -> None:
        """Refuse other accounts than income and expense."""
        if self.dues_id and self.dues.kind != ChartKind.INCOME:
            raise ValidationError({"dues": "请选择收入科目。"})
        if self.account_id and self.account.kind != AccountKind.EXPENSE:
            raise ValidationError({"account": "请选择支出科目。"})
