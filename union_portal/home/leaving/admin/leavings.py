"""整体导出 on the desk: asking, confirming, how far it is, taking it away."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse

from union_portal.accounts.admin.by_two import ByTwoAdmin
from union_portal.accounts.requests import account_of
from union_portal.base import jobs
from union_portal.base.admin import adopt, display, object_action
from union_portal.base.errors import Refused
from union_portal.home.leaving import tasks
from union_portal.home.leaving.models import KEPT, Leaving
from union_portal.home.leaving.services import asking


def _may_begin_again(asked: Leaving) -> bool:
    progress = jobs.find(asked.lock) if asked.is_settled and asked.made_at is None else None
    return progress is not None and not progress.is_running


@admin.register(Leaving)
class LeavingAdmin(ByTwoAdmin[Leaving]):
    list_display = ("reason", "asked_on", "asked_by", "standing", "how_large", "until")
    export_also = ("confirmed_by",)
    fields = ("reason", "asked_on", "asked_by", "standing", "confirmed_by", "how_large", "digest", "made_at", "until")
    readonly_fields = ("asked_on", "how_large", "digest", "made_at", "until")
    search_fields = ("reason",)
    actions_detail: ClassVar[Any] = (*ByTwoAdmin.actions_detail, "again", "discard")
    change_form_outer_before_template = "home/leaving/admin/leaving.html"

    def get_fields(self, request: HttpRequest, obj: Leaving | None = None) -> Any:
        """Ask for nothing but the reason, and say nothing yet of a file that waits for its second person."""
        if obj is None:
            return ("reason",)
        return self.fields[:4] if obj.is_waiting else super().get_fields(request, obj)

    def get_form(self, request: HttpRequest, obj: Leaving | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Say what the reason is for, to whoever is asked for it."""
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        help_ = "写明为什么带走数据、带到哪里，如“迁往新服务器”。第二人据此确认，并长期留在记录中。"
        return super().get_form(request, obj, change, help_texts={"reason": help_}, **kwargs)

    @display(description="文件大小")
    def how_large(self, asked: Leaving) -> str:
        """Show the size of the archive."""
        return filesizeformat(asked.size) if asked.size else "—"

    @display(description="可下载至")
    def until(self, asked: Leaving) -> str:
        """Show until when it lies there."""
        if asked.made_at is None:
            return "—"
        return str(asked.kept_until) if asked.file else "文件已删除"

    def save_model(self, request: HttpRequest, obj: Leaving, form: forms.Form, change: bool) -> None:  # noqa: ARG002
        """Ask through the service."""
        made = asking.ask(reason=obj.reason, actor=account_of(request))
        adopt(obj, made)

    def says(self, asked: Leaving) -> str:
        """Say what leaves, and that the key comes at once and only now."""
        who = f"{asked.asked_by} 申请带走全部数据，用途：{asked.reason}。"
        return f"{who}确认后开始生成，下一页显示一次密钥，请先备好保存的地方。"

    def agree(self, request: HttpRequest, asked: Leaving) -> HttpResponseBase:
        """Let the worker begin, and show the key, once."""
        held, secret = asking.confirm(asked=asked, actor=account_of(request))
        tasks.queue(held)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": held, "title": "密钥"}
        return TemplateResponse(request, "home/leaving/admin/key.html", {**context, "secret": secret})

    @object_action(
        description="重新生成",
        permission="home.add_leaving",
        offered=_may_begin_again,
        confirmation=lambda _admin, _request, asked: f"{asked}：将再次生成，仍用确认时给出的那把密钥。",
        icon="refresh",
    )
    def again(self, request: HttpRequest, subject: Leaving) -> str:  # noqa: ARG002
        if not _may_begin_again(subject):
            raise Refused("正在生成，或已经生成。")
        tasks.queue(subject)
        return "已重新排队。"

    @object_action(
        description="删除文件",
        permission="home.add_leaving",
        offered=lambda asked: bool(asked.file),
        confirmation=lambda _admin, _request, asked: f"{asked}：文件将从服务器删除，不能再下载；申请记录保留。",
        icon="delete",
        grave=True,
    )
    def discard(self, request: HttpRequest, subject: Leaving) -> str:
        asking.discard(asked=subject, actor=account_of(request))
        return "文件已删除。"

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add how far it is, and whether this account may take it."""
        asked = context.get("original")
        if asked is None:
            context |= {"title": "申请整体导出"}
        else:
            context |= {"progress": jobs.find(asked.lock) if asked.is_settled and not asked.made_at else None}
            context |= {"may_take": bool(asked.file) and request.user.has_perm("home.take_leaving", asked)}
            context |= {"days": KEPT.days}
        return super().render_change_form(request, context, *args, **kwargs)
