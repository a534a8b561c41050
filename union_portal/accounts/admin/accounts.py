"""Accounts: made without a password, opened by a one-time code; with a role they take two people."""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from procrastinate.contrib.django.models import ProcrastinateJob

from union_portal.accounts import services
from union_portal.accounts.admin.by_two import ByTwoAdmin, tell_who_confirms
from union_portal.accounts.enums import AskedStep
from union_portal.accounts.models import AccountRequest, RoleAssignment, User
from union_portal.accounts.requests import account_of
from union_portal.base.admin import PortalModelAdmin, PortalTabularInline, adopt, object_action
from union_portal.base.forms import ReasonForm
from union_portal.base.spreadsheets.columns import Classification

# Other apps' own lists would only mislead; they are not how this portal works.
for stranger in (Group, EmailAddress, Authenticator, ProcrastinateJob):
    if admin.site.is_registered(stranger):
        admin.site.unregister(stranger)


class RoleInline(PortalTabularInline[RoleAssignment, User]):
    """The roles of an account; they are given and ended on their own pages."""

    model = RoleAssignment
    fk_name = "user"
    fields = ("role", "valid_from", "valid_to", "document", "standing")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Roles are given on their own page, which asks for a document."""
        return False


def _code_page(model_admin: Any, request: HttpRequest, user: User, code: str) -> HttpResponseBase:
    """Show a code, once."""
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": User._meta,  # noqa: SLF001
        "original": user,
        "title": "一次性登录码",
        "code": code,
    }
    return TemplateResponse(request, "accounts/admin/code.html", context)


def _reason(_admin: Any, request: HttpRequest, user: User) -> type[forms.Form]:
    """Ask for a reason where somebody else must agree."""
    return ReasonForm if services.takes_two(user=user, actor=account_of(request)) else forms.Form


def _told(then: str) -> Callable[..., str]:
    """Return what says what will happen, and whether a second person must agree first."""

    def sentence(_admin: Any, request: HttpRequest, user: User) -> str:
        told = then.format(user=user)
        if services.takes_two(user=user, actor=account_of(request)):
            told += "该账号担任角色：提出后须由另一位系统管理员或主席确认才办理。"
        return told

    return sentence


@admin.register(User)
class UserAdmin(PortalModelAdmin[User]):
    export_class = Classification.CONTACT
    list_display = ("name", "staff_number", "email", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("staff_number", "name")
    fields = ("staff_number", "name", "email", "is_active", "last_login", "date_joined")
    readonly_fields = ("is_active", "last_login", "date_joined")
    fixed_fields = ("staff_number",)
    inlines = (RoleInline,)
    actions_detail = ("issue_code", "mail_code", "reset_second_factor", "close_account", "reopen_account")

    def save_model(self, request: HttpRequest, obj: User, form: forms.Form, change: bool) -> None:  # noqa: ARG002
        """Make the account, or change it, through the service."""
        actor = account_of(request)
        if change:
            services.change_account(user=obj, actor=actor)
        else:
            made = {"staff_number": obj.staff_number, "name": obj.name, "email": obj.email}
            adopt(obj, services.create_account(**made, actor=actor))

    def _take(self, request: HttpRequest, user: User, step: AskedStep, reason: str) -> str:
        """Take the step, or ask for it where that takes two; return the code, if it is one, or what is to be said."""
        actor = account_of(request)
        if services.takes_two(user=user, actor=actor):
            return tell_who_confirms(request, services.ask(user=user, step=step, reason=reason, actor=actor))
        return services.take(user=user, step=step, actor=actor)

    @object_action(
        description=AskedStep.CODE.label,
        permission="accounts.issue_code",
        form=_reason,
        offered=lambda user: user.is_active,
        confirmation=_told("将为 {user} 生成新登录码并只显示一次，之前的登录码随即失效。"),
        icon="key",
        primary=True,
    )
    def issue_code(self, request: HttpRequest, subject: User, reason: str = "") -> HttpResponseBase | str:
        said = self._take(request, subject, AskedStep.CODE, reason)
        return said if reason else _code_page(self, request, subject, said)

    @object_action(
        description=AskedStep.MAILED_CODE.label,
        permission="accounts.issue_code",
        form=_reason,
        offered=lambda user: user.is_active and bool(user.email),
        confirmation=_told("将把新登录码发送到 {user.email}。"),
        icon="mail",
    )
    def mail_code(self, request: HttpRequest, subject: User, reason: str = "") -> str:
        said = self._take(request, subject, AskedStep.MAILED_CODE, reason)
        return said or f"登录码将在几分钟内发送到 {subject.email}；邮件发出之前，原来的登录码仍然有效。"

    @object_action(
        description=AskedStep.RESET.label,
        permission="accounts.reset_second_factor",
        form=_reason,
        confirmation=_told("{user} 下次登录时将重新设置身份验证器。"),
        icon="phonelink_erase",
        grave=True,
    )
    def reset_second_factor(self, request: HttpRequest, subject: User, reason: str = "") -> str:
        return self._take(request, subject, AskedStep.RESET, reason) or "二次验证已重置。"

    @object_action(
        description=AskedStep.CLOSE.label,
        permission="accounts.close_user",
        form=_reason,
        offered=lambda user: user.is_active,
        confirmation=_told("{user} 将不能再登录。"),
        icon="block",
        grave=True,
    )
    def close_account(self, request: HttpRequest, subject: User, reason: str = "") -> str:
        return self._take(request, subject, AskedStep.CLOSE, reason) or "账号已停用。"

    @object_action(
        description=AskedStep.REOPEN.label,
        permission="accounts.reopen_user",
        form=_reason,
        offered=lambda user: not user.is_active,
        confirmation=_told("{user} 将可以用原来的密码登录。"),
        icon="lock_open",
    )
    def reopen_account(self, request: HttpRequest, subject: User, reason: str = "") -> str:
        return self._take(request, subject, AskedStep.REOPEN, reason) or "账号已恢复。"


@admin.register(AccountRequest)
class AccountRequestAdmin(ByTwoAdmin[AccountRequest]):
    """What is asked for from the account's page."""

    list_display = ("user", "step", "reason", "asked_on", "asked_by", "standing_shown")
    list_filter = ("step",)
    search_fields = ("user__staff_number", "user__name")
    readonly_fields = ("asked_on",)

    def agree(self, request: HttpRequest, asked: AccountRequest) -> str | HttpResponseBase:
        """Take the step; a code to be shown is shown to whoever confirms."""
        code = services.confirm_request(asked=asked, actor=account_of(request))
        return _code_page(self, request, asked.user, code) if code else "已确认并办理。"
