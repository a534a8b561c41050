"""困难标准: the lines of a place and a time, and the caps of aids that are read off them."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from union_portal.base.history import tracked
from union_portal.base.models import Dated, always, apart, once
from union_portal.base.money import whole
from union_portal.base.querysets import WholeListQuerySet
from welfare.hardship.enums import AidKind, Cause, HardshipKind


@tracked()
class HardshipStandard(Dated):
    """困难标准: the monthly 低保 line of a place, the average it is held against, and how the bounds are read."""

    place = models.CharField("地区", max_length=64)
    line = models.DecimalField(
        "低保月标准（元）", max_digits=10, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    average = models.DecimalField(
        "上年人均收入（元）",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="当地上年人均可支配收入；家庭人均须低于此数，留空则不比较。",
    )
    multiple = models.DecimalField(
        "相对困难倍数", max_digits=4, decimal_places=2, default=Decimal(2), validators=[MinValueValidator(Decimal(1))]
    )
    inclusive = models.BooleanField("等于标准的算在内", default=True)
    source = models.CharField("依据文件", max_length=200)

    objects = WholeListQuerySet.as_manager()
    empty_words = "当地的低保标准和认定困难职工的倍数，按年度登记；依据文件以当地公布的为准。"

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "困难标准"
        ordering = ["place", "-valid_from"]
        constraints = [*Dated.Meta.constraints, apart("place", words="该地区这段时间已有困难标准。")]

    def __str__(self) -> str:
        return f"{self.place} {self.valid_from}起"


@tracked()
class HardshipAidRule(models.Model):
    """帮扶标准: the most that an aid may come to for one type of hardship; the smallest of what is told binds."""

    standard = models.ForeignKey(HardshipStandard, models.PROTECT, related_name="aid_rules", verbose_name="困难标准")
    hardship = models.CharField(
        "困难类型", max_length=16, choices=[one for one in HardshipKind.choices if one[0] != HardshipKind.NONE]
    )
    aid = models.CharField("帮扶项目", max_length=16, choices=AidKind.choices)
    months = models.DecimalField("低保月数", max_digits=4, decimal_places=1, null=True, blank=True)
    per_child = models.BooleanField("按就学子女计", default=False)
    share = models.DecimalField(
        "支出比例（%）",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    share_of = models.CharField(
        "比例所计的支出", max_length=16, choices=Cause.choices, blank=True, help_text="留空则为全部支出。"
    )
    cap = models.DecimalField("上限（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    asks_above = models.DecimalField("超过须上报（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    asks_whom = models.CharField("上报单位", max_length=64, blank=True)
    alone = models.BooleanField("只可享受一项", default=False)

    objects = WholeListQuerySet.as_manager()
    empty_words = "每类困难职工每个帮扶项目最多给多少：低保的月数、支出的比例、上限。"

    class Meta:
        verbose_name = verbose_name_plural = "帮扶标准"
        ordering = ["standard", "hardship", "aid"]
        constraints = [
            once("standard", "hardship", "aid", words="这类困难的这个项目已有帮扶标准。"),
            always(
                Q(months__isnull=False) | Q(share__isnull=False) | Q(cap__isnull=False),
                name="says_something",
                words="低保月数、支出比例和上限至少填一项。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_hardship_display()}{self.get_aid_display()}"

    @property
    def words(self) -> str:
        """What the cap is made of, but the amount itself."""
        child = "（每名就学子女）" if self.per_child else ""
        of = self.get_share_of_display() if self.share_of else "全部"
        parts = (
            f"低保 {whole(self.months)} 个月{child}" if self.months is not None else "",
            f"{of}支出的 {whole(self.share)}%" if self.share is not None else "",
            "只可享受一项" if self.alone else "",
        )
        return "；".join(part for part in parts if part)
