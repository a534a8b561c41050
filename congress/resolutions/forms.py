"""Forms for resolutions and minutes."""

from typing import Any

from django import forms

from congress.bodies.forms.scope import RunByUserMixin
from congress.resolutions.models import Resolution
from congress.resolutions.services import SETTLED
from congress.sessions.models import AgendaItem, Sitting


class ResolutionForm(RunByUserMixin, forms.ModelForm[Resolution]):
    """The words of a resolution."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("sitting", Sitting.objects.held()),
            ("item", AgendaItem.objects.filter(outcome__in=SETTLED).select_related("sitting")),
        ):
            if name in self.fields:
                field: Any = self.fields[name]
                field.queryset = self._own(rows)

    class Meta:
        model = Resolution
        fields = ("sitting", "item", "title", "text", "adopted_on")


class MinutesForm(forms.Form):
    """The words of the minutes."""

    text = forms.CharField(
        label="会议记录",
        widget=forms.Textarea(attrs={"rows": 16}),
        required=False,
        help_text="填写讲话、讨论等内容；出席情况、议程、表决结果和决议由系统根据记录补入。",
    )
