"""Group buys and fairs (惠民团购): offers at which members buy with their own money."""

from django.db import models
from django.db.models import Q

from union_portal.base.history import tracked
from union_portal.base.models import always, once
from union_portal.base.querysets import WholeListQuerySet
from union_portal.base.validators import not_in_future
from welfare.group_buys.enums import OfferKind


@tracked()
class GroupBuy(models.Model):
    """惠民团购: one offer; what members paid is theirs, not the union's."""

    title = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=16, choices=OfferKind.choices)
    held_on = models.DateField("日期", validators=[not_in_future])
    supplier = models.CharField("商家", max_length=100, blank=True)
    buyers = models.PositiveIntegerField("参加人数", null=True, blank=True)
    amount = models.DecimalField("成交额（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    note = models.CharField("优惠说明", max_length=200, blank=True)
    empty_words = "团购、展销、送购上门等惠民活动；会员自费购买，不计入工会经费。"

    objects = WholeListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "惠民团购"
        ordering = ["-held_on", "-pk"]
        constraints = [
            once("title", "held_on", words="该活动已登记。"),
            always(Q(amount__isnull=True) | Q(amount__gte=0), name="amount_not_negative", words="金额不能为负。"),
        ]

    def __str__(self) -> str:
        return self.title
