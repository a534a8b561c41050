"""Forms of ratings and opinions."""

from typing import Any

from django import forms

from congress.handling.enums import Grade
from congress.proposals.models import Proposal
from congress.ratings.models import Rating
from union_portal.base.forms import DayField, choices_widget, today, words_field
from union_portal.base.intake.forms import PaperFormField


class RatingForm(forms.Form):
    """满意度 of one reply. `version` is the reply's."""

    grade = forms.ChoiceField(label="您对答复是否满意？", choices=Grade.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="文字说明",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="如不满意，请写明还缺什么，将进行二次办理。",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class OpinionForm(RatingForm):
    """What a joint proposer thinks of the reply."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = ""


class PaperRatingForm(forms.Form):
    """A rating that came on paper."""

    received_on = DayField(label="收到日期", initial=today)
    grade = forms.TypedChoiceField(label="满意度", choices=Grade.choices, coerce=Grade, widget=choices_widget())
    words = words_field(label="文字说明", required=False, max_length=1000, help_text="首次评价不满意的须填写。")
    scan = PaperFormField(label="纸质评价扫描件", required=False)


class PaperCorrectionForm(PaperRatingForm):
    """What the paper really says, and why it was entered otherwise."""

    VOID = "void"
    grade = forms.TypedChoiceField(
        label="满意度",
        choices=[*Grade.choices, (VOID, "作废：这份评价不是对这份答复的")],
        coerce=lambda told: None if told == PaperCorrectionForm.VOID else Grade(told),
        widget=choices_widget(),
    )
    why = words_field(label="更正原因", max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scan"].help_text = "不另交扫描件的，沿用原来的扫描件。"


def correction_initial(wrong: Rating | None) -> dict[str, Any]:
    """Return what was entered, to be mended."""
    if wrong is None:
        return {}
    return {"received_on": wrong.received_on, "grade": wrong.grade, "words": wrong.words}


class PaperOpinionForm(PaperRatingForm):
    """What the author of a merged proposal wrote of the joint reply."""

    proposal = forms.ModelChoiceField(Proposal.objects.none(), label="并案提案")
    field_order = ("proposal", "received_on", "grade", "words", "scan")
