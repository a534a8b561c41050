"""A share as rules write it, to type and to read."""

from decimal import Decimal
from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminTextInputWidget

from union_portal.base.shares import read, written


class ShareField(forms.CharField):
    """60%, 三分之二 or 2/3; kept as a decimal, empty where nothing is asked for."""

    widget = UnfoldAdminTextInputWidget

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "max_length": 16, **options})

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        share = read(text)
        if share is None:
            raise forms.ValidationError("请填写比例，如 60%、三分之二或 2/3。")
        return share

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare shares, not how they are written."""
        kept = read(initial) if isinstance(initial, str) else initial
        return bool(kept != (read(data) if data else None))
