"""A line of an outline, with its kinds chosen by name; a paragraph, with its syntax checked."""

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminSelect2MultipleWidget

from union_portal.annual_report.outlines.models import Outline, OutlineLine, OutlineParagraph
from union_portal.base import figures
from union_portal.base.figures import sentences

_FILLED_IN = "{union} 处填入工会名称，{period} 处填入统计期间，{year} 处填入年份。"


class OutlineForm(forms.ModelForm[Outline]):
    """An outline; what the report fills in is said beside the fields."""

    class Meta:
        model = Outline
        fields = ("name", "style", "title", "salutation", "opening", "closing")
        help_texts = {"title": _FILLED_IN, "opening": _FILLED_IN, "closing": _FILLED_IN}


class LineForm(forms.ModelForm[OutlineLine]):
    """A line of an outline: what it counts is chosen by name; the key that texts quote it by follows from that."""

    kinds = forms.MultipleChoiceField(label="统计内容", widget=UnfoldAdminSelect2MultipleWidget)

    class Meta:
        model = OutlineLine
        fields = [
            "position",
            "label",
            "kinds",
            "unit",
            "decimals",
            "span",
            "starts_on",
            "ends_on",
            "shift_months",
            "as_of_month",
            "as_of_day",
            "in_table",
            "in_chart",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kinds"]
        if isinstance(field, forms.MultipleChoiceField) and self.instance.pk:
            choices: Any = field.choices
            groups = list(choices)
            offered = {key for _group, options in groups for key, _label in options}
            if gone := [(key, self.instance.label) for key in self.instance.kinds if key not in offered]:
                field.choices = [*groups, ("已停止统计", gone)]

    def clean_kinds(self) -> list[str]:
        """Kinds of one app, in one unit and counted over the same time can be added; a share cannot."""
        kinds: list[str] = self.cleaned_data["kinds"]
        if len({kind.partition(".")[0] for kind in kinds}) > 1:
            raise forms.ValidationError("请只选同一组的数据项，不同组的不能合并统计。")
        known = figures.kinds() if len(kinds) > 1 else {}
        counted = {
            (known[kind].unit, known[kind].as_of, kind.endswith(figures.OF_YEAR)) for kind in kinds if kind in known
        }
        if len(counted) > 1 or any(unit == "%" for unit, *_time in counted):
            raise forms.ValidationError("单位或统计时间不同的数据项、比率不能合并统计，请分行填写。")
        return kinds

    def save(self, commit: bool = True) -> OutlineLine:
        """Give a new line its key: the first kind's, numbered where the outline has it already."""
        line = self.instance
        if not line.key:
            taken = set(OutlineLine.objects.filter(chapter__outline=line.chapter.outline).values_list("key", flat=True))
            names = (line.kinds[0] if number == 1 else f"{line.kinds[0]}_{number}" for number in range(1, 1000))
            line.key = next(name for name in names if name not in taken)
        return super().save(commit)


class ParagraphForm(forms.ModelForm[OutlineParagraph]):
    """A paragraph: its brackets meet, and its figures are lines of the outline or kinds that somebody counts."""

    class Meta:
        model = OutlineParagraph
        fields = ["position", "text"]

    def clean_text(self) -> str:
        """Refuse a figure that nobody counts, and brackets that do not meet."""
        text: str = self.cleaned_data["text"]
        outline = self.instance.section.chapter.outline
        known = set(OutlineLine.objects.filter(chapter__outline=outline).values_list("key", flat=True))
        if sentences.quoted(text) - known:
            known |= figures.kinds().keys()
        if found := sentences.faults(text, known.__contains__):
            raise forms.ValidationError(found)
        return text
