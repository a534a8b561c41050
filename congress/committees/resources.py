"""The lists of committees' members and of their meetings with what they reviewed."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from congress.committees.enums import CommitteeKind, CommitteePost, Handling
from congress.committees.models import CommitteeSeat, Meeting, ReviewedDocument
from members.people.models import Person
from members.people.resources import OPTIONAL_NAME, STAFF_NUMBER
from union_portal.base.importing.checked import ChildList
from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import column_of
from union_portal.base.importing.rows import Row
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.ordinals import Ordinal
from union_portal.base.spreadsheets.parsers import Choice
from union_portal.base.spreadsheets.several import Titles

_KINDS = {
    CommitteeKind.UNION: ("校工会委员会",),
    CommitteeKind.EXECUTIVE: ("执行委员会", "执委会"),
    CommitteeKind.PROPOSAL: ("提案委员会",),
    CommitteeKind.WOMEN: ("女工委员会", "女教职工委员会"),
    CommitteeKind.FINANCE_REVIEW: ("经审会", "经审委"),
}
_WORDS: dict[str, dict[str, Any]] = {"kind": {word: kind for kind, words in _KINDS.items() for word in words}}
_NAMED = {"committee": ("委员会名称",), "kind": ("委员会类别",), "began_on": ("届期开始", "成立日期")}
_NAMED["ends_on"] = ("届期结束", "届满日期")


class OfCommittee(ChildList):
    """Rows of the committee that was in office on their day, the earliest first: many lists begin with the last."""

    day: ClassVar[str]
    parent = "committee"
    words: ClassVar[Mapping[str, Mapping[str, Any]]] = _WORDS

    def choose(self, row: Row, found: Sequence[Any]) -> Any:
        day = row.values.get(self.day)
        standing = [one for one in found if day and one.in_office(on=day)]
        return max(standing, key=lambda one: one.began_on, default=None)

    def begun(self, row: Row, found: Sequence[Any]) -> dict[str, Any]:
        """Begin with the year, after the term before it, and end before the one that follows."""
        day, one_day = row.values[self.day], dt.timedelta(days=1)
        before = [one.ends_on + one_day for one in found if one.ends_on and one.ends_on < day]
        later = [one.began_on - one_day for one in found if one.began_on > day]
        return {"began_on": max([day.replace(month=1, day=1), *before]), "ends_on": min(later, default=None)}

    def check_rows(self, rows: Sequence[Row]) -> None:
        super().check_rows(self._by_day(rows))

    def save_rows(self, rows: Sequence[Row]) -> None:
        super().save_rows(self._by_day(rows))

    def _by_day(self, rows: Sequence[Row]) -> list[Row]:
        return sorted(rows, key=lambda row: row.values.get(self.day) or dt.date.min)


@register_kind
class CommitteeMemberList(OfCommittee):
    model, name, key, order = CommitteeSeat, "committee_members", ("committee", "person", "valid_from"), 81
    in_order = ("valid_from", "pk")
    permission, day, about = "congress.import_committee", "valid_from", ("kind", "began_on", "ends_on")
    fields_in_order = ("committee", "person", "post", "valid_from", "valid_to", "by_election", "document")
    extra = (replace(OPTIONAL_NAME, attribute=None),)
    synonyms = _NAMED | {
        "person": ("工号", *STAFF_NUMBER.synonyms),
        "post": ("委员会职务",),
        "valid_from": ("任职日期", "开始日期"),
        "valid_to": ("离任日期", "结束日期", "免职日期"),
        "by_election": ("是否补选",),
        "document": ("批复文号", "文号", "文件"),
    }
    words = _WORDS | {
        "post": dict.fromkeys(("主任", "主任委员", "召集人"), CommitteePost.CHAIR)
        | dict.fromkeys(("副主任", "副主任委员"), CommitteePost.VICE_CHAIR)
        | {"秘书长": CommitteePost.SECRETARY, "成员": CommitteePost.MEMBER}
    }

    def load_current(self, rows: Sequence[Row]) -> None:
        super().load_current(rows)
        names = dict(Person.objects.filter(pk__in=[row.get("person") for row in rows]).values_list("pk", "name"))
        for row in rows:
            if row.values.pop("name", None) not in (None, names.get(row.get("person"))):
                row.fault("name", "名册中这个工号是另一个人")


@register_kind
class MeetingList(OfCommittee):
    model, name, key, order = Meeting, "meetings", ("committee", "held_on", "title"), 82
    day, about, in_order = "held_on", ("kind",), ("held_on", "pk")
    fields_in_order = ("committee", "held_on", "number", "title", "place", "due", "present", "decisions", "minutes")
    extra = (
        column_of(Meeting, "number", "会议编号 第几次", parser=Ordinal()),
        Column(key="documents", label="审议文件", synonyms=("文件", "审议事项"), parser=Titles(), attribute=None),
        Column(key="handling", label="审议方式", synonyms=("处理",), parser=Choice(Handling), attribute=None),
    )
    synonyms = _NAMED | {
        "held_on": ("日期", "召开日期", "会议日期"),
        "title": ("会议名称", "名称", "次数"),
        "due": ("应到",),
        "present": ("实到",),
        "decisions": ("决定事项", "决议", "会议决定"),
        "minutes": ("会议纪要", "纪要"),
    }

    def related_export(self, instances: Sequence[Any]) -> Mapping[Any, Mapping[str, Any]]:
        told, reviewed = super().related_export(instances), _reviewed([one.pk for one in instances])
        return {
            pk: {**about, "documents": tuple(reviewed[pk]), "handling": _one_way(reviewed[pk].values())}
            for pk, about in told.items()
        }

    def load_current(self, rows: Sequence[Row]) -> None:
        super().load_current(rows)
        there = _reviewed([row.pk for row in rows if row.pk])
        for row in rows:
            if row.current is not None:
                told, kept = row.values.get("documents") or (), there[row.pk]
                row.current["documents"] = told if set(told) <= set(kept) else tuple(kept)
                row.current["handling"] = _one_way(kept.get(title) for title in told or kept)

    def save_row(self, row: Row) -> None:
        super().save_row(row)
        way = {"handling": row.values["handling"]} if row.values.get("handling") else {}
        for title in row.values.get("documents") or ():
            ReviewedDocument.objects.update_or_create(meeting_id=row.pk, title=title, defaults=way)


def _reviewed(meetings: Collection[Any]) -> dict[Any, dict[str, str]]:
    """Return by meeting the documents it reviewed, each with how."""
    found: dict[Any, dict[str, str]] = {pk: {} for pk in meetings}
    for one in ReviewedDocument.objects.filter(meeting__in=meetings).order_by("pk"):
        found[one.meeting_id][one.title] = one.handling
    return found


def _one_way(handled: Iterable[str | None]) -> str | None:
    """Return how all were reviewed, or None where one was another way than the others."""
    ways = set(handled)
    return ways.pop() if len(ways) == 1 else None
