"""What the office fills in for suggestions, inspections, petitions, committees and regulations."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.utils import timezone

from congress.enums import PETITION_ROLES, CommitteePost, Handling, RegulationAct
from congress.models import Department, Regulation, Session
from members.models import Person
from union_portal.accounts.models import RoleAssignment, User

# What a paper may weigh: a scanned document of some dozen pages.
LARGEST_FILE = 20 * 1024 * 1024
PAPERS = ("pdf", "doc", "docx", "ofd", "wps", "jpg", "jpeg", "png")
ANSWER_DAYS = 30


def _today() -> dt.date:
    return timezone.localdate()


def _soon() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=ANSWER_DAYS)


def small_enough(file: Any) -> None:
    """Refuse a paper that is too large."""
    if file.size > LARGEST_FILE:
        raise ValidationError(
            f"文件大小为{file.size // 1024 // 1024} MB，最多可上传{LARGEST_FILE // 1024 // 1024} MB。"
        )


def paper_field() -> forms.FileField:
    """Return an optional field for a paper."""
    return forms.FileField(label="文件", required=False, validators=[FileExtensionValidator(PAPERS), small_enough])


class DepartmentChoice(forms.ModelChoiceField[Department]):
    """A department that exists today."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "承办部门")
        super().__init__(Department.objects.filter(closed_on=None), **kwargs)


class SendForm(forms.Form):
    """To which department, to be answered by when."""

    department = DepartmentChoice()
    due_on = forms.DateField(label="答复期限", widget=forms.DateInput, initial=_soon)


class WhyForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(forms.Form):
    """An answer in writing."""

    answer = forms.CharField(label="答复", widget=forms.Textarea(attrs={"rows": 8}))
    publish = forms.BooleanField(
        label="向全体会员公开意见建议和答复",
        required=False,
        help_text="提出人姓名始终不公开。",
    )


class GatherForm(forms.Form):
    """The matter that suggestions are about."""

    title = forms.CharField(
        label="组名",
        max_length=100,
        help_text="已有同名的组则归入该组，否则新建一组。",
    )
    session = forms.ModelChoiceField(Session.objects.all(), label="会议", required=False)


class FindingForm(forms.Form):
    """What an inspection found, and who puts it right until when."""

    text = forms.CharField(label="发现的问题", widget=forms.Textarea(attrs={"rows": 4}))
    department = DepartmentChoice(required=False)
    due_on = forms.DateField(label="整改期限", widget=forms.DateInput, required=False)


class SettleForm(forms.Form):
    """What became of a finding."""

    right = forms.TypedChoiceField(
        label="落实情况",
        choices=[("yes", "已整改"), ("no", "已说明，无需整改")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    result = forms.CharField(label="文字说明", widget=forms.Textarea(attrs={"rows": 4}))
    settled_on = forms.DateField(label="办结日期", widget=forms.DateInput, initial=_today)


class HandOverForm(forms.Form):
    """Who handles a petition from now on."""

    handlers = forms.ModelMultipleChoiceField(User.objects.none(), label="经办人", widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label="原因", max_length=150)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["handlers"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = may_handle()


def may_handle() -> Any:
    """Return the accounts that hold an office which takes petitions today."""
    holders = RoleAssignment.objects.filter(role__in=PETITION_ROLES).in_force(on=timezone.localdate())
    return User.objects.filter(pk__in=holders.values("user"), is_active=True).order_by("staff_number")


class PetitionAnswerForm(forms.Form):
    """The answer to a petition."""

    answer = forms.CharField(label="答复", widget=forms.Textarea(attrs={"rows": 8}))


class SeatForm(forms.Form):
    """A seat on a committee."""

    staff_number = forms.CharField(label="工号", max_length=32)
    post = forms.ChoiceField(label="职务", choices=CommitteePost.choices, initial=CommitteePost.MEMBER)
    on = forms.DateField(label="起始", widget=forms.DateInput, initial=_today)
    by_election = forms.BooleanField(label="补选", required=False)
    document = forms.CharField(label="批复", max_length=200, required=False)

    def clean_staff_number(self) -> str:
        """Keep the person for the step."""
        number: str = self.cleaned_data["staff_number"].strip()
        person = Person.objects.filter(staff_number=number).first()
        if person is None:
            raise ValidationError(f"人员库中没有工号{number}。")
        self.cleaned_data["person"] = person
        return number


class LeaveForm(forms.Form):
    """The last day of a seat."""

    on = forms.DateField(label="最后一天", widget=forms.DateInput, initial=_today)


class DocumentForm(forms.Form):
    """A document that a meeting dealt with."""

    title = forms.CharField(label="标题", max_length=200)
    handling = forms.ChoiceField(label="处理方式", choices=Handling.choices, initial=Handling.REVIEWED)
    opinion = forms.CharField(label="审议意见", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    regulation = forms.ModelChoiceField(Regulation.objects.all(), label="规章制度", required=False)
    file = paper_field()


class VersionForm(forms.Form):
    """What was done to a regulation, and its text from then on."""

    act = forms.TypedChoiceField(label="处理方式", choices=RegulationAct.choices, coerce=RegulationAct)
    on = forms.DateField(label="日期", widget=forms.DateInput, initial=_today)
    number = forms.CharField(label="文号", max_length=64, required=False)
    decided_by = forms.CharField(label="决定机构", max_length=100, required=False)
    text = forms.CharField(label="正文", widget=forms.Textarea(attrs={"rows": 12}), required=False)
    file = paper_field()
