"""What the union says of itself, beside its name, which is its root branch's: one row for the whole portal."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from union_portal.base.history import tracked
from union_portal.base.models.constraints import always
from union_portal.base.papers import PictureField

THE_ONE = 1
# A day of every year, as `periods` reads it; 29 February is none.
_DAY_OF_YEAR = r"^(0[13578]|1[02])-(0[1-9]|[12]\d|3[01])$|^(0[469]|11)-(0[1-9]|[12]\d|30)$|^02-(0[1-9]|1\d|2[0-8])$"
_is_day = RegexValidator(_DAY_OF_YEAR, "请写成 09-01 这样的月和日。")


@tracked()
class UnionProfile(models.Model):
    """单位信息: what headers, papers and reports take from here; without a row everything has its neutral word."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE, editable=False)
    short_name = models.CharField("简称", max_length=32, blank=True)
    emblem = PictureField("标识", door="home:emblem")
    site_title = models.CharField("网站标题", max_length=32, blank=True)
    document_prefix = models.CharField("文号前缀", max_length=16, blank=True)
    signatory = models.CharField("落款", max_length=64, blank=True)
    contact = models.CharField("联系方式", max_length=100, blank=True)
    school_year_start = models.CharField("学年起始日", max_length=5, default="09-01", validators=[_is_day])
    statistics_year_start = models.CharField("统计年度起始日", max_length=5, default="10-01", validators=[_is_day])
    # The first steps that were put aside, by key.
    steps_aside = models.JSONField("暂不办理的事项", default=list, blank=True, editable=False)
    # Found so while this row is kept for the pages (`base.profile`): nothing is left of the first steps.
    has_begun = False

    class Meta:
        verbose_name = verbose_name_plural = "单位信息"
        constraints = [always(Q(pk=THE_ONE), name="one_row")]

    def __str__(self) -> str:
        return self.short_name or "单位信息"
