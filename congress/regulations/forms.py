"""The form of a version, and papers as files."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.utils import timezone

from congress.regulations.enums import RegulationAct

# What a paper may weigh: a scanned document of some dozen pages.
LARGEST_FILE = 20 * 1024 * 1024
PAPERS = ("pdf", "doc", "docx", "ofd", "wps", "jpg", "jpeg", "png")


def today() -> dt.date:
    return timezone.localdate()


def small_enough(file: Any) -> None:
    """Refuse a paper that is too large."""
    if file.size > LARGEST_FILE:
        raise ValidationError(
            f"文件大小为{file.size // 1024 // 1024} MB，最多可上传{LARGEST_FILE // 1024 // 1024} MB。"
        )


def paper_field() -> forms.FileField:
    """Return an optional field for a paper."""
    return forms.FileField(label="文件", required=False, validators=[FileExtensionValidator(PAPERS), small_enough])


class VersionForm(forms.Form):
    """What was done to a regulation, and its text from then on."""

    act = forms.TypedChoiceField(label="处理方式", choices=RegulationAct.choices, coerce=RegulationAct)
    on = forms.DateField(label="日期", widget=forms.DateInput, initial=today)
    number = forms.CharField(label="文号", max_length=64, required=False)
    decided_by = forms.CharField(label="决定机构", max_length=100, required=False)
    text = forms.CharField(label="正文", widget=forms.Textarea(attrs={"rows": 12}), required=False)
    file = paper_field()
