"""The upload form."""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator


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
