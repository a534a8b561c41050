"""Roles and delegations: given by services, ended by a dated step."""

import datetime as dt

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from union_portal.accounts import services
from union_portal.accounts.admin.by_two import ByTwoAdmin
from union_portal.accounts.enums import Role
from union_portal.accounts.models import Delegation, RoleAssignment
from union_portal.accounts.requests import account_of
from union_portal.base.admin import adopt, object_action
from union_portal.base.forms import DayField


class EndForm(forms.Form):
    """The last day something holds."""

    on = DayField(label="最后一天", initial=timezone.localdate)


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(ByTwoAdmin[RoleAssignment]):
    list_display = ("user", "role", "valid_from", "valid_to", "document", "standing_shown")
    list_filter = ("role",)
    search_fields = ("user__staff_number", "user__name")
    autocomplete_fields = ("user",)
    actions_detail = (*ByTwoAdmin.actions_detail, "end_role")

    def save_model(self, request: HttpRequest, obj: RoleAssignment, form: forms.Form, change: bool) -> None:  # noqa: ARG002
        """Give the role through the service."""
        made = services.assign_role(
            user=obj.user,
            role=Role(obj.role),
            valid_from=obj.valid_from,
            valid_to=obj.valid_to,
            document=obj.document,
            actor=account_of(request),
        )
        adopt(obj, made)

    def agree(self, request: HttpRequest, asked: RoleAssignment) -> str:
        """Let the role count."""
        services.confirm_role(assignment=asked, actor=account_of(request))
        return "角色已确认。"

    @object_action(
        description="结束角色",
        permission="accounts.end_roleassignment",
        form=EndForm,
        offered=lambda held: held.is_settled and (held.valid_to is None or held.valid_to >= timezone.localdate()),
        icon="event_busy",
        grave=True,
    )
    def end_role(self, request: HttpRequest, subject: RoleAssignment, on: dt.date) -> str:
        services.end_role(assignment=subject, on=on, actor=account_of(request))
        return f"角色将于 {on} 结束。"


@admin.register(Delegation)
class DelegationAdmin(ByTwoAdmin[Delegation]):
    list_display = ("delegator", "delegate", "role", "valid_from", "valid_to", "standing_shown")
    export_also = ("document",)
    list_filter = ("role",)
    autocomplete_fields = ("delegator", "delegate")
    actions_detail = (*ByTwoAdmin.actions_detail, "end_delegation")

    def save_model(self, request: HttpRequest, obj: Delegation, form: forms.Form, change: bool) -> None:  # noqa: ARG002
        """Lend the role through the service; a delegation always has an end."""
        made = services.delegate(
            delegator=obj.delegator,
            delegate=obj.delegate,
            role=Role(obj.role),
            valid_from=obj.valid_from,
            valid_to=obj.valid_to or obj.valid_from,
            document=obj.document,
            actor=account_of(request),
        )
        adopt(obj, made)

    def agree(self, request: HttpRequest, asked: Delegation) -> str:
        """Let the lent role count."""
        services.confirm_delegation(delegation=asked, actor=account_of(request))
        return "委托已确认。"

    @object_action(
        description="结束委托",
        permission="accounts.end_delegation",
        form=EndForm,
        offered=lambda lent: lent.is_settled,
        icon="event_busy",
        grave=True,
    )
    def end_delegation(self, request: HttpRequest, subject: Delegation, on: dt.date) -> str:
        services.end_delegation(delegation=subject, on=on, actor=account_of(request))
        return f"委托将于 {on} 结束。"
