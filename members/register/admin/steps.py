"""The steps of the person's page that are the register's own: numbers, readings of names, the account."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

from members.memberships.admin import alive
from members.people import services as people
from members.people.models import Person
from members.register.forms import NumbersForm, ReadingForm
from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.requests import account_of
from union_portal.accounts.services import log_access
from union_portal.base.admin import object_action
from union_portal.base.chinese import reading as usual_reading
from union_portal.base.forms import PurposeForm


class RegisterSteps:
    """Mixed into the person's page."""

    admin_site: Any
    opts: Any

    @object_action(
        description="更正姓名读音",
        permission="members.change_person",
        form=ReadingForm,
        initial=lambda person: {"reading": person.reading or usual_reading(person.name)},
        confirmation=lambda _admin, _request, person: (
            f"按拼音排序和搜索时，“{person.name}”将按您填写的读音；导入数据不会改动它。"
        ),
        offered=alive,
        icon="record_voice_over",
    )
    def correct_reading(self, _request: HttpRequest, subject: Person, *, reading: str) -> str:
        """Keep the reading, unless it is the usual one."""
        person = people.correct_reading(person=subject, reading=reading)
        return f"“{person.name}”的读音为 {person.reading or usual_reading(person.name)}。"

    @object_action(
        description="开通账号",
        permission="accounts.add_user",
        confirmation=lambda _admin, _request, person: f"将以工号 {person.staff_number} 开通账号，凭一次性登录码启用。",
        offered=lambda person: person.user_id is None and bool(person.staff_number) and person.died_on is None,
        icon="key",
    )
    def open_account(self, _request: HttpRequest, subject: Person) -> str:
        """Make the account."""
        return f"账号 {people.link_account(person=subject)} 已开通。"

    @object_action(description="显示完整号码", permission="members.reveal_contact", form=PurposeForm, icon="visibility")
    def reveal_numbers(self, request: HttpRequest, subject: Person, *, purpose: str) -> HttpResponseBase:
        """Show mobile, and identity and bank numbers to who may see them; logged first."""
        everything = request.user.has_perm("members.reveal_identity", subject)
        log_access(
            user=account_of(request),
            action=Access.REVEAL,
            kind="members.person",
            subject=str(subject.pk),
            data_class=DataClass.IDENTITY if everything else DataClass.CONTACT,
            purpose=purpose,
            rows=1,
        )
        names = ("mobile", "email", *(("identity_number", "bank_card") if everything else ()))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": subject,
            "title": subject.name,
            "shown": [(self.opts.get_field(name).verbose_name, getattr(subject, name)) for name in names],
        }
        return TemplateResponse(request, "members/register/revealed.html", context)

    @object_action(
        description="修改联系方式、证件或银行卡",
        permission="members.change_person",
        form=NumbersForm,
        offered=alive,
        icon="edit",
    )
    def change_numbers(self, _request: HttpRequest, subject: Person, **numbers: str) -> str:
        """Change what was filled in."""
        filled = {name: value for name, value in numbers.items() if value}
        people.change_person(person=subject, **filled)
        return "已保存。"
