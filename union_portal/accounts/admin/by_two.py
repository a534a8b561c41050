"""What the desk's pages of everything that takes two have in common: how it stands, confirming, cancelling."""

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from union_portal.accounts import services
from union_portal.accounts.models import ByTwo
from union_portal.accounts.requests import account_of
from union_portal.base.admin import PortalModelAdmin, display, object_action

A = TypeVar("A", bound=ByTwo)
WAY_OUT = (
    "目前没有其他系统管理员或主席可以确认。请由服务器管理员在命令行办理："
    "PORTAL_DATABASE_ROLE=owner manage.py account 工号 事项（见安装说明）。"
)


def tell_who_confirms(request: HttpRequest, asked: ByTwo) -> str:
    """Return what happens now; warn when nobody can confirm, and say which way is left."""
    if not asked.is_waiting:
        return "已生效。"
    if not services.has_second_person(asked=asked):
        messages.warning(request, WAY_OUT)
    return "已提出，待另一位系统管理员或主席确认后生效。"


class ByTwoAdmin(PortalModelAdmin[A]):
    """Lists what takes two; the pages confirm what others ask for, and cancel what is not to be."""

    actions_detail: ClassVar[Sequence[Any]] = ("confirm", "cancel")

    def response_add(self, request: HttpRequest, obj: A, post_url_continue: str | None = None) -> HttpResponse:  # noqa: ARG002
        """End on the page of what was asked for, and say one thing: who makes it count."""
        self.message_user(request, tell_who_confirms(request, obj), messages.INFO)
        address = self.page_of(request, obj)
        request.portal_made = address  # type: ignore[attr-defined]
        return redirect(address)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Ask with one button."""
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: A | None = None) -> Any:
        """Show who asked and who agreed, once there is something to agree to."""
        people = ("standing", "asked_by", "confirmed_by", "cancelled_by") if obj is not None else ()
        return [*super().get_readonly_fields(request, obj), *people]

    @display(description="状态", label={"待第二人确认": "warning"})
    def standing_shown(self, asked: A) -> str:
        """Show how it stands as a pill."""
        return str(asked.standing)

    def says(self, asked: A) -> str:
        """Say above the confirmation what it will do."""
        return f"{asked}：由 {asked.asked_by} 申请，确认后生效。"

    def agree(self, request: HttpRequest, asked: A) -> str | HttpResponseBase:
        """Confirm through the service of the kind."""
        raise NotImplementedError

    @object_action(
        description="确认",
        permission="accounts.confirm_asked",
        offered=lambda asked: asked.is_waiting,
        confirmation=lambda admin, _request, asked: admin.says(asked),
        icon="how_to_reg",
        primary=True,
    )
    def confirm(self, request: HttpRequest, subject: A) -> str | HttpResponseBase:
        return self.agree(request, subject)

    @object_action(
        description="撤销申请",
        permission="accounts.cancel_asked",
        offered=lambda asked: asked.is_waiting,
        confirmation=lambda _admin, _request, asked: f"{asked}：由 {asked.asked_by} 申请，撤销后不再生效。",
        icon="undo",
        grave=True,
    )
    def cancel(self, request: HttpRequest, subject: A) -> str:
        services.cancel(asked=subject, actor=account_of(request))
        return "申请已撤销。"
