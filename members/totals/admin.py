"""Totals of the time before the portal (汇总补录) on the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminSelect2MultipleWidget

from members.totals import services as totals
from members.totals.models import SummaryRecord
from union_portal.base import figures
from union_portal.base.admin import PortalModelAdmin, adopt


class SummaryForm(forms.ModelForm[SummaryRecord]):
    """A total with its kinds chosen from what the apps can count."""

    kinds = forms.MultipleChoiceField(label="数据项种类", widget=UnfoldAdminSelect2MultipleWidget)

    class Meta:
        model = SummaryRecord
        fields = (
            "kinds",
            "label",
            "period_start",
            "period_end",
            "heads",
            "times",
            "amount",
            "approximation",
            "not_held_reason",
            "source",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kinds"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = figures.choices()

    def clean_kinds(self) -> list[str]:
        """Keep the kinds in one order, so that the same set is the same total."""
        return sorted(self.cleaned_data["kinds"])


@admin.register(SummaryRecord)
class SummaryRecordAdmin(PortalModelAdmin[SummaryRecord]):
    """往年数据补录."""

    form = SummaryForm
    search_fields = ("label", "source")
    list_filter = ("period_end",)

    def get_list_display(self, request: HttpRequest) -> Any:  # noqa: ARG002
        """Read the kinds once for the whole list."""
        known = figures.kinds()

        @admin.display(description="内容")
        def what(record: SummaryRecord) -> str:
            return record.label or "、".join(str(known[key].label) if key in known else key for key in record.kinds)

        return (what, "period_start", "period_end", "heads", "times", "amount", "approximation", "source")

    def save_model(self, request: HttpRequest, obj: SummaryRecord, form: forms.Form, change: bool) -> None:
        """Enter through the service; corrections of an entered total are plain."""
        if change:
            super().save_model(request, obj, form, change)
            return
        values = dict(form.cleaned_data)
        adopt(obj, totals.record_summary(actor=request.user, **values))  # type: ignore[arg-type]
