"""What departments and their leaders fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress.enums import ReplyKind
from congress.forms.handling import choices_widget, day_field, words_field
from congress.models import Proposal, Reply
from congress.services.replies import Draft


class ReplyForm(forms.Form):
    """The joint reply; `version` tells whether somebody changed the draft meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    kind = forms.ChoiceField(
        label=_("kind of reply"), choices=ReplyKind.choices, widget=choices_widget(), initial=ReplyKind.DONE
    )
    text = words_field(rows=10, label=pgettext_lazy("reply", "text"), required=False)
    promised_on = day_field(
        label=_("to be done by"), required=False, help_text=_("For what is planned: the day by which it will be done.")
    )
    reason = words_field(label=_("why it cannot be done"), required=False, help_text=_("For what cannot be done."))

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

    note = words_field(label=_("note for the joint reply"))


class AskExtensionForm(forms.Form):
    """More days, and why."""

    until = day_field(label=_("until"))
    reason = words_field(label=_("reason"))


class ReturnForm(forms.Form):
    """What is to be changed. `version` is the reply that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = words_field(label=_("what is to be changed"))


class SignForm(forms.Form):
    """The signature; `version` is the reply that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PromiseForm(forms.Form):
    """What became of a promise."""

    KEEP, MOVE, DROP = "keep", "move", "drop"
    outcome = forms.ChoiceField(
        label=_("what became of it"),
        choices=[(KEEP, _("carried out")), (MOVE, _("moved to a later day")), (DROP, _("cannot be carried out"))],
        widget=choices_widget(),
    )
    until = day_field(label=_("new day"), required=False, help_text=_("Only when it is moved."))
    text = words_field(label=_("in words"))


def open_reply(proposal: Proposal) -> Reply | None:
    """Return the reply of the present handling."""
    found: Reply | None = proposal.replies.filter(round=proposal.round).first()
    return found
