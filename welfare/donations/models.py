"""Donation drives (捐款活动), who gave what, and what became of the money."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet, Sum

from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove, always, once
from union_portal.base.money import grouped
from union_portal.base.querysets import WholeListQuerySet
from union_portal.base.validators import not_in_future
from welfare.books.enums import AccountKind
from welfare.books.models import Fund
from welfare.disclosure.models import Disclosure
from welfare.donations.enums import DriveKind
from welfare.ledger.enums import PostingKind
from welfare.payments.enums import SPOKEN_FOR, payment_machine
from welfare.payments.models import Payment, account_field


@tracked()
class DonationDrive(models.Model):
    """捐款活动: what is collected for, and under which fund its money is held."""

    title = models.CharField("名称", max_length=100, help_text="每年都有的请写明年度。")
    kind = models.CharField("类别", max_length=16, choices=DriveKind.choices)
    opened_on = models.DateField("开始日期")
    closed_on = models.DateField("结束日期", null=True, blank=True)
    cause = models.CharField("用途", max_length=200, blank=True, help_text="捐给谁、做什么用；请勿填写病情。")
    document = models.CharField("倡议或审批文件", max_length=100, blank=True)
    fund = models.ForeignKey(
        Fund, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="资金来源", help_text="代管捐款"
    )
    disclosure = models.ForeignKey(
        *(Disclosure, models.PROTECT),
        null=True,
        blank=True,
        editable=False,
        related_name="drives",
        verbose_name="公示",
    )
    empty_words = "慈善一日捐、公益募捐、救灾捐助：登记活动、捐赠明细和善款使用。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "捐款活动"
        ordering = ["-opened_on", "-pk"]
        constraints = [
            once("title", words="同名的活动已登记，请写明年度。"),
            always(Q(closed_on__gte=F("opened_on")), name="closes_later", words="结束日期早于开始日期。"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Leave no donation outside the drive's days."""
        if self.pk and self.opened_on:
            outside = Q(given_on__lt=self.opened_on)
            outside |= Q(given_on__gt=self.closed_on) if self.closed_on else Q()
            if self.donations.filter(outside).exists():
                raise ValidationError("有捐赠明细不在起止日期内，请先更正。")

    def collected(self) -> Decimal:
        """Return the money that was given."""
        return _sum(self.donations.all())

    def banked(self, *, but: int | None = None) -> Decimal:
        """Return the money whose receipt (but this one) is posted or waits for it."""
        return _sum(self.receipts.filter(state__in=SPOKEN_FOR).exclude(pk=but))

    def spoken_for(self, *, but: int | None = None) -> Decimal:
        """Return the money that was used or is asked for (but this use)."""
        return _sum(self.uses.filter(state__in=SPOKEN_FOR).exclude(pk=but))

    def standing(self) -> str:
        """Say what was given, what of it is in the ledger, and what is left."""
        given, used = self.collected(), self.spoken_for()
        told = {"募集": given, "入账": self.banked(), "使用": used, "尚可使用": given - used}
        return "，".join(f"{name} {grouped(sum_of)} 元" for name, sum_of in told.items())


def _sum(rows: "QuerySet[models.Model]") -> Decimal:
    return rows.aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")


