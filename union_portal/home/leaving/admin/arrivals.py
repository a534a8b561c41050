"""整体迁入 on the desk: another portal's archive and its key, list by list, and what stopped it."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from union_portal.accounts.requests import account_of
from union_portal.base import jobs
from union_portal.base.admin import Block, PortalModelAdmin, adopt, display, object_action
from union_portal.base.errors import Refused
from union_portal.home.leaving import tasks
from union_portal.home.leaving.enums import ListState
from union_portal.home.leaving.forms import ArrivalForm
from union_portal.home.leaving.models import Arrival
from union_portal.home.leaving.services import arriving, taking_in

_FILLED = "本平台已有人员登记，不能再整体迁入：名单会与现有的名册混在一起。个别名单请用“导入数据”。"
_RUNS = "正在导入，请等它告一段落。"
_TONES = {ListState.DONE: "done", ListState.REFUSED: "due", ListState.SKIPPED: "quiet", ListState.WAITING: "info"}


def _runs(arrival: Arrival) -> bool:
    progress = jobs.find(arrival.lock)
    return progress is not None and progress.is_running


def _stopped(arrival: Arrival) -> bool:
    return arrival.is_open and not _runs(arrival)


def _refused(arrival: Arrival) -> bool:
    return arrival.refused is not None and _stopped(arrival)


def _skips(_admin: Any, _request: HttpRequest, arrival: Arrival) -> str:
    label = arrival.refused["label"] if arrival.refused else ""
    return (
        f"{label}不再从这份文件导入，其余名单接着导入。{label}可以从打开的文件中取出，改好后在“导入数据”里导入；"
        "以它为准的名单可能因此也被退回。"
    )


def _gives_up(_admin: Any, _request: HttpRequest, arrival: Arrival) -> str:
    done = sum(one["state"] == ListState.DONE for one in arrival.lists)
    return f"删除上传的文件和密钥，余下的名单不再导入；已导入的 {done:,} 份名单保留，可从导入记录撤回。"


@admin.register(Arrival)
class ArrivalAdmin(PortalModelAdmin[Arrival]):
    form = ArrivalForm
    list_display = ("name", "union", "at", "actor", "standing")
    fields = ("name", "union", "made_at", "at", "actor", "standing", "done_at")
    readonly_fields = fields
    search_fields = ("name", "union")
    actions_detail: ClassVar[Any] = ("go_on", "skip", "give_up")
    change_form_outer_before_template = "home/leaving/admin/arrival.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Arrival]:
        """Leave the key where it is."""
        return super().get_queryset(request).defer("key")

    def get_fields(self, request: HttpRequest, obj: Arrival | None = None) -> Any:
        """Ask for the archive and its key."""
        return ("file", "key") if obj is None else super().get_fields(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Arrival | None = None) -> Any:
        """Ask a new one, show one that is there."""
        return () if obj is None else super().get_readonly_fields(request, obj)

    @display(description="状态", label={"办理中": "warning", "已完成": "success"})
    def standing(self, arrival: Arrival) -> str:
        """Show how it stands."""
        return "已完成" if arrival.done_at else "办理中" if arrival.is_open else "已放弃"

    def save_model(self, request: HttpRequest, obj: Arrival, form: forms.Form, change: bool) -> None:  # noqa: ARG002
        """Keep the archive through the service and hand it to the worker."""
        told = form.cleaned_data
        made = arriving.receive(file=told["file"], key=told["key"], actor=account_of(request))
        tasks.queue_arrival(made)
        adopt(obj, made)

    def response_post_save_add(self, request: HttpRequest, obj: Arrival) -> Any:
        """Go on with its own page, which says how far it is."""
        del request
        return redirect("admin:home_arrival_change", obj.pk)

    @object_action(
        description="接着导入",
        permission="home.add_arrival",
        offered=_stopped,
        confirmation=lambda _admin, _request, _arrival: "已导入的名单不变，从停下的那一份接着导入。",
        icon="play_arrow",
        primary=True,
    )
    def go_on(self, request: HttpRequest, subject: Arrival) -> str:  # noqa: ARG002
        _refuse_running(subject)
        tasks.queue_arrival(subject)
        return "已接着导入。"

    @object_action(
        description="跳过这份名单",
        permission="home.add_arrival",
        offered=_refused,
        confirmation=_skips,
        icon="skip_next",
    )
    def skip(self, request: HttpRequest, subject: Arrival) -> str:
        _refuse_running(subject)
        tasks.queue_arrival(arriving.skip(arrival=subject, actor=account_of(request)))
        return "已跳过，接着导入其余名单。"

    @object_action(
        description="放弃迁入",
        permission="home.add_arrival",
        offered=_stopped,
        confirmation=_gives_up,
        icon="delete",
        grave=True,
    )
    def give_up(self, request: HttpRequest, subject: Arrival) -> str:
        _refuse_running(subject)
        arriving.give_up(arrival=subject, actor=account_of(request))
        return "已放弃，文件和密钥已删除。"

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add how far it is and what became of each list; where the portal is filled, say so and ask for nothing."""
        arrival = context.get("original")
        if arrival is None:
            context |= {"title": "整体迁入", "show_save_and_add_another": False, "show_save_and_continue": False}
            if request.method == "GET" and taking_in.is_filled() and not arriving.goes_on():
                way = Block(_FILLED, "导入数据", reverse("home:import_upload"))
                context |= {"in_the_way": way, "back": reverse("admin:home_arrival_changelist")}
                return TemplateResponse(request, "base/admin/blocked.html", context)
        else:
            # Nothing is filled in here: the steps above go on with it.
            context |= {"show_save": False, "show_save_and_continue": False}
            context |= {"progress": jobs.find(arrival.lock) if arrival.is_open else None}
            context |= {"lists": [_shown(one) for one in arrival.lists], "until": arriving.kept_until(arrival)}
        return super().render_change_form(request, context, *args, **kwargs)


def _refuse_running(arrival: Arrival) -> None:
    if _runs(arrival):
        raise Refused(_RUNS)


def _shown(one: dict[str, Any]) -> dict[str, Any]:
    state = ListState(one["state"])
    return {**one, "said": state.label, "tone": _TONES[state]}
