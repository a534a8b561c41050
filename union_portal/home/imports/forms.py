"""The upload form, and the questions a list asks of the file."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator

from union_portal.base.forms import choices_widget, day_field
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


class AnswersForm(forms.Form):
    """A field for every question; which of them need an answer, the list says once it has read the others."""

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            named: dict[str, Any] = {"label": question.words, "help_text": question.help, "required": False}
            self.fields[question.key] = (
                forms.ChoiceField(choices=list(question.choices.items()), widget=choices_widget(), **named)
                if question.choices
                else day_field(**named)
            )

    @property
    def answers(self) -> Mapping[str, str]:
        """Return what was answered, as the list reads it."""
        given = {key: value for key, value in self.cleaned_data.items() if value}
        return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in given.items()}
