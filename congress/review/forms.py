"""Forms of the review and of its approval."""

from typing import Any

from django import forms

from congress.committees.enums import CommitteeKind
from congress.committees.models import Meeting
from congress.departments.forms import standing_departments
from congress.departments.models import Department
from congress.proposals.models import Proposal
from congress.review.enums import Decision
from congress.review.services import TAKES_OTHERS
from union_portal.base.forms import choices_widget, words_field

REFERRED_DECISIONS = (Decision.FILE, Decision.PASS_ON, Decision.DECLINE, Decision.MERGE)
BULK_DECISIONS = (Decision.FILE, Decision.PASS_ON, Decision.DECLINE, Decision.RETURN, Decision.REFER)


def _committee_meetings() -> Any:
    return Meeting.objects.filter(committee__kind=CommitteeKind.PROPOSAL).select_related("committee")


class ReasonForm(forms.Form):
    reason = words_field(label="原因")


class BulkReviewForm(forms.Form):
    decision = forms.ChoiceField(label="审查决定", widget=choices_widget())
    reason = words_field(
        label="原因",
        required=False,
        help_text="不予立案、退回补充和提交主席团时必填，提案人会看到。",
    )
    meeting = forms.ModelChoiceField(Meeting.objects.none(), label="会议", required=False)
    decisions: tuple[Decision, ...] = BULK_DECISIONS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision: Any = self.fields["decision"]
        decision.choices = [(one.value, one.label) for one in self.decisions]
        meeting: Any = self.fields["meeting"]
        meeting.queryset = _committee_meetings()

    def clean_decision(self) -> Decision:
        return Decision(self.cleaned_data["decision"])


class ReviewForm(BulkReviewForm):
    """The decision on one proposal. `version` is the text that was read."""

    decisions = tuple(Decision)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    into = forms.ModelChoiceField(
        Proposal.objects.none(), label="并入提案", required=False, help_text="仅在并案时选择。"
    )
    department = forms.ModelChoiceField(Department.objects.none(), label="建议主办部门", required=False)
    field_order = ("decision", "reason", "into", "department", "meeting")

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = proposal.version
        into: Any = self.fields["into"]
        into.queryset = (
            Proposal.objects.filter(drive=proposal.drive_id, congress=proposal.congress_id, state__in=TAKES_OTHERS)
            .exclude(pk=proposal.pk)
            .order_by("number")
        )
        department: Any = self.fields["department"]
        department.queryset = standing_departments()


class PresidiumForm(ReviewForm):
    """What the presidium decided."""

    decisions = REFERRED_DECISIONS


def review_form(proposal: Proposal, *, by_presidium: bool = False) -> type[forms.Form]:
    base = PresidiumForm if by_presidium else ReviewForm

    class ReviewOfOne(base):  # type: ignore[misc,valid-type]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, proposal=proposal, **kwargs)

    return ReviewOfOne
