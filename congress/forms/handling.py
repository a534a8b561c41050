"""What the committee, the leader and the office fill in while a proposal is reviewed, assigned and followed up."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from congress.enums import CommitteeKind, Decision, DepartmentDuty
from congress.models import Department, DepartmentPost, Extension, Meeting, Proposal, Session
from congress.services.reviewing import TAKES_OTHERS
from members.models import Person

REFERRED_DECISIONS = (Decision.FILE, Decision.PASS_ON, Decision.DECLINE, Decision.MERGE)
BULK_DECISIONS = (Decision.FILE, Decision.PASS_ON, Decision.DECLINE, Decision.RETURN, Decision.REFER)


def standing_departments() -> Any:
    """Return the departments that may be assigned today."""
    today = timezone.localdate()
    return Department.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=today))


def _committee_meetings() -> Any:
    return Meeting.objects.filter(committee__kind=CommitteeKind.PROPOSAL).select_related("committee")


def choices_widget() -> forms.RadioSelect:
    """Return choices to tick that look alike at the desk and outside it."""
    return forms.RadioSelect(attrs={"class": "up-choices"})


def day_field(**options: Any) -> forms.DateField:
    """Return a day to pick in the browser's own way."""
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def words_field(*, rows: int = 3, **options: Any) -> forms.CharField:
    """Return a field for a few sentences."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **options)


class ReasonForm(forms.Form):
    """Why."""

    reason = words_field(label="原因")


class BulkReviewForm(forms.Form):
    """One decision on many proposals."""

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
        """Return the decision as such."""
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
            Proposal.objects.filter(drive=proposal.drive_id, state__in=TAKES_OTHERS)
            .exclude(pk=proposal.pk)
            .order_by("number")
        )
        department: Any = self.fields["department"]
        department.queryset = standing_departments()


class PresidiumForm(ReviewForm):
    """What the presidium decided."""

    decisions = REFERRED_DECISIONS


def review_form(proposal: Proposal, *, by_presidium: bool = False) -> type[forms.Form]:
    """Return the review form bound to the proposal."""
    base = PresidiumForm if by_presidium else ReviewForm

    class ReviewOfOne(base):  # type: ignore[misc,valid-type]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, proposal=proposal, **kwargs)

    return ReviewOfOne


class AssignForm(forms.Form):
    """Who leads, who supports, until when."""

    lead = forms.ModelChoiceField(Department.objects.none(), label="主办部门")
    supporting = forms.ModelMultipleChoiceField(
        Department.objects.none(),
        label="协办部门",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "up-choices"}),
    )
    due_on = day_field(label="答复期限", required=False, help_text="不填则按本次征集规定的答复天数，自今天起算。")

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
    """The office's decision on an extension."""

    GRANT, REFUSE = "grant", "refuse"
    decision = forms.ChoiceField(
        label="审查决定",
        choices=[(GRANT, "同意延期"), (REFUSE, "不同意延期")],
        widget=choices_widget(),
    )
    until = day_field(label="延至", required=False, help_text="如与申请的日期不同，请修改。")
    answer = words_field(label="答复", required=False, help_text="不同意时必填。", max_length=200)


def extension_initial(extension: Extension | None) -> dict[str, Any]:
    """Return the day that was asked for."""
    return {"until": extension.until} if extension else {}


class MergeDepartmentForm(forms.Form):
    """Into which department, on which day."""

    into = forms.ModelChoiceField(Department.objects.none(), label="并入")
    on = day_field(label="日期", initial=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.queryset = standing_departments()


class AppointForm(forms.Form):
    """Who answers for a department, in which duty, from when."""

    staff_number = forms.CharField(label="工号", max_length=32)
    duty = forms.ChoiceField(label="职责", choices=DepartmentDuty.choices, widget=choices_widget())
    on = day_field(label="起始", initial=timezone.localdate)

    def clean_staff_number(self) -> Person:
        """Return the person."""
        number = self.cleaned_data["staff_number"].strip()
        person: Person | None = Person.objects.filter(staff_number=number, died_on=None).first()
        if person is None:
            raise forms.ValidationError(f"人员库中没有工号{number}。")
        return person

    def clean_duty(self) -> DepartmentDuty:
        """Return the duty as such."""
        return DepartmentDuty(self.cleaned_data["duty"])


class EndPostForm(forms.Form):
    """Which post ends, and when."""

    post = forms.ModelChoiceField(DepartmentPost.objects.none(), label="职务", widget=choices_widget())
    on = day_field(label="最后一天", initial=timezone.localdate)


def end_post_form(department: Department) -> type[forms.Form]:
    """Return the form with the posts held in the department."""
    held: Any = DepartmentPost.objects.filter(department=department)
    posts = held.in_force(on=timezone.localdate()).select_related("person", "department")

    class EndPostOfOne(EndPostForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            post: Any = self.fields["post"]
            post.queryset = posts
            post.label_from_instance = lambda one: f"{one.person.name} · {one.get_duty_display()}"

    return EndPostOfOne


class AwardForm(forms.Form):
    """When and on which grounds an award is given."""

    on = day_field(label="表彰日期", initial=timezone.localdate)
    grounds = words_field(label="评选理由", required=False)


class SessionForm(forms.Form):
    """Which session."""

    session = forms.ModelChoiceField(Session.objects.filter(drive__isnull=False), label="会议")
