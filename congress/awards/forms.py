"""Forms of awards."""

from django import forms
from django.utils import timezone

from congress.sessions.models import Session
from union_portal.base.forms import day_field, words_field


class AwardForm(forms.Form):
    """When and on which grounds an award is given."""

    on = day_field(label="表彰日期", initial=timezone.localdate)
    grounds = words_field(label="评选理由", required=False)


class SessionForm(forms.Form):
    """Which session."""

    session = forms.ModelChoiceField(Session.objects.filter(drive__isnull=False), label="会议")
