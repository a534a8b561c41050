"""Forms of the department's desk."""

from django import forms

from congress.handling.enums import ReplyKind
from congress.petitions.forms import long_words
from union_portal.base.forms import DayField, choices_widget, words_field


class NoteForm(forms.Form):
    """A note that all assigned departments read."""

    note = words_field(label="协办意见")


class AskExtensionForm(forms.Form):
    until = DayField(label="延至")
    reason = words_field(label="原因")


class ReturnForm(forms.Form):
    """What is to be changed. `version` is the reply that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = words_field(label="需要修改的内容")


class SignForm(forms.Form):
    """The signature; `version` is the reply that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PromiseForm(forms.Form):
    KEEP, MOVE, DROP = "keep", "move", "drop"
    outcome = forms.ChoiceField(
        label="落实情况",
        choices=[(KEEP, "已落实"), (MOVE, "延后落实"), (DROP, "无法落实")],
        widget=choices_widget(),
    )
    until = DayField(label="新的日期", required=False, help_text="仅在推迟时填写。")
    text = words_field(label="文字说明")


class DepartmentAnswerForm(forms.Form):
    """A department's answer in writing."""

    answer = long_words("书面答复", rows=8)
    reply_kind = forms.ChoiceField(label="答复类型", choices=[("", "不注明"), *ReplyKind.choices], required=False)


class GiveBackForm(forms.Form):
    """Why a department gives a suggestion back."""

    reason = forms.CharField(label="为什么不属于本部门答复", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
