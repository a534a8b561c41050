"""Accounts: made without a password, opened by a one-time code."""

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
from union_portal.accounts.models import RoleAssignment, User
from union_portal.accounts.requests import account_of
from union_portal.accounts.tasks import ask_for_code
from union_portal.base.admin import PortalModelAdmin, PortalTabularInline, adopt, object_action
from union_portal.base.spreadsheets.columns import Classification

# Other apps' own lists would only mislead; they are not how this portal works.
for stranger in (Group, EmailAddress, Authenticator, ProcrastinateJob):
    if admin.site.is_registered(stranger):
        admin.site.unregister(stranger)


class RoleInline(PortalTabularInline[RoleAssignment, User]):
    """The roles of an account; they are given and ended on their own pages."""

    model = RoleAssignment
    fk_name = "user"
    fields = ("role", "valid_from", "valid_to", "document")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Roles are given on their own page, which asks for a document."""
        return False


@admin.register(User)
class UserAdmin(PortalModelAdmin[User]):
    export_class = Classification.CONTACT
    list_display = ("staff_number", "name", "email", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("staff_number", "name")
    fields = ("staff_number", "name", "email", "is_active", "last_login", "date_joined")
    readonly_fields = ("is_active", "last_login", "date_joined")
    fixed_fields = ("staff_number",)
    inlines = (RoleInline,)
    actions_detail = ("issue_code", "mail_code", "reset_second_factor", "close_account")

    def save_model(self, request: HttpRequest, obj: User, form: forms.Form, change: bool) -> None:  # noqa: ARG002
        """Make the account, or change it, through the service."""
        actor = account_of(request)
        if change:
            services.change_account(user=obj, actor=actor)
        else:
            made = {"staff_number": obj.staff_number, "name": obj.name, "email": obj.email}
            adopt(obj, services.create_account(**made, actor=actor))

    @object_action(
        description="发放一次性登录码",
        permission="accounts.issue_code",
        offered=lambda user: user.is_active,
        confirmation=lambda _admin, _request, user: f"将为 {user} 生成新登录码并只显示一次，之前的登录码随即失效。",
        icon="key",
        primary=True,
    )
    def issue_code(self, request: HttpRequest, subject: User) -> HttpResponseBase:
        code = services.issue_code(user=subject, issued_by=account_of(request))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": subject,
            "title": "一次性登录码",
            "code": code,
        }
        return TemplateResponse(request, "accounts/admin/code.html", context)

    @object_action(
        description="用邮件发送一次性登录码",
        permission="accounts.issue_code",
        offered=lambda user: user.is_active and bool(user.email),
        confirmation=lambda _admin, _request, user: f"将把新登录码发送到 {user.email}。",
        icon="mail",
    )
    def mail_code(self, request: HttpRequest, subject: User) -> str:
        ask_for_code(user=subject, issued_by=account_of(request))
        return f"登录码将在几分钟内发送到 {subject.email}；邮件发出之前，原来的登录码仍然有效。"

    @object_action(
        description="重置二次验证",
        permission="accounts.reset_second_factor",
        confirmation=lambda _admin, _request, user: f"{user} 下次登录时将重新设置身份验证器。",
        icon="phonelink_erase",
        grave=True,
    )
    def reset_second_factor(self, request: HttpRequest, subject: User) -> str:
        services.reset_second_factor(user=subject, actor=account_of(request))
        return "二次验证已重置。"

    @object_action(
        description="停用账号",
        permission="accounts.close_user",
        offered=lambda user: user.is_active,
        confirmation=lambda _admin, _request, user: f"{user} 将不能再登录。",
        icon="block",
        grave=True,
    )
    def close_account(self, request: HttpRequest, subject: User) -> str:
        services.close_account(user=subject, actor=account_of(request))
        return "账号已停用。"
