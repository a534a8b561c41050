"""What an officer fills in for a place in a special group."""

from django import forms

from members.cohorts.models import CohortKind
from union_portal.base.forms import DocumentForm


class CohortForm(DocumentForm):
    """A place in a special group."""

    kind = forms.ModelChoiceField(label="特殊群体", queryset=CohortKind.objects.all())
