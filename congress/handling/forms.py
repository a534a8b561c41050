"""Forms of assignments, extensions and replies."""

from typing import Any

from django import forms

from congress.departments.forms import standing_departments
from congress.departments.models import Department
from congress.handling.enums import ReplyKind
from congress.handling.models import Extension, Reply
from congress.handling.services.replies import Draft
from congress.proposals.models import Proposal
from union_portal.base.forms import DayField, choices_widget, words_field
from union_portal.base.intake.forms import PaperFormField


class AssignForm(forms.Form):
    """Who leads, who supports, until when."""

    lead = forms.ModelChoiceField(Department.objects.none(), label="主办部门")
    supporting = forms.ModelMultipleChoiceField(
        Department.objects.none(),
        label="协办部门",
        required=False,
        widget=choices_widget(several=True),
    )
    due_on = DayField(label="答复期限", required=False, help_text="不填则按本次征集规定的答复天数，自今天起算。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lead", "supporting"):
            field: Any = self.fields[name]
            field.queryset = standing_departments()


class ReassignForm(AssignForm):
    """Other departments, and why."""

    reason = words_field(label="原因")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["due_on"]


class ExtensionForm(forms.Form):
    GRANT, REFUSE = "grant", "refuse"
    decision = forms.ChoiceField(
        label="审查决定",
        choices=[(GRANT, "同意延期"), (REFUSE, "不同意延期")],
        widget=choices_widget(),
    )
    until = DayField(label="延至", required=False, help_text="如与申请的日期不同，请修改。")
    answer = words_field(label="答复", required=False, help_text="不同意时必填。", max_length=200)


def extension_initial(extension: Extension | None) -> dict[str, Any]:
    return {"until": extension.until} if extension else {}


class ReplyForm(forms.Form):
    """The joint reply; `version` tells whether somebody changed the draft meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    kind = forms.ChoiceField(
        label="答复类型", choices=ReplyKind.choices, widget=choices_widget(), initial=ReplyKind.DONE
    )
    text = words_field(rows=10, label="答复内容", required=False)
    promised_on = DayField(label="完成时限", required=False, help_text="选择“列入计划”时填写承诺完成的日期。")
    reason = words_field(label="无法采纳的原因", required=False, help_text="选择“无法采纳”时填写。")

    def draft(self) -> Draft:
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


def open_reply(proposal: Proposal) -> Reply | None:
    """Return the reply of the present handling."""
    found: Reply | None = proposal.replies.filter(round=proposal.round).first()
    return found


class AdviceForm(ReplyForm):
    """The office's own answer to what was passed on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]


class PaperReplyForm(AdviceForm):
    """A department's signed reply: what it says, when it came and who signed it."""

    received_on = DayField(
        label="收到日期",
        help_text="签署的答复送达的日期，按这一天判断是否按期答复。",
    )
    signed_by = forms.CharField(
        label="签署人",
        max_length=64,
        help_text="在纸质答复上签字的人及其职务。",
    )
    scan = PaperFormField(label="答复扫描件")
    field_order = ("received_on", "signed_by", "kind", "text", "promised_on", "reason", "scan")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
