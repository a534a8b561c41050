"""The lists of sessions and of their agendas."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db.models import Model
from django.utils import timezone

from congress.bodies.enums import Body
from congress.bodies.resources import BODIES, BRANCH, PERMISSION, terms
from congress.sessions.enums import AgendaKind, AgendaOutcome, SessionKind
from congress.sessions.models import AgendaItem, Session, Sitting
from congress.sessions.resources.naming import session_parser
from congress.sessions.services import agenda, sessions
from members.branches.resources import branch_parser
from union_portal.base.errors import Refused
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.lists import column_of
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.ordinals import Ordinal
from union_portal.base.spreadsheets.parsers import Choice, Integer, some_of, spoken
from union_portal.base.steps import saved

# The source of a session whose list names none.
_UNNAMED = "导入清单"
# What a list changes of a session that is recorded.
_CHANGEABLE = ("kind", "ends_on", "place", "source")
# And of each body that sat in one recorded afterwards.
_COUNTED = ("number", "due", "present")
BODY_WORDS = ((Body.STAFF, "staff", "教代会"), (Body.UNION, "union", "工代会"))
_KINDS = spoken(
    {
        SessionKind.REGULAR: "年度会议 年会 例会",
        SessionKind.SPECIAL: "专题会议 临时会议",
        SessionKind.ELECTION: "换届选举",
    }
)
_ITEMS = Choice(
    AgendaKind,
    synonyms=dict.fromkeys(("通过", "表决"), AgendaKind.PASS)
    | {"讨论": AgendaKind.REVIEW, "报告": AgendaKind.HEAR, "其他": AgendaKind.OTHER},
)
_OUTCOMES = Choice(
    some_of(*(one for one in AgendaOutcome if one != AgendaOutcome.PENDING)),
    synonyms={"听取": AgendaOutcome.HEARD, "审议": AgendaOutcome.REVIEWED}
    | dict.fromkeys(("通过", "表决通过"), AgendaOutcome.PASSED)
    | {"撤销": AgendaOutcome.WITHDRAWN},
)


@register_kind
class SessionResource(RowResource):
    """次会议 by day and title; one row names the staff congress, the union congress, or both."""

    kind = ImportKind(
        key="sessions",
        label="会议",
        columns=(
            column_of(Session, "title", "名称", help="留空按届次生成"),
            column_of(Session, "convened_on", "日期 会议日期", required=True),
            column_of(Session, "ends_on"),
            column_of(Session, "kind", "类型 类别", words=_KINDS, example="年度例会"),
            column_of(Session, "place", "会议地点"),
            BRANCH,
            *(
                column
                for _body, key, word in BODY_WORDS
                for column in (
                    Column(key=f"{key}_term", label=f"{word}届次", synonyms=(f"{word}届",), parser=Ordinal()),
                    Column(key=f"{key}_number", label=f"{word}次数", synonyms=(f"{word}次",), parser=Ordinal()),
                    Column(key=f"{key}_due", label=f"{word}应到", parser=Integer(least=1)),
                    Column(key=f"{key}_present", label=f"{word}实到", parser=Integer(least=0)),
                )
            ),
            column_of(Session, "source", "资料来源 依据"),
        ),
        permission=PERMISSION,
        order=70,
        help="请先登记届次。未来日期按召集处理，过去日期按补录处理。",
    )
    key_columns = ("convened_on", "title")
    label_columns = ("title", "convened_on")

    class Meta:
        model = Session

    def prepare(self) -> None:
        self.parsers["branch"] = branch_parser(on=timezone.localdate())
        self.terms = terms()

    def load_current(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if not row.values.get("title"):
                parts = self._parts(row)
                row.values["title"] = sessions.title_of(parts) if parts else ""
        super().load_current(rows)

    def current_values(self, rows: Sequence[Row]) -> None:
        days = {row.values["convened_on"] for row in rows}
        known = Session.objects.filter(convened_on__in=days).prefetch_related("sittings__congress")
        found = {(one.convened_on, one.title): one for one in known}
        self.recorded: set[int] = {one.pk for one in known if one.recorded}
        for row in rows:
            one = found.get((row.values["convened_on"], row.values["title"]))
            if one is not None:
                row.pk, row.current = one.pk, _stored(one)

    def identities(self) -> Iterator[dict[str, Any]]:
        for title, day in Session.objects.order_by("convened_on", "pk").values_list("title", "convened_on"):
            yield {"title": title, "convened_on": day}

    def whole(self) -> Iterator[list[Any]]:
        """Name for what is over a source, as every session that a list brings has one."""
        places, today = {key: place for place, key in enumerate(self.columns)}, timezone.localdate()
        for cells in super().whole():
            if not cells[places["source"]] and cells[places["convened_on"]] <= today:
                cells[places["source"]] = _UNNAMED
            yield cells

    def cancel_made(self, *, model: type[Model], keys: Collection[Any], why: str) -> None:
        """Let what the bodies sat for count as not held: their steps are logged, so that the sessions stay."""
        if model is not Sitting:
            super().cancel_made(model=model, keys=keys, why=why)
        sessions.take_back_sittings(sittings=Sitting.objects.filter(pk__in=keys), actor=self.actor, why=why)

    def _parts(self, row: Row) -> list[sessions.Part]:
        value = row.values.get
        named = [
            (key, self.terms.get((body, value(f"{key}_term", 0), value("branch")))) for body, key, _word in BODY_WORDS
        ]
        return [
            sessions.Part(term, value(f"{key}_number"), value(f"{key}_due"), value(f"{key}_present"))
            for key, term in named
            if term is not None
        ]

    def clean_row(self, row: Row) -> None:
        named = [key for _body, key, _word in BODY_WORDS if row.get(f"{key}_term")]
        if not named:
            row.fault("staff_term", "请填写教代会届次、工代会届次，双代会两项都填")
        for body, key, _word in BODY_WORDS:
            number = row.values.get(f"{key}_term")
            if number and (body, number, row.get("branch")) not in self.terms:
                row.fault(f"{key}_term", "该届次尚未登记，请先登记届次")
        for key in row.changed_keys() if row.current is not None else ():
            sat, _mark, name = key.partition("_")
            counted = name in _COUNTED and row.pk in self.recorded and (row.current or {}).get(f"{sat}_term")
            if key not in _CHANGEABLE and not counted:
                row.fault(key, "会议已登记，请在会议的页面上更正")

    def save_row(self, row: Row) -> None:
        if not row.is_new:
            self._correct(row)
            return
        day = row.values["convened_on"]
        said = {name: row.values[name] for name in ("title", "ends_on", "place") if row.values.get(name)}
        kind = SessionKind(row.values.get("kind") or SessionKind.REGULAR)
        if day > timezone.localdate():
            made = sessions.convene(parts=self._parts(row), convened_on=day, kind=kind, actor=self.actor, **said)
        else:
            said["source"] = row.values.get("source") or _UNNAMED
            made = sessions.record_session(parts=self._parts(row), convened_on=day, kind=kind, actor=self.actor, **said)
        row.pk = made.pk

    @staticmethod
    def _correct(row: Row) -> None:
        """Change what a list says otherwise of a recorded session, and of the bodies that sat in it."""
        session, changed = Session.objects.get(pk=row.pk), row.changed_keys()
        told = {key: row.values[key] for key in changed if key in _CHANGEABLE}
        empty = {"place": "", "source": "", "kind": session.kind}
        if told:
            changes = {key: empty.get(key) if value is None else value for key, value in told.items()}
            session = sessions.change_session(session=session, **changes)
        for body, key, _word in BODY_WORDS:
            numbers = {name: row.values[f"{key}_{name}"] for name in _COUNTED if f"{key}_{name}" in changed}
            if numbers:
                sessions.correct_recorded(session=session, body=body, **numbers)


def _stored(session: Session) -> dict[str, Any]:
    """Return what the register says of a session, as a row of a list does."""
    stored: dict[str, Any] = {name: getattr(session, name) or None for name in ("title", "convened_on", *_CHANGEABLE)}
    for sitting in session.sittings.all():
        key = next(key for body, key, _word in BODY_WORDS if body == sitting.congress.body)
        stored |= {f"{key}_{name}": getattr(sitting, name) for name in _COUNTED}
        stored |= {f"{key}_term": sitting.congress.number, "branch": sitting.congress.branch_id}
    return stored


@register_kind
class AgendaResource(RowResource):
    """议题 by session and title."""

    kind = ImportKind(
        key="agenda",
        label="议程",
        columns=(
            Column(key="session", label="会议名称", synonyms=("会议", "次会议"), required=True),
            Column(key="body", label="大会", synonyms=("大会类别",), parser=BODIES, help="双代会须填写"),
            column_of(AgendaItem, "position", "顺序", parser=Integer(least=1)),
            column_of(AgendaItem, "kind", "类型 审议方式 议题类型", parser=_ITEMS, required=True, example="听取"),
            column_of(AgendaItem, "title", "事项 名称 标题", required=True),
            column_of(AgendaItem, "presenter"),
            Column(key="outcome", label="结果", synonyms=("审议结果",), parser=_OUTCOMES),
        ),
        permission=PERMISSION,
        order=72,
        help="请先登记会议。",
    )
    key_columns = ("session", "title")
    label_columns = ("session", "title")

    class Meta:
        model = AgendaItem

    def prepare(self) -> None:
        self.parsers["session"] = session_parser(Session.objects.all())
        self.sittings: dict[int, list[Sitting]] = {}
        for one in Sitting.objects.select_related("congress", "session"):
            self.sittings.setdefault(one.session_id, []).append(one)

    def current_values(self, rows: Sequence[Row]) -> None:
        items = AgendaItem.objects.filter(sitting__session__in={row.values["session"] for row in rows})
        found = {(one.sitting.session_id, one.title): one for one in items.select_related("sitting")}
        for row in rows:
            one = found.get((row.values["session"], row.values["title"]))
            if one is not None:
                outcome = None if one.outcome == AgendaOutcome.PENDING else one.outcome
                stored = {"outcome": outcome, "kind": one.kind, "presenter": one.presenter or None}
                stored |= {"position": one.position}
                row.pk, row.current = one.pk, {**row.values, **stored}

    def identities(self) -> Iterator[dict[str, Any]]:
        items = AgendaItem.objects.order_by("sitting__session__convened_on", "sitting", "position")
        for one in items.select_related("sitting__congress"):
            yield {"session": one.sitting.session_id, "body": one.sitting.congress.body, "title": one.title}

    def _sitting(self, row: Row) -> Sitting | None:
        body = row.values.get("body")
        fitting = [
            one for one in self.sittings.get(row.values.get("session", 0), []) if body in (None, one.congress.body)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def clean_row(self, row: Row) -> None:
        if row.values.get("session") is not None and self._sitting(row) is None:
            row.fault("body", "请填写机构：该会议没有登记机构，或由多个机构共同召开")

    def save_row(self, row: Row) -> None:
        sitting = self._sitting(row)
        if not row.is_new:
            item = AgendaItem.objects.get(pk=row.pk)
            self._reword(item, row)
        elif sitting is not None:
            item = agenda.add_item(
                sitting=sitting,
                kind=AgendaKind(row.values["kind"]),
                title=row.values["title"],
                presenter=row.values.get("presenter") or "",
                position=row.values.get("position"),
            )
        else:
            return
        if row.values.get("outcome") and row.values["outcome"] != item.outcome:
            agenda.settle_item(item=item, outcome=AgendaOutcome(row.values["outcome"]))
        row.pk = item.pk

    @staticmethod
    def _reword(item: AgendaItem, row: Row) -> None:
        """Change an item's kind and presenter; what was decided keeps its words."""
        changed: list[str] = [key for key in ("kind", "presenter", "position") if key in row.changed_keys()]
        if changed and changed != ["position"] and item.outcome != AgendaOutcome.PENDING:
            raise Refused("议题已有结果，不再改动。", field=changed[0])
        for key in changed:
            setattr(item, key, row.values[key] or ("" if key == "presenter" else getattr(item, key)))
        if changed:
            saved(item, fields=changed)
