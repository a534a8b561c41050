"""困难帮扶: what was given to somebody in hardship, of whose money."""

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from members.branches.models import Branch
from members.people.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove, always, once
from union_portal.base.money import grouped
from union_portal.base.validators import not_in_future
from welfare.books.models import Fund, LedgerAccount
from welfare.hardship.enums import AID_MACHINE, BY_FILE, AidKind, AidPayer, AidState
from welfare.hardship.models.files import HardshipFile
from welfare.hardship.querysets import AidQuerySet


@tracked()
class HardshipAid(models.Model):
    """困难帮扶: one aid of one kind for one person; what its rule objects to is answered before it is approved."""

    machine = AID_MACHINE

    person = models.ForeignKey(Person, models.PROTECT, related_name="hardship_aids", verbose_name="职工")
    branch = models.ForeignKey(
        *(Branch, models.PROTECT),
        null=True,
        blank=True,
        editable=False,
        related_name="hardship_aids",
        verbose_name="当时所属分工会",
    )
    file = models.ForeignKey(
        *(HardshipFile, models.PROTECT),
        null=True,
        blank=True,
        related_name="aids",
        verbose_name="困难档案",
        help_text="生活、医疗救助和助学须有在册的困难档案。",
    )
    kind = models.CharField("帮扶项目", max_length=16, choices=AidKind.choices)
    payer = models.CharField("经费来源", max_length=16, choices=AidPayer.choices, default=AidPayer.UNION)
    amount = models.DecimalField(
        "金额（元）", max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    asked_on = models.DateField("申请日期", validators=[not_in_future])
    objections = models.TextField("标准提示", blank=True, editable=False)
    reason = models.CharField("超出标准的理由", max_length=200, blank=True, help_text="请勿填写病情。")
    document = models.CharField("依据文件", max_length=100, blank=True)
    given_on = models.DateField("发放日期", null=True, blank=True, validators=[not_in_future])
    fund = models.ForeignKey(
        Fund, models.PROTECT, null=True, blank=True, related_name="hardship_aids", verbose_name="资金来源"
    )
    account = models.ForeignKey(
        LedgerAccount, models.PROTECT, null=True, blank=True, related_name="hardship_aids", verbose_name="科目"
    )
    source = models.CharField("数据来源", max_length=200, blank=True)
    state = models.CharField("状态", max_length=16, choices=AidState.choices, default=AidState.PROPOSED)
    prepared_by = models.ForeignKey(
        *(settings.AUTH_USER_MODEL, models.PROTECT),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="经办人",
    )
    approved_by = models.ForeignKey(
        *(settings.AUTH_USER_MODEL, models.PROTECT),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="审批人",
    )

    objects = AidQuerySet.as_manager()
    empty_words = "给困难职工的生活、医疗、助学和临时补助，来自本级工会、上级工会或学校。"

    class Meta:
        verbose_name = verbose_name_plural = "困难帮扶"
        ordering = ["-asked_on", "-pk"]
        constraints = [
            once(
                *("person", "kind", "payer", "given_on"),
                condition=Q(state=AidState.PAID),
                words="此人当日的这项帮扶已登记。",
                name="given_once",
            ),
            always(
                ~Q(state=AidState.PAID) | Q(given_on__isnull=False), name="paid_has_a_day", words="请填写发放日期。"
            ),
            always(
                Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")),
                name="second_person",
                words="经办人不能审批自己经办的帮扶，请由同事审批。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}{self.get_kind_display()} {grouped(self.amount)} 元"

    def clean(self) -> None:
        """Refuse a file of somebody else, and what needs a file without one, unless a list tells that it was given."""
        if self.file is not None and self.file.person_id != self.person_id:
            raise ValidationError({"file": "这份困难档案不是此人的。"})
        if self.file is None and self.kind in BY_FILE and self.state == AidState.PROPOSED:
            raise ValidationError({"file": f"{self.get_kind_display()}须有困难档案。"})


class HardshipAidMove(StateMove):
    subject = models.ForeignKey(HardshipAid, models.PROTECT, related_name="moves")
