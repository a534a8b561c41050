"""The lists of suggestions and of their drives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from congress.bodies.resources import PERMISSION
from congress.handling.resources import KIND_WORDS, LIKELY_KINDS, keep_word
from congress.sessions.models import Session
from congress.sessions.resources import session_parser
from congress.suggestions.enums import OPEN, SuggestionSource, SuggestionState
from congress.suggestions.models import Suggestion, SuggestionDrive, SuggestionGroup
from members.people.resources import OPTIONAL_NAME, STAFF_NUMBER, people_by_number, person_of
from union_portal.base.importing.fields import Computed
from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from union_portal.base.importing.rows import Row
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.parsers import Text

_S = SuggestionSource


@register_kind
class SuggestionList(ModelList):
    """Suggestions by day, source and title; a group not yet recorded is made, a drive must be there."""

    model, name, key, order = Suggestion, "suggestions", ("title", "source", "collected_on"), 86
    permission, cancelled_by = PERMISSION, "annul"
    help = "填写了答复、答复类型或答复日期的视为已答复；填写了承办部门的视为已转办。"
    fields_in_order = (
        *("title", "text", "source", "collected_on", "session", "drive"),
        *("department", "due_on", "reply_kind", "answer", "answered_on", "published", "state"),
    )
    synonyms = {
        "title": ("意见建议", "事由", "建议"),
        "text": ("具体内容", "详细内容"),
        "collected_on": ("日期", "提出日期"),
        "session": ("届次", "会次"),
        "drive": ("征集活动", "金点子征集活动"),
        "department": ("部门",),
        "due_on": ("办理期限",),
        "reply_kind": ("办理结果",),
        "answer": ("答复内容", "办理情况"),
        "published": ("公开", "是否公开"),
    }
    likely: ClassVar[Mapping[str, Mapping[str, str]]] = {"reply_kind": LIKELY_KINDS}
    words = {
        "reply_kind": KIND_WORDS,
        "source": dict.fromkeys(("讨论", "代表团讨论", "小组讨论"), _S.DISCUSSION)
        | dict.fromkeys(("金点子", "征集", "合理化建议"), _S.DRIVE)
        | dict.fromkeys(("来信", "来访", "信箱", "主席信箱"), _S.LETTER)
        | {"提案转建议": _S.PASSED_ON},
    }
    extra = (
        Column(key="group", label="分组", attribute=None, synonyms=("归并组", "分类", "组"), parser=Text(longest=100)),
        replace(STAFF_NUMBER, attribute=None, required=False),
        replace(OPTIONAL_NAME, attribute=None),
    )
    computed = (Computed(("recorded",), ("title",), lambda _title: (True,)),)

    def prepare(self) -> None:
        """Know sessions by the words of their list, and let state and text be told by the other columns."""
        super().prepare()
        told = {column.key for column in self.present} | {"state", "text"}
        self.present = [column for column in self.kind.columns if column.key in told]
        self.parsers["session"] = session_parser(Session.objects.all())

    def whole(self) -> Iterator[list[Any]]:
        """Name sessions as an import reads them."""
        self.parsers["session"] = session_parser(Session.objects.all())
        return super().whole()

    def load_current(self, rows: Sequence[Row]) -> None:
        """Tell the state from what is filled in; what stands further already stays there."""
        super().load_current(rows)
        self.people = people_by_number(row.values["staff_number"] for row in rows if row.values.get("staff_number"))
        for row in rows:
            keep_word(row, key="reply_kind", beside="answer")
            told = self._told(row)
            if row.current is None:
                row.values["text"] = row.values.get("text") or row.values.get("title")
            if told and (row.current is None or row.current["state"] in OPEN):
                row.values.setdefault("state", told)
            if told != SuggestionState.ANSWERED and row.current is None:
                row.values["published"] = False

    @staticmethod
    def _told(row: Row) -> str:
        if any(row.values.get(name) for name in ("answer", "answered_on", "reply_kind")):
            return SuggestionState.ANSWERED
        return SuggestionState.SENT if row.values.get("department") else ""

    def clean_row(self, row: Row) -> None:
        """Refuse people nobody knows, also those named otherwise."""
        super().clean_row(row)
        person_of(row, self.people)

    def related_values(self, pks: Sequence[Any]) -> Mapping[Any, Mapping[str, Any]]:
        """Return groups and authors as the file names them."""
        names = ("group", "staff_number", "name")
        rows = Suggestion.objects.filter(pk__in=pks)
        found = rows.values_list("pk", "group__title", "author__staff_number", "author__name")
        return {pk: dict(zip(names, values, strict=True)) for pk, *values in found}

    def save_related(self, rows: Sequence[Row]) -> None:
        """Log births and moves; put each into its group, made where it is missing, and to its author."""
        super().save_related(rows)
        names = {row.values["group"] for row in rows if row.values.get("group")}
        groups = {one.title: one for one in SuggestionGroup.objects.filter(title__in=names).order_by("-pk")}
        made = SuggestionGroup.objects.bulk_create(SuggestionGroup(title=name) for name in sorted(names - set(groups)))
        groups |= {one.title: one for one in made}
        for column, field, known in (("group", "group", groups), ("staff_number", "author", self.people)):
            told = [row for row in rows if row.values.get(column) and column in row.changed_keys()]
            linked = [Suggestion(pk=row.pk, **{field: known[row.values[column]]}) for row in told]
            Suggestion.objects.bulk_update(linked, [field], batch_size=1000)


@register_kind
class SuggestionDriveList(ModelList):
    """Suggestion drives (金点子), by title and first day."""

    model, name, key, order = SuggestionDrive, "suggestion_drives", ("title", "opens_on"), 84
    permission = PERMISSION
    synonyms = {
        "title": ("活动名称", "名称"),
        "opens_on": ("征集开始", "日期"),
        "closes_on": ("结束日期", "征集结束"),
        "words": ("说明",),
    }
