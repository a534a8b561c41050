"""What an officer says of a drive's public notice."""

from django import forms
from django.utils import timezone

from union_portal.base.forms import DayField


class DiscloseForm(forms.Form):
    """From when, for how many working days, and where."""

    starts_on = DayField(label="公示日期", initial=timezone.localdate)
    workdays = forms.IntegerField(label="工作日", min_value=1, max_value=60, initial=5)
    place = forms.CharField(label="公示地点", max_length=100, required=False)
