"""Forms of sessions, their agenda and papers."""

from collections.abc import Iterable
from typing import Any

from django import forms

from congress.bodies.enums import Body, Bound
from congress.bodies.forms.scope import RunByUserMixin
from congress.bodies.models import Congress
from congress.sessions.enums import AgendaOutcome, PresidiumPost
from congress.sessions.models import AgendaItem, Session
from congress.sessions.services.sessions import Part
from members.people.forms import PeopleField
from union_portal.base.forms import DayField, fields_of, offering, today
from union_portal.base.intake.forms import PaperFormField
from union_portal.base.intake.kinds import HANDOUTS

DETAILS = ("title", "kind", "convened_on", "ends_on", "place")
DetailsForm = type("DetailsForm", (forms.Form,), fields_of(Session, fields=DETAILS))


def _terms(body: Body) -> Any:
    """Return the body's terms, the latest first; each form narrows them to those its user runs."""
    return Congress.objects.filter(body=body).select_related("branch")


class ConveneForm(RunByUserMixin, forms.ModelForm[Session]):
    """A session of one body or of two, its `parts`; the title follows from them where left empty."""

    title = forms.CharField(label="标题", max_length=100, required=False, help_text="留空则按届次自动生成。")
    staff = forms.ModelChoiceField(label="教代会", queryset=_terms(Body.STAFF), required=False)
    union = forms.ModelChoiceField(label="工代会", queryset=_terms(Body.UNION), required=False)

    class Meta:
        model = Session
        fields = DETAILS
        field_classes = {"convened_on": DayField, "ends_on": DayField}

    field_order: Iterable[str] | None = ("staff", "union", "convened_on", "ends_on", "kind", "place", "title")

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        found = self.cleaned_data
        numbers = ("number", "due", "present")
        found["parts"] = [
            Part(found[body], *(found.get(f"{body}_{name}") for name in numbers))
            for body in ("staff", "union")
            if found.get(body)
        ]
        if not found["parts"]:
            self.add_error("staff", "请选择召开的大会；双代会请选择两个。")
        return data


class RecordForm(ConveneForm):
    """补录: a session held before the portal, with what its papers say of 应到 and 实到."""

    staff_number = forms.IntegerField(label="教代会第几次会议", min_value=1, required=False)
    staff_due = forms.IntegerField(label="教代会应到", min_value=1, required=False)
    staff_present = forms.IntegerField(label="教代会实到", min_value=0, required=False)
    union_number = forms.IntegerField(label="工代会第几次会议", min_value=1, required=False)
    union_due = forms.IntegerField(label="工代会应到", min_value=1, required=False)
    union_present = forms.IntegerField(label="工代会实到", min_value=0, required=False)
    source = forms.CharField(label="来源", max_length=200, help_text="会议纪要、档案或年鉴。")

    class Meta:
        model = Session
        fields = ("convened_on", "ends_on", "place", "title", "source")

    field_order = (
        *("staff", "staff_number", "staff_due", "staff_present", "union", "union_number", "union_due", "union_present"),
        *Meta.fields,
    )


class PresidiumForm(forms.Form):
    """Several people, with one post."""

    people = PeopleField(listed="living")
    post = forms.ChoiceField(label="职务", choices=PresidiumPost.choices, initial=PresidiumPost.MEMBER)


class ItemForm(forms.ModelForm[AgendaItem]):
    """An agenda item, at its place or last."""

    position = forms.IntegerField(label="顺序", min_value=1, required=False, help_text="留空则排在最后。")
    two_thirds = forms.ChoiceField(
        label="通过比例",
        required=False,
        choices=[("", "按本届规定"), *((one, one.words(2, 3, of="全体")) for one in Bound)],
    )

    class Meta:
        model = AgendaItem
        fields = ("kind", "title", "presenter")


class DocumentForm(forms.Form):
    title = forms.CharField(label="标题", max_length=200, required=False, help_text="留空则用文件名。")
    file = PaperFormField(label="文件", accepts=HANDOUTS)
    published = forms.BooleanField(label="现在就供代表阅读", required=False, initial=True)


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(label="结果", choices=[])
    on = DayField(label="日期", required=False, initial=today)


def outcome_form(_admin: Any, _request: Any, item: AgendaItem) -> type[forms.Form]:
    """Return the form; a session recorded later may have passed or lost items without a count."""
    recorded = item.sitting.session.recorded
    counted = {AgendaOutcome.PASSED, AgendaOutcome.LOST}
    left = [
        pair
        for pair in AgendaOutcome.choices
        if pair[0] != AgendaOutcome.PENDING and (recorded or pair[0] not in counted)
    ]
    form = offering(OutcomeForm, outcome=left)
    if recorded:
        form.base_fields["on"].initial = item.sitting.session.convened_on
    return form
