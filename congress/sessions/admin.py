"""Agenda items: documents, order, what became of them; reached from the session's page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from congress.sessions.enums import AgendaOutcome
from congress.sessions.forms import DocumentForm, outcome_form
from congress.sessions.models import AgendaItem
from congress.sessions.services import agenda
from union_portal.base.admin import RecordAdmin, object_action

SHARE = ("majority_numerator", "majority_denominator", "majority_bound")


def _changeable(item: AgendaItem) -> bool:
    return item.sitting.agenda_changes


@admin.register(AgendaItem)
class AgendaItemAdmin(RecordAdmin[AgendaItem]):
    list_display = ("title", "sitting", "position", "kind", "outcome", "decided_on")
    list_filter = ("kind", "outcome")
    list_select_related = ("sitting__session", "sitting__congress__branch")
    fields = ("kind", "title", "presenter", SHARE, ("became", "decided_on"))
    readonly_fields = ("became", "decided_on")
    actions_detail = ("add_document", "settle", "move_up", "move_down")

    @admin.display(description="结果")
    def became(self, item: AgendaItem) -> str:
        return item.became

    def has_module_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: AgendaItem | None = None) -> bool:
        """What was decided keeps its words."""
        open_to = obj is None or (_changeable(obj) and obj.outcome == AgendaOutcome.PENDING)
        return open_to and super().has_change_permission(request, obj)

    def back_from_step(self, subject: AgendaItem) -> str | None:
        return reverse("admin:congress_session_change", args=[subject.sitting.session_id])

    @object_action(
        description="添加文件",
        permission="congress.change_agendaitem",
        form=DocumentForm,
        offered=_changeable,
        icon="attach_file",
        primary=True,
    )
    def add_document(self, _request: HttpRequest, subject: AgendaItem, title: str, file: Any, published: bool) -> str:
        made = agenda.add_document(item=subject, title=title, file=file, published=published)
        return f"已添加“{made.title}”。"

    @object_action(
        description="登记审议结果",
        permission="congress.change_agendaitem",
        form=outcome_form,
        offered=_changeable,
        icon="task_alt",
    )
    def settle(self, _request: HttpRequest, subject: AgendaItem, outcome: str, on: Any) -> str:
        item = agenda.settle_item(item=subject, outcome=AgendaOutcome(outcome), on=on)
        return f"{item.title}：{item.became}"

    @object_action(description="上移", permission="congress.change_agendaitem", offered=_changeable)
    def move_up(self, _request: HttpRequest, subject: AgendaItem) -> str:
        agenda.move_item(item=subject, up=True)
        return "已保存。"

    @object_action(description="下移", permission="congress.change_agendaitem", offered=_changeable)
    def move_down(self, _request: HttpRequest, subject: AgendaItem) -> str:
        agenda.move_item(item=subject, up=False)
        return "已保存。"
