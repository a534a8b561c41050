"""What departments and their leaders fill in."""

from typing import Any

from django import forms

from congress.enums import ReplyKind
from congress.forms.handling import choices_widget, day_field, words_field
from congress.models import Proposal, Reply
from congress.services.replies import Draft


class ReplyForm(forms.Form):
    """The joint reply; `version` tells whether somebody changed the draft meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    kind = forms.ChoiceField(
        label="答复类型", choices=ReplyKind.choices, widget=choices_widget(), initial=ReplyKind.DONE
    )
    text = words_field(rows=10, label="答复内容", required=False)
    promised_on = day_field(label="完成时限", required=False, help_text="选择“列入计划”时填写承诺完成的日期。")
    reason = words_field(label="无法采纳的原因", required=False, help_text="选择“无法采纳”时填写。")

    def draft(self) -> Draft:
        """Return what was typed."""
        return self.of(self.cleaned_data)

    @staticmethod
    def of(data: dict[str, Any]) -> Draft:
        """Return cleaned fields as a draft."""
        return Draft(
            kind=ReplyKind(data["kind"]),
            text=data["text"],
            reason=data["reason"],
            promised_on=data["promised_on"],
        )


def reply_initial(reply: Reply | None) -> dict[str, Any]:
    """Return the draft as it stands."""
    if reply is None:
        return {}
    return {
        "version": reply.version,
        "kind": reply.kind,
        "text": reply.text,
        "promised_on": reply.promised_on,
        "reason": reply.reason,
    }


class NoteForm(forms.Form):
    """A note that all assigned departments read."""

    note = words_field(label="协办意见")


class AskExtensionForm(forms.Form):
    """More days, and why."""

    until = day_field(label="延至")
    reason = words_field(label="原因")


class ReturnForm(forms.Form):
    """What is to be changed. `version` is the reply that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = words_field(label="需要修改的内容")


class SignForm(forms.Form):
    """The signature; `version` is the reply that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PromiseForm(forms.Form):
    """What became of a promise."""

    KEEP, MOVE, DROP = "keep", "move", "drop"
    outcome = forms.ChoiceField(
        label="落实情况",
        choices=[(KEEP, "已落实"), (MOVE, "延后落实"), (DROP, "无法落实")],
        widget=choices_widget(),
    )
    until = day_field(label="新的日期", required=False, help_text="仅在推迟时填写。")
    text = words_field(label="文字说明")


def open_reply(proposal: Proposal) -> Reply | None:
    """Return the reply of the present handling."""
    found: Reply | None = proposal.replies.filter(round=proposal.round).first()
    return found
