"""What becomes of the goods that were bought: handed out, brought back, lost."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from union_portal.base.history import tracked
from union_portal.base.models import always
from union_portal.base.querysets import WholeListQuerySet
from union_portal.base.validators import not_in_future
from welfare.grants.models import Round
from welfare.procurement.enums import GoodsMoveKind, ProcurementState
from welfare.procurement.models.procurement import Procurement


@tracked()
class GoodsMove(models.Model):
    """物品出入库: goods of a purchase handed to a round or somebody, brought back, or lost."""

    procurement = models.ForeignKey(Procurement, models.PROTECT, related_name="goods_moves", verbose_name="采购项目")
    kind = models.CharField("类别", max_length=8, choices=GoodsMoveKind.choices, default=GoodsMoveKind.OUT)
    moved_on = models.DateField("日期", validators=[not_in_future])
    quantity = models.PositiveIntegerField("数量", validators=[MinValueValidator(1)])
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="goods_moves", verbose_name="发放批次"
    )
    whom = models.CharField("领用单位或用途", max_length=100, blank=True, help_text="请勿填写病情。")
    empty_words = "采购的物品领给了哪个批次、哪个单位，退回或报损多少；在采购项目的页面上登记。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "物品出入库"
        ordering = ["-moved_on", "-pk"]
        constraints = [
            always(Q(quantity__gt=0), name="moves_something", words="数量须大于零。"),
            always(
                Q(round__isnull=False) | ~Q(whom=""), name="says_whom", words="请选择发放批次，或填写领用单位或用途。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.quantity:,} 件"

    def clean(self) -> None:
        """Take out no more than is there, and bring back no more than went out."""
        bought = self.procurement if self.procurement_id else None
        if bought is None or self.quantity is None:
            return
        if bought.state != ProcurementState.ACCEPTED:
            raise ValidationError("物品验收后才计入库存，再登记出入库。")
        before = type(self).objects.get(pk=self.pk).signed() if self.pk else 0
        there = bought.left() - before
        if there + self.signed() < 0:
            raise ValidationError({"quantity": f"库存只有 {there:,} 件。"})
        if there + self.signed() > (bought.quantity or 0):
            raise ValidationError({"quantity": f"退回后超过采购数量 {bought.quantity:,} 件。"})

    def signed(self) -> int:
        """Return by how many pieces the store grows."""
        return self.quantity if self.kind == GoodsMoveKind.BACK else -self.quantity
