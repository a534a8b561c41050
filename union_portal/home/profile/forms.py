"""What is asked of the union itself."""

import datetime as dt
import re
from typing import Any

from django import forms

from union_portal.base.forms import DayField
from union_portal.base.models import UnionProfile

_WRITTEN = re.compile(r"\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*")
# A year without 29 February: the day is to exist in every year.
_ANY_YEAR = 2023


class YearDayField(forms.CharField):
    """A day of every year, shown as 9月1日 and kept as 09-01."""

    def prepare_value(self, value: Any) -> Any:
        """Return the day as people write it."""
        found = _WRITTEN.fullmatch(str(value or ""))
        return f"{int(found[1])}月{int(found[2])}日" if found else value

    def clean(self, value: Any) -> str:
        """Return month and day; 29 February and what is no day are refused with an example."""
        text = str(super().clean(value))
        found = _WRITTEN.fullmatch(text)
        try:
            return f"{dt.date(_ANY_YEAR, int(found[1]), int(found[2])):%m-%d}" if found else self._refuse(text)
        except ValueError:
            return self._refuse(text)

    def _refuse(self, text: str) -> str:
        raise forms.ValidationError(f"“{text}”不是每年都有的一天，请写成 9月1日 或 09-01。", code="invalid")


class ProfileForm(forms.ModelForm[UnionProfile]):
    """The row, and beside it the name and founding day, which are the root branch's."""

    name = forms.CharField(label="单位名称", max_length=64, help_text="全称，例如“青岚学院工会”。")
    founded_on = DayField(label="建会日期", help_text="工会成立的日子；分工会不能早于这一天成立。")

    field_order = ("name", "short_name", "founded_on", "site_title", "emblem")

    class Meta:
        model = UnionProfile
        fields = (
            "short_name",
            "site_title",
            "emblem",
            "document_prefix",
            "signatory",
            "contact",
            "school_year_start",
            "statistics_year_start",
        )
        field_classes = {"school_year_start": YearDayField, "statistics_year_start": YearDayField}
        help_texts = {
            "short_name": "例如“青岚院工会”；没有填写网站标题时，页眉显示“青岚院工会工作平台”。",
            "site_title": "显示在每一页的页眉和登录页。",
            "emblem": "校徽或会徽，显示在页眉和登录页，也印在签收表、审批表和享受单上；方形、背景透明的图片效果最好。",
            "document_prefix": "介绍信、入会申请书、签收表和享受单编号的前几个字，“青院工”印作"
            "“青院工接字〔2026〕第 00012 号”；不填印作“工会”。",
            "signatory": "介绍信、报告和纪要末尾的署名；不填即用单位名称。",
            "contact": "办公地点和电话，显示在登录页，会员找得到人；例如“行政楼 203，0571-88000000”。",
            "school_year_start": "报告中按“学年”统计的各行由此日算起。",
            "statistics_year_start": "按“统计年度”统计的各行由此日算起；上级工会的统计年报一般自10月1日起。",
        }
