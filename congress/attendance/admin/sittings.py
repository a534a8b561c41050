"""The steps of one body's sitting; they are offered on the session's page and lead back to it."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from congress.attendance.admin.roll import roll_step, show_roll
from congress.attendance.forms import CredentialsForm
from congress.attendance.models import CredentialsReport, RollEntry
from congress.attendance.services import credentials, quorum, roll
from congress.attendance.tasks import SHEET
from congress.bodies.enums import Bound
from congress.bodies.forms.people import PersonForm
from congress.sessions.enums import RUNNING, AgendaKind, SittingState
from congress.sessions.forms import ItemForm
from congress.sessions.models import Sitting
from congress.sessions.services import agenda, sessions
from members.people.models import Person
from union_portal.accounts.requests import account_of
from union_portal.base.admin import Block, RecordAdmin, object_action, refused_by
from union_portal.base.files import LINES_AT_ONCE, counted, give
from union_portal.base.states import Move


def _running(sitting: Sitting) -> bool:
    return sitting.state in RUNNING


def _drawn(sitting: Sitting) -> bool:
    return sitting.__dict__["is_drawn"] if "is_drawn" in sitting.__dict__ else sitting.roll.exists()


def _says_opening(sitting: Sitting) -> str:
    counted = quorum.quorum(sitting=sitting)
    stands = f"应到 {counted.due:,} 人，须到会 {counted.needed} 人，实到 {counted.present:,} 人"
    if counted.reached:
        if not sitting.session.lasts(on=timezone.localdate()):
            return f"{stands}。会议定于 {sitting.session.days} 召开；如已改期，请先在“修改名称、日期或地点”中更正。"
        return f"{stands}。宣布开会后，应到人数固定为 {counted.due:,} 人。"
    return f"{stands}，还差 {counted.missing:,} 人。"


def _says_roll(_admin: Any, _request: HttpRequest, sitting: Sitting) -> str:
    votes = sum(line.votes for line in roll.due_now(sitting=sitting).values())
    return f"{sitting.session.convened_on} 应到有表决权人员 {votes:,} 人。已在名册上的人，其签到码和签到记录不变。"


def _report(sitting: Sitting) -> dict[str, Any]:
    written = CredentialsReport.objects.filter(sitting=sitting).first()
    today = timezone.localdate()
    if written is not None:
        return {"examined_on": written.examined_on, "text": written.text}
    return {"examined_on": today, "text": credentials.draft(sitting=sitting, on=today)}


def _objections(_admin: Any, _request: HttpRequest, sitting: Sitting) -> str:
    found = credentials.examine(sitting=sitting)
    points = [*found.composition.warnings, *found.objections]
    return "；".join(points[:20]) if points else "审查未发现问题。"


@admin.register(Sitting)
class SittingAdmin(RecordAdmin[Sitting]):
    by = {"open": quorum.open_sitting, "close": sessions.close_sitting, "annul": None}
    parent = "session"
    list_select_related = ("session", "congress__branch")
    search_fields = ("session__title",)
    list_filter = ("state", "session", "congress")
    actions_detail = ("draw_up", "add_item", "publish", "examine", "print_sheet", "add_guest")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sitting]:
        """Read with each its session and body, and whether its roll is drawn up, which several steps ask."""
        rows = super().get_queryset(request).select_related(*self.list_select_related)
        return rows.annotate(is_drawn=Exists(RollEntry.objects.filter(sitting=OuterRef("pk"))))

    def has_module_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def offers(self, step: Move, subject: Sitting) -> bool:
        """Offer the opening once there is a roll to count."""
        return super().offers(step, subject) and (step.action != "open" or _drawn(subject))

    def blocks(self, request: HttpRequest, step: Move, subject: Sitting) -> Block | None:
        """Ask the service's own check: the day, and who is in the hall."""
        del request
        return refused_by(quorum.must_open, sitting=subject) if step.action == "open" else None

    def step_says(self, step: Move, subject: Sitting) -> str:
        """Say how the quorum stands, and what the close ends."""
        if step.action == "open":
            return _says_opening(subject)
        return "闭幕后，名册和议程不再变动。" if step.action == "close" else super().step_says(step, subject)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/roll/", view(self.roll_view), name="congress_sitting_roll"),
            path("<int:pk>/roll/<int:entry>/", view(self.roll_step_view), name="congress_sitting_roll_step"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, *_args: Any, **_kwargs: Any) -> Any:
        return redirect("admin:congress_session_change", self.subject_or_404(request, object_id).session_id)

    def roll_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        return show_roll(self, request, self._sitting(request, pk))

    def roll_step_view(self, request: HttpRequest, pk: int, entry: int) -> HttpResponseBase:
        """Tick somebody off, excuse, let leave or take back."""
        sitting = self._sitting(request, pk)
        if not request.user.has_perm("congress.run_session", sitting):
            raise PermissionDenied
        return roll_step(self, request, sitting, entry)

    def _sitting(self, request: HttpRequest, pk: int) -> Sitting:
        sitting = self.subject_or_404(request, str(pk))
        if not request.user.has_perm("congress.view_rollentry", sitting):
            raise PermissionDenied
        return sitting

    @object_action(
        description="生成应到名册",
        permission="congress.run_session",
        confirmation=_says_roll,
        offered=lambda sitting: sitting.state == SittingState.PLANNED,
        blocked=lambda _admin, _request, sitting: refused_by(
            roll.must_have_votes,
            sitting=sitting,
            label="代表名册",
            address=f"{reverse('admin:congress_delegate_changelist')}?congress__id__exact={sitting.congress_id}",
        ),
        icon="checklist",
    )
    def draw_up(self, _request: HttpRequest, subject: Sitting) -> str:
        count = roll.draw_up(sitting=subject)
        return f"名册已生成，有表决权人员 {count:,} 人。"

    @object_action(
        description="添加议题",
        permission="congress.change_session",
        form=ItemForm,
        offered=lambda sitting: sitting.agenda_changes,
        icon="add",
    )
    def add_item(self, _request: HttpRequest, subject: Sitting, kind: str, two_thirds: str, **data: Any) -> str:
        share = (2, 3, Bound(two_thirds)) if two_thirds else None
        item = agenda.add_item(sitting=subject, kind=AgendaKind(kind), majority=share, **data)
        return f"{item.position}．{item.title}"

    @object_action(
        description="发布全部文件",
        permission="congress.change_session",
        confirmation=lambda *_args: "发布后，代表即可在手机上阅读。",
        offered=lambda sitting: sitting.agenda.filter(
            documents__isnull=False, documents__published_on__isnull=True
        ).exists(),
        icon="visibility",
    )
    def publish(self, _request: HttpRequest, subject: Sitting) -> str:
        return f"已发布 {agenda.publish_documents(sitting=subject):,} 份文件。"

    @object_action(
        description="撰写资格审查报告",
        permission="congress.run_session",
        form=CredentialsForm,
        initial=_report,
        confirmation=_objections,
        offered=_running,
        icon="fact_check",
    )
    def examine(self, request: HttpRequest, subject: Sitting, examined_on: dt.date, text: str) -> str:
        credentials.write_report(sitting=subject, examined_on=examined_on, text=text, actor=account_of(request))
        return "资格审查报告已保存。"

    @object_action(
        description="打印签到表",
        permission="congress.view_rollentry",
        offered=_drawn,
        icon="print",
    )
    def print_sheet(self, request: HttpRequest, subject: Sitting) -> HttpResponseBase:
        asked, lines = {"row": subject.pk}, counted(subject.roll.all())
        answer: HttpResponseBase = give(
            request, key=SHEET, asked=asked, title=f"签到表：{subject}", rows=lines, at_once=LINES_AT_ONCE
        )
        return answer

    @object_action(
        description="增加列席人员",
        permission="congress.run_session",
        form=PersonForm,
        offered=lambda sitting: _running(sitting) and _drawn(sitting),
        icon="person_add",
    )
    def add_guest(self, _request: HttpRequest, subject: Sitting, person: Person) -> str:
        entry = roll.add_guest(sitting=subject, person=person)
        return f"{entry.person}列席，无表决权。"
