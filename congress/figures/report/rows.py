"""The rows behind the congress's figures."""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from congress.awards.enums import AwardKind
from congress.awards.models import Award
from congress.bodies.enums import Body
from congress.committees.models import Meeting, ReviewedDocument
from congress.delegates.models import Delegate
from congress.figures.report.vocabulary import DELEGATES, RATIOS, split
from congress.handling.enums import Grade
from congress.handling.models import Assignment
from congress.inspections.models import Inspection
from congress.proposals.enums import Outcome, ProposalState
from congress.proposals.models import Proposal
from congress.ratings.querysets import with_account
from congress.regulations.enums import RegulationAct
from congress.regulations.models import RegulationVersion
from congress.sessions.enums import SittingState
from congress.sessions.models import AgendaItem, Sitting
from congress.suggestions.enums import SuggestionState
from congress.suggestions.models import Suggestion, SuggestionDrive
from union_portal.base.figures import FigureRequest, Rows

_REVIEWED = (Outcome.FILED, Outcome.PASSED_ON, Outcome.DECLINED)


def rows(request: FigureRequest) -> Rows:
    """Return the records that the figure counted."""
    stem, part = split(request.kinds[0])
    head = stem.partition(".")[0]
    return _FINDERS[head](request, stem, part)


def _of_body(records: "QuerySet[Any]", path: str, part: str) -> "QuerySet[Any]":
    records = records.filter(**{f"{path}congress__branch__isnull": True})
    return records.filter(**{f"{path}congress__body": part}) if part else records


def _days(request: FigureRequest) -> tuple[Any, Any]:
    return request.period.start, request.period.end


def _worded(path: str, choices: Any) -> Case:
    """Return the column with its words instead of its codes."""
    return Case(
        *(When(**{path: value}, then=Value(str(label))) for value, label in choices.choices), output_field=CharField()
    )


def _sessions(request: FigureRequest, stem: str, part: str) -> Rows:
    held: QuerySet[Any] = Sitting.objects.filter(
        state__in=[SittingState.OPEN, SittingState.CLOSED], session__convened_on__range=_days(request)
    )
    held = _of_body(held, "", part) if stem == "sessions" else held.filter(congress__branch__isnull=False)
    return Rows(
        ("日期", "会议", "民主管理", "届内次数", "来源"),
        held.order_by("session__convened_on", "pk").values_list(
            "session__convened_on", "session__title", _worded("congress__body", Body), "number", "session__source"
        ),
    )


def _agenda(request: FigureRequest, stem: str, part: str) -> Rows:
    items = AgendaItem.objects.filter(
        outcome=stem.partition(".")[2], sitting__session__convened_on__range=_days(request)
    )
    return Rows(
        ("日期", "会议", "议题", "报告人"),
        _of_body(items, "sitting__", part)
        .order_by("sitting__session__convened_on", "sitting", "position")
        .values_list("sitting__session__convened_on", "sitting__session__title", "title", "presenter"),
    )


def standing(stem: str) -> Q:
    """Return the condition that a proposal is counted by the kind; see `with_account` for what it needs."""
    name = stem.partition(".")[2]
    due = Q(outcome=Outcome.FILED, due_on__isnull=False) & (Q(answered=True) | Q(due_on__lt=timezone.localdate()))
    conditions: dict[str, Q] = {
        "collected": Q(),
        "reviewed": Q(outcome__in=_REVIEWED),
        "undecided": Q(outcome=Outcome.UNDECIDED, recorded=False),
        "answered": Q(answered=True),
        "due": due,
        "on_time": due & Q(on_time=True),
        "unrated": Q(answered=True, grade__isnull=True),
    }
    if name in conditions:
        return conditions[name]
    return Q(grade=name) if name in Grade else Q(outcome=name)


def _proposals(request: FigureRequest, stem: str, part: str) -> Rows:
    wanted = RATIOS[stem].below if stem in RATIOS else (stem,)
    condition = Q(pk__in=[])
    for one in wanted:
        condition |= standing(one)
    if "proposals.collected" in wanted:
        condition = Q()
    found = with_account(Proposal.objects.collected()).filter(
        condition, drive__session__convened_on__range=_days(request)
    )
    return Rows(
        (
            "编号",
            "案由",
            "会议",
            "类别",
            "主办部门",
            "答复期限",
            "答复日期",
            "满意度",
        ),
        _of_body(found, "", part)
        .order_by("drive__session__convened_on", "number")
        .values_list(
            "number",
            "title",
            "drive__session__title",
            "category__name",
            "lead",
            "due_on",
            "replied_on",
            _worded("grade", Grade),
        ),
    )


def _delegates(request: FigureRequest, _stem: str, part: str) -> Rows:
    mandates = _of_body(Delegate.objects.voting().in_force(on=request.period.end), "", part)
    return Rows(
        ("工号", "姓名", "代表团", "起始日期"),
        mandates.order_by("congress", "person__pinyin_key", "pk").values_list(
            "person__staff_number", "person__name", "delegation__name", "valid_from"
        ),
    )


