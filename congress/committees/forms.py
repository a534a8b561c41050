"""Forms of committees, seats and documents."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from congress.bodies.forms.scope import RunByUserMixin
from congress.committees.enums import CommitteePost, Handling
from congress.committees.models import Committee
from congress.regulations.forms import paper_field, today
from congress.regulations.models import Regulation
from members.people.models import Person


class CommitteeForm(RunByUserMixin, forms.ModelForm[Committee]):
    """A committee; who chairs a branch sets up that branch's."""

    class Meta:
        model = Committee
        fields = (
            "kind", "name", "congress", "branch", "began_on", "ends_on", "quorum_numerator", "quorum_denominator",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_for_branch("branch")


class SeatForm(forms.Form):
    """A seat on a committee."""

    staff_number = forms.CharField(label="工号", max_length=32)
    post = forms.ChoiceField(label="职务", choices=CommitteePost.choices, initial=CommitteePost.MEMBER)
    on = forms.DateField(label="起始", widget=forms.DateInput, initial=today)
    by_election = forms.BooleanField(label="补选", required=False)
    document = forms.CharField(label="批复", max_length=200, required=False)

    def clean_staff_number(self) -> str:
        """Keep the person for the step."""
        number: str = self.cleaned_data["staff_number"].strip()
        person = Person.objects.filter(staff_number=number).first()
        if person is None:
            raise ValidationError(f"人员库中没有工号{number}。")
        self.cleaned_data["person"] = person
        return number


class LeaveForm(forms.Form):
    """The last day of a seat."""

    on = forms.DateField(label="最后一天", widget=forms.DateInput, initial=today)


class ReviewedDocumentForm(forms.Form):
    """A document that a meeting dealt with."""

    title = forms.CharField(label="标题", max_length=200)
    handling = forms.ChoiceField(label="处理方式", choices=Handling.choices, initial=Handling.REVIEWED)
    opinion = forms.CharField(label="审议意见", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    regulation = forms.ModelChoiceField(Regulation.objects.all(), label="规章制度", required=False)
    file = paper_field()