@tracked()
class Donation(models.Model):
    """捐赠明细: what one person gave, or a unit together."""

    drive = models.ForeignKey(DonationDrive, models.PROTECT, related_name="donations", verbose_name="捐款活动")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="donations", verbose_name="捐赠教职工"
    )
    donor = models.CharField("捐赠人", max_length=100, blank=True, help_text="教职工留空则按姓名填写；集体捐赠写单位。")
    given_on = models.DateField("捐赠日期", validators=[not_in_future])
    givers = models.PositiveIntegerField("捐赠人数", default=1, validators=[MinValueValidator(1)])
    amount = models.DecimalField("金额（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    goods = models.CharField("物资", max_length=200, blank=True)
    unnamed = models.BooleanField("不公示姓名", default=False)
    empty_words = "捐款活动中每个人或每个集体捐了什么；在活动的页面上登记，或导入名单。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "捐赠明细"
        ordering = ["drive", "pk"]
        constraints = [
            once("drive", "donor", "given_on", words="该捐赠人当日已登记；同名的请在姓名后注明单位。"),
            always(~Q(donor=""), name="has_a_donor", words="请填写捐赠人。"),
            always(Q(amount__gt=0) | (Q(amount__isnull=True) & ~Q(goods="")), name="gives", words="请填写金额或物资。"),
        ]

    def __str__(self) -> str:
        return self.donor

    def clean(self) -> None:
        """Take the name from the person; nothing is given outside the drive, nor taken back once it is spent."""
        if self.person is not None and not self.donor:
            self.donor = self.person.name
        drive = self.drive if self.drive_id else None
        if drive is None:
            return
        if self.given_on and not drive.opened_on <= self.given_on <= (drive.closed_on or self.given_on):
            raise ValidationError({"given_on": "捐赠日期不在活动的起止日期内。"})
        others = _sum(drive.donations.exclude(pk=self.pk))
        if self.pk and others + (self.amount or 0) < drive.spoken_for():
            raise ValidationError({"amount": "改动后募集的款项少于已使用或待审批的款项。"})


@tracked()
class DonationReceipt(Payment):
    """善款入账: money of a drive that came into its fund; posted when a second person approves."""

    machine = payment_machine("welfare.donationreceipt")
    owner, posting_kind = "drive", PostingKind.INCOME

    drive = models.ForeignKey(DonationDrive, models.PROTECT, related_name="receipts", verbose_name="捐款活动")
    document = models.CharField("依据文件", max_length=100, help_text="捐款汇总表、进账单号。")
    account = account_field(AccountKind.INCOME)
    empty_words = "捐款存入代管账户后在活动的页面上登记，另一人批准后记账，合计不超过募集的款项。"

    objects = WholeListQuerySet.as_manager()

    class Meta(Payment.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "善款入账"
        ordering = ["drive", "pk"]
        constraints = [
            once("drive", "document", words="这笔入账已登记。", condition=Q(state__in=SPOKEN_FOR)),
            *Payment.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.in_words()}"

    @property
    def summary(self) -> str:
        """Name the drive alone."""
        return f"{self.drive}善款入账"

    def clean(self) -> None:
        """Bank no more than was given."""
        drive = self.drive if self.drive_id else None
        if drive is None or self.amount is None or self.state not in SPOKEN_FOR:
            return
        if words := self.obstacle():
            raise ValidationError(words)
        left = drive.collected() - drive.banked(but=self.pk)
        if self.amount > left:
            raise ValidationError({"amount": f"超过尚未入账的善款 {grouped(left)} 元。"})


class DonationReceiptMove(StateMove):
    subject = models.ForeignKey(DonationReceipt, models.PROTECT, related_name="moves")


@tracked()
class DonationUse(Payment):
    """善款使用: money of a drive that goes to somebody; posted when a second person approves."""

    machine = payment_machine("welfare.donationuse")
    owner, posting_kind = "drive", PostingKind.DONATION

    drive = models.ForeignKey(DonationDrive, models.PROTECT, related_name="uses", verbose_name="捐款活动")
    recipient = models.CharField("受助对象", max_length=100)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="受助教职工"
    )
    purpose = models.CharField("用途", max_length=200, help_text="请勿填写病情。")
    document = models.CharField("依据文件", max_length=100, help_text="会议纪要、协议或文号。")
    empty_words = "善款给了谁、用在哪里；在活动的页面上申请，另一人批准后记账，合计不超过募集的款项。"

    objects = WholeListQuerySet.as_manager()

    class Meta(Payment.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "善款使用"
        ordering = ["drive", "pk"]
        constraints = [
            once("drive", "recipient", "purpose", "document", words="这笔使用已登记。"),
            *Payment.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.recipient} {self.in_words()}"

    @property
    def summary(self) -> str:
        """Name the drive alone."""
        return f"{self.drive}善款使用"

    def clean(self) -> None:
        """Use no more than was collected."""
        drive = self.drive if self.drive_id else None
        if drive is None or self.amount is None or self.state not in SPOKEN_FOR:
            return
        if words := self.obstacle():
            raise ValidationError(words)
        left = drive.collected() - drive.spoken_for(but=self.pk)
        if self.amount > left:
            raise ValidationError({"amount": f"超过尚可使用的善款 {grouped(left)} 元。"})


class DonationUseMove(StateMove):
    subject = models.ForeignKey(DonationUse, models.PROTECT, related_name="moves")
