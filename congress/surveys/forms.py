"""Forms of surveys: a draft, its questions, totals counted on paper, and the sheet that is filled in."""

from typing import Any

from django import forms

from congress.bodies.forms.scope import RunByUserMixin
from congress.surveys.enums import SCALES, AnswerKind, Audience
from congress.surveys.models import Survey, SurveyQuestion
from congress.surveys.services.surveys import LONGEST_WORDS
from members.people.forms import PersonField


class SurveyForm(RunByUserMixin, forms.ModelForm[Survey]):
    """A survey as drafted; a branch chair's belongs to a sitting of the own congress and asks its people only."""

    class Meta:
        model = Survey
        fields = ("title", "kind", "audience", "sitting", "branch", "anonymous", "opens_on", "closes_on", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_for_branch("sitting")
        audience = self.fields.get("audience")
        if self.of_branches and isinstance(audience, forms.ChoiceField):
            audience.choices = [pair for pair in Audience.choices if pair[0] != Audience.MEMBERS]


class QuestionForm(forms.ModelForm[SurveyQuestion]):
    """A question to add, at the end."""

    class Meta:
        model = SurveyQuestion
        fields = ("text", "kind")


class LeaderForm(forms.Form):
    """A leader, or a leading body without a person, to appraise."""

    post = forms.CharField(label="职务", max_length=100)
    person = PersonField(listed="living", required=False, help_text="评议领导班子时不选。")


def totals_form(_admin: Any, _request: Any, survey: Survey) -> type[forms.Form]:
    """Return the form for totals counted on paper: one number for each choice of each question."""

    class Form(forms.Form):
        asked = forms.IntegerField(label="应参评人数", min_value=1)
        answered = forms.IntegerField(label="收回份数", min_value=0)

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            for question in survey.questions.all():
                for choice, label in SCALES[question.kind]:
                    self.fields[f"q{question.pk}_{choice}"] = forms.IntegerField(
                        label=f"{question.text} · {label}", min_value=0, initial=0
                    )

    return Form


def sheet_form(survey: Survey) -> type[forms.Form]:
    """Return the sheet: one choice for each graded question, a box for words."""

    class Form(forms.Form):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **{"label_suffix": "", **kwargs})
            for question in survey.questions.all():
                self.fields[f"question_{question.pk}"] = (
                    forms.CharField(
                        label=question.text,
                        required=False,
                        max_length=LONGEST_WORDS,
                        widget=forms.Textarea(attrs={"rows": 4}),
                    )
                    if question.kind == AnswerKind.WORDS
                    else forms.ChoiceField(
                        label=question.text,
                        choices=list(SCALES[question.kind]),
                        widget=forms.RadioSelect,
                        error_messages={"required": "请选择一项。"},
                    )
                )

    return Form
