"""What a model's field may hold, in words for people."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.utils import timezone


def not_in_future(day: dt.date) -> None:
    """Refuse a day that has not come yet."""
    if day > timezone.localdate():
        raise ValidationError("日期晚于今天。")


# What a scanned document of some dozen pages may weigh.
LARGEST_PAPER = 20 * 1024 * 1024
PAPERS = ("pdf", "doc", "docx", "ofd", "wps", "jpg", "jpeg", "png")


def paper(file: Any) -> None:
    """Refuse a file that is no paper people can open, or too large."""
    FileExtensionValidator(PAPERS)(file)
    if file.size > LARGEST_PAPER:
        raise ValidationError(f"文件大小为{file.size >> 20} MB，最多可上传{LARGEST_PAPER >> 20} MB。")