def _suggestions(request: FigureRequest, stem: str, part: str) -> Rows:
    days = {"suggestions": "collected_on"}.get(stem, "answered_on")
    found = Suggestion.objects.filter(**{f"{days}__range": _days(request)})
    if stem != "suggestions":
        found = found.filter(state=SuggestionState.ANSWERED)
    if stem == "suggestions_published":
        found = found.filter(published=True)
    if part:
        found = found.filter(source=part)
    columns = ("collected_on", "title", "department__name", "answered_on")
    records: QuerySet[Any] = found.order_by().values_list(*columns)
    if stem != "suggestions_published":
        records = records.union(_advice(request, stem, part), all=True)
    return Rows(("收集日期", "标题", "承办部门", "答复日期"), records.order_by("collected_on", "title"))


def _advice(request: FigureRequest, stem: str, part: str) -> "QuerySet[Any]":
    """Return what was passed on or came late, in the columns of suggestions."""
    found = Proposal.objects.advice().annotate(collected_on=TruncDate("submitted_at"))
    if stem == "suggestions":
        found = found.filter(collected_on__range=_days(request))
    else:
        found = found.filter(state=ProposalState.ADVISED, answered_on__range=_days(request))
    if part:
        found = found.filter(outcome=part)
    rows: QuerySet[Any] = found.order_by().annotate(led=Assignment.objects.lead_names())
    return rows.values_list("collected_on", "title", "led", "answered_on")


def _drives(request: FigureRequest, _stem: str, _part: str) -> Rows:
    found = SuggestionDrive.objects.filter(opens_on__range=_days(request)).order_by("opens_on", "pk")
    return Rows(("标题", "开始日期", "截止日期"), found.values_list("title", "opens_on", "closes_on"))


def _inspections(request: FigureRequest, _stem: str, _part: str) -> Rows:
    found = Inspection.objects.filter(held_on__range=_days(request)).order_by("held_on", "pk")
    return Rows(
        ("举行日期", "标题", "地点", "参加人数"),
        found.values_list("held_on", "title", "places", "heads"),
    )


def _meetings(request: FigureRequest, _stem: str, part: str) -> Rows:
    found = Meeting.objects.filter(held_on__range=_days(request), committee__branch__isnull=True)
    if part:
        found = found.filter(committee__kind=part)
    return Rows(
        ("举行日期", "委员会", "标题", "应到人数", "实到人数"),
        found.order_by("held_on", "pk").values_list("held_on", "committee__name", "title", "due", "present"),
    )


def _documents(request: FigureRequest, _stem: str, part: str) -> Rows:
    found = ReviewedDocument.objects.filter(
        meeting__held_on__range=_days(request), meeting__committee__branch__isnull=True
    )
    if part:
        found = found.filter(meeting__committee__kind=part)
    return Rows(
        ("举行日期", "委员会", "标题"),
        found.order_by("meeting__held_on", "pk").values_list("meeting__held_on", "meeting__committee__name", "title"),
    )


def _regulations(request: FigureRequest, stem: str, part: str) -> Rows:
    found = RegulationVersion.objects.filter(on__range=_days(request))
    repealed = Q(act=RegulationAct.REPEALED)
    found = found.filter(repealed) if stem == "regulations_repealed" else found.exclude(repealed)
    if part:
        found = found.filter(act=part)
    return Rows(
        ("日期", "标题", "处理方式", "文号", "决定机构"),
        found.order_by("on", "pk").values_list(
            "on", "regulation__title", _worded("act", RegulationAct), "number", "decided_by"
        ),
    )


def _awards(request: FigureRequest, _stem: str, part: str) -> Rows:
    found = Award.objects.filter(awarded_on__range=_days(request))
    if part:
        found = found.filter(kind=part)
    return Rows(
        ("表彰日期", "表彰类别", "提案", "承办部门", "表彰理由"),
        found.order_by("awarded_on", "kind", "pk").values_list(
            "awarded_on", _worded("kind", AwardKind), "proposal__title", "department__name", "grounds"
        ),
    )


_FINDERS: dict[str, Callable[[FigureRequest, str, str], Rows]] = {
    DELEGATES: _delegates,
    "sessions": _sessions,
    "branch_sessions": _sessions,
    "agenda": _agenda,
    "titles": _agenda,
    "proposals": _proposals,
    "suggestions": _suggestions,
    "suggestions_answered": _suggestions,
    "suggestions_published": _suggestions,
    "suggestion_drives": _drives,
    "inspections": _inspections,
    "meetings": _meetings,
    "documents": _documents,
    "regulations": _regulations,
    "regulations_repealed": _regulations,
    "awards": _awards,
}
