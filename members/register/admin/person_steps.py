"""The steps that can be taken with a person, each with its own form and confirmation."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header

from members.branches import forms as branches_forms
from members.branches.models import Branch
from members.branches.services import assignments
from members.cohorts import forms as cohorts_forms
from members.cohorts import services as cohorts
from members.cohorts.models import CohortKind
from members.kin import forms as kin_forms
from members.kin import services as kin
from members.memberships import forms as memberships_forms
from members.memberships import services as memberships
from members.people import services as people
from members.people.models import Person
from members.register import forms as register_forms
from members.register.admin.roster import people_on
from members.register.resources.people import PeopleResource
from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.services import log_access
from union_portal.base import forms as base_forms
from union_portal.base.admin import object_action
from union_portal.base.errors import Refused
from union_portal.base.identity import check_bank_card, check_identity, check_mobile
from union_portal.base.importing.exporting import export
from union_portal.base.spreadsheets.columns import Classification

_CLASSES = {
    "basic": {Classification.BASIC},
    "contact": {Classification.BASIC, Classification.CONTACT},
    "identity": set(Classification),
}


def _alive(person: Person) -> bool:
    return person.died_on is None


class PersonSteps:
    """Mixed into the person's page."""

    admin_site: Any
    opts: Any

    @object_action(
        description="办理入会",
        permission="members.add_membership",
        form=memberships_forms.AdmitForm,
        offered=lambda person: _alive(person) and getattr(person, "membership_state_on", None) is None,
        icon="person_add",
        primary=True,
    )
    def admit_member(
        self,
        _request: HttpRequest,
        subject: Person,
        *,
        on: dt.date,
        branch: Branch,
        counterpart: str,
        document: str,
    ) -> str:
        """Begin a membership."""
        if counterpart:
            memberships.transfer_in(person=subject, on=on, branch=branch, counterpart=counterpart, document=document)
        else:
            memberships.admit(person=subject, on=on, branch=branch, document=document)
        return f"{subject.name}自 {on} 起为会员。"

    @object_action(
        description="调整分工会",
        permission="members.change_person",
        form=branches_forms.BranchForm,
        offered=_alive,
        icon="move_up",
    )
    def move_to_branch(self, _request: HttpRequest, subject: Person, *, on: dt.date, branch: Branch) -> str:
        """Assign a branch."""
        assignments.assign_branch(person=subject, branch=branch, on=on)
        return f"{subject.name}自 {on} 起属于{branch.name}。"

    @object_action(
        description="转出会籍",
        permission="members.change_person",
        form=memberships_forms.TransferOutForm,
        offered=lambda person: getattr(person, "membership_state_on", None) is not None,
        icon="logout",
    )
    def transfer_out_member(
        self, _request: HttpRequest, subject: Person, *, on: dt.date, counterpart: str, document: str
    ) -> str:
        """End the membership towards another union."""
        memberships.transfer_out(person=subject, on=on, counterpart=counterpart, document=document)
        return f"{subject.name}的会籍于 {on} 终止。"

    @object_action(
        description="办理退休",
        permission="members.change_person",
        form=memberships_forms.RetireForm,
        offered=lambda person: _alive(person) and person.retired_on is None,
        icon="elderly",
    )
    def retire_member(self, _request: HttpRequest, subject: Person, *, on: dt.date, retain: bool, document: str) -> str:
        """Record the retirement."""
        memberships.retire(person=subject, on=on, retain=retain, document=document)
        return f"已登记{subject.name}于 {on} 退休。"

    @object_action(
        description="恢复会籍",
        permission="members.change_person",
        form=memberships_forms.ResumeForm,
        offered=lambda person: _alive(person) and getattr(person, "membership_state_on", None) == "retained",
        icon="restart_alt",
    )
    def resume_membership(
        self, _request: HttpRequest, subject: Person, *, on: dt.date, branch: Branch | None, document: str
    ) -> str:
        """Make the membership active again."""
        memberships.resume(person=subject, on=on, branch=branch, document=document)
        return f"{subject.name}自 {on} 起为会员。"

    @object_action(
        description="办理退会",
        permission="members.change_person",
        form=memberships_forms.LeaveForm,
        offered=lambda person: getattr(person, "membership_state_on", None) is not None,
        icon="person_remove",
    )
    def leave_union(self, _request: HttpRequest, subject: Person, *, on: dt.date, expelled: bool, document: str) -> str:
        """End the membership."""
        memberships.leave(person=subject, on=on, expelled=expelled, document=document)
        return f"{subject.name}的会籍于 {on} 终止。"

    @object_action(
        description="登记去世",
        permission="members.change_person",
        form=base_forms.DocumentForm,
        confirmation=lambda _admin, _request, person: f"{person.name}的会籍、所属分工会、工会任职和账号于该日终止。",
        offered=_alive,
        icon="deceased",
        grave=True,
    )
    def record_death_of(self, _request: HttpRequest, subject: Person, *, on: dt.date, document: str) -> str:
        """Record a death."""
        memberships.record_death(person=subject, on=on, document=document)
        return f"已登记{subject.name}去世。"

    @object_action(
        description="加入特殊群体",
        permission="members.add_cohort",
        form=cohorts_forms.CohortForm,
        offered=_alive,
        icon="label",
    )
    def add_place(self, _request: HttpRequest, subject: Person, *, on: dt.date, kind: CohortKind, document: str) -> str:
        """Add a place."""
        cohorts.add_to_cohort(person=subject, kind=kind, on=on, document=document)
        return f"{subject.name}已列入{kind.name}。"

    @object_action(
        description="登记亲属",
        permission="members.add_kinship",
        form=kin_forms.KinForm,
        icon="family_restroom",
    )
    def add_relative(
        self,
        _request: HttpRequest,
        subject: Person,
        *,
        relation: str,
        staff_number: str,
        name: str,
        birth_date: dt.date | None,
    ) -> str:
        """Relate two people, or register the relative."""
        if staff_number:
            related = Person.objects.filter(staff_number=staff_number).first()
            if related is None:
                raise Refused("名册中没有这个工号。", field="staff_number")
            kin.add_kin(person=subject, related=related, relation=relation)
        else:
            kin.register_kin(person=subject, name=name, relation=relation, birth_date=birth_date)
        return "亲属已登记。"

    @object_action(
        description="开通账号",
        permission="accounts.add_user",
        confirmation=lambda _admin, _request, person: f"将以工号 {person.staff_number} 开通账号，凭一次性登录码启用。",
        offered=lambda person: person.user_id is None and bool(person.staff_number) and _alive(person),
        icon="key",
    )
    def open_account(self, _request: HttpRequest, subject: Person) -> str:
        """Make the account."""
        return f"账号 {people.link_account(person=subject)} 已开通。"

    @object_action(
        description="显示完整号码",
        permission="members.reveal_contact",
        form=base_forms.PurposeForm,
        icon="visibility",
    )
    def reveal_numbers(self, request: HttpRequest, subject: Person, *, purpose: str) -> HttpResponseBase:
        """Show mobile, and identity and bank numbers to who may see them; logged first."""
        everything = request.user.has_perm("members.reveal_identity", subject)
        log_access(
            user=request.user,  # type: ignore[arg-type]
            action=Access.REVEAL,
            kind="members.person",
            subject=str(subject.pk),
            data_class=DataClass.IDENTITY if everything else DataClass.CONTACT,
            purpose=purpose,
            rows=1,
        )
        shown = [("手机", subject.mobile), ("电子邮箱", subject.email)]
        if everything:
            shown += [("身份证号", subject.identity_number), ("银行卡号", subject.bank_card)]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": subject,
            "title": subject.name,
            "shown": shown,
        }
        return TemplateResponse(request, "members/register/revealed.html", context)

    @object_action(
        description="修改联系方式、证件或银行卡",
        permission="members.change_person",
        form=register_forms.NumbersForm,
        icon="edit",
    )
    def change_numbers(self, _request: HttpRequest, subject: Person, **numbers: str) -> str:
        """Change what was filled in."""
        if numbers["identity_number"]:
            numbers["identity_number"] = check_identity(numbers["identity_number"]).number
        if numbers["bank_card"]:
            numbers["bank_card"] = check_bank_card(numbers["bank_card"])
        if numbers["mobile"]:
            numbers["mobile"] = check_mobile(numbers["mobile"])
        details: Any = {key: value for key, value in numbers.items() if value}
        people.change_person(person=subject, **details)
        return "已保存。"

    @object_action(
        description="导出名册",
        permission="members.export_person",
        form=lambda _admin, request, _subject: _export_form(request.user),
        icon="download",
    )
    def export_people(
        self,
        request: HttpRequest,
        _subject: None,
        *,
        columns: str,
        format: str,  # noqa: A002
        purpose: str,
        **whom: Any,
    ) -> HttpResponseBase:
        """Send the roster of the day as a file; logged with its purpose."""
        if columns == "identity" and not request.user.has_perm("members.export_identity"):
            raise Refused("证件号和银行卡号只能由确有需要的工作人员导出。", field="columns")
        resource = PeopleResource(actor=request.user)
        resource.on = whom["on"]
        wanted = [column.key for column in resource.kind.columns if column.classification in _CLASSES[columns]]
        file = export(
            resource,
            people_on(request.user, **whom),
            format=format,
            actor=request.user,
            purpose=purpose,
            columns=wanted,
        )
        header = content_disposition_header(as_attachment=True, filename=file.name)
        return HttpResponse(file.data, content_type=file.content_type, headers={"Content-Disposition": str(header)})


def _export_form(user: Any) -> type[register_forms.ExportForm]:
    class Form(register_forms.ExportForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, user=user, **kwargs)

    return Form
