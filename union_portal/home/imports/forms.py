"""The upload form, and the questions a list asks of the file."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator

from union_portal.base.forms import DayField, choices_widget
from union_portal.base.importing.questions import Question


class UploadForm(forms.Form):
    """A spreadsheet and what it holds."""

    kind = forms.ChoiceField(label="记录种类")
    file = forms.FileField(
        label="文件（.xlsx 或 .csv）",
        validators=[FileExtensionValidator(["xlsx", "csv"])],
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = kinds


class OpeningChoices(forms.RadioSelect):
    """Choices of which one makes a further question matter; until it is ticked, the style sheet hides that question."""

    def __init__(self, *, opens: str) -> None:
        super().__init__(attrs={"class": "up-choices"})
        self.opens = opens

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Mark the choice."""
        option = super().create_option(name, value, *args, **kwargs)
        if value == self.opens:
            option["attrs"]["class"] = "up-opens"
        return option


class AnswersForm(forms.Form):
    """A field for every question; which of them need an answer, the list says once it has read the others.

    `opened` are the fields that matter only with a certain answer to an earlier question.
    """

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        put = list(questions)
        opens = dict(question.when for question in put if question.when is not None)
        self.opened = {question.key for question in put if question.when and question.when[0] in {q.key for q in put}}
        for question in put:
            named: dict[str, Any] = {"label": question.words, "help_text": question.help, "required": False}
            opening = question.key in opens
            widget = OpeningChoices(opens=opens[question.key]) if opening else choices_widget()
            self.fields[question.key] = (
                forms.ChoiceField(choices=list(question.choices.items()), widget=widget, **named)
                if question.choices
                else DayField(**named)
            )

    @property
    def answers(self) -> Mapping[str, str]:
        """Return what was answered, as the list reads it."""
        given = {key: value for key, value in self.cleaned_data.items() if value}
        return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in given.items()}
