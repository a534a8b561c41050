"""The list of meetings with their documents."""

from collections.abc import Sequence
from typing import Any

from congress.bodies.resources import PERMISSION
from congress.committees.enums import CommitteeKind, Handling
from congress.committees.models import Committee, Meeting
from congress.committees.services import Paper, hold_meeting
from congress.departments.resources import TITLE_MARKS
from union_portal.base.errors import DomainError
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Choice, Integer, Parser, Raw, Text

HANDLINGS = Choice({Handling.HEARD: "听取", Handling.REVIEWED: "审议", Handling.PASSED: "通过"})
COMMITTEES = Choice(
    CommitteeKind,
    synonyms=dict.fromkeys(("工会委员会", "校工会委员会"), CommitteeKind.UNION)
    | dict.fromkeys(("教代会执行委员会", "执行委员会", "执委会"), CommitteeKind.EXECUTIVE)
    | dict.fromkeys(("提案工作委员会", "提案委员会"), CommitteeKind.PROPOSAL)
    | dict.fromkeys(("女工委员会", "女教职工委员会"), CommitteeKind.WOMEN)
    | dict.fromkeys(("经费审查委员会", "经审会", "经审委"), CommitteeKind.FINANCE_REVIEW),
)


class Titles(Parser):
    """Titles in one cell, separated by 、 or a line break; book marks keep what they enclose together."""

    def parse(self, raw: Raw) -> tuple[str, ...]:
        """Return the titles without book marks, each once, in their order."""
        text, found, inside = str(raw), [""], False
        for character in text:
            if character == "《":
                inside = True
            elif character == "》":
                inside = False
            elif not inside and character.translate(TITLE_MARKS) == "、":
                found.append("")
            else:
                found[-1] += character
        return tuple(dict.fromkeys(title.strip() for title in found if title.strip()))

    def show(self, value: Any) -> str:
        """Return the titles in one line."""
        return "、".join(value or ())


@register_kind
class MeetingResource(RowResource):
    """Meetings by committee, day and title; a committee not yet recorded is made when its kind is told."""

    kind = ImportKind(
        key="meetings",
        label="委员会会议",
        columns=(
            Column(key="committee", label="委员会", synonyms=("委员会名称",), parser=Text(longest=100), required=True),
            Column(
                key="kind",
                label="委员会类别",
                synonyms=("类别",),
                parser=COMMITTEES,
                example="工会委员会",
                help="尚未登记的委员会须填写",
            ),
            Column(key="held_on", label="日期", synonyms=("召开日期", "会议日期"), parser=Date(), required=True),
            Column(key="title", label="会议名称", synonyms=("名称", "次数"), parser=Text(longest=200)),
            Column(key="place", label="地点", parser=Text(longest=100)),
            Column(key="due", label="应到", synonyms=("应到人数",), parser=Integer(least=0)),
            Column(key="present", label="实到", synonyms=("实到人数",), parser=Integer(least=0)),
            Column(
                key="documents",
                label="审议文件",
                synonyms=("文件", "审议事项"),
                parser=Titles(),
                example="《师德师风建设办法》、《年度经费预算》",
            ),
            Column(key="handling", label="处理", synonyms=("审议方式",), parser=HANDLINGS, example="审议"),
            Column(key="decisions", label="决定事项", synonyms=("决议", "会议决定")),
            Column(key="minutes", label="会议纪要", synonyms=("纪要",)),
        ),
        permission=PERMISSION,
        order=82,
    )
    key_columns = ("committee", "held_on", "title")
    label_columns = ("committee", "held_on", "title")

    class Meta:
        model = Meeting

    def load_current(self, rows: Sequence[Row]) -> None:
        """A meeting without a name has the empty one."""
        for row in rows:
            row.values.setdefault("title", "")
        super().load_current(rows)

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find the meetings recorded already."""
        known = Meeting.objects.filter(held_on__in={row.values["held_on"] for row in rows}).select_related("committee")
        found = {(one.committee.name, one.held_on, one.title): one for one in known}
        for row in rows:
            one = found.get(tuple(row.values[key] for key in self.key_columns))
            if one is not None:
                row.pk, row.current = one.pk, dict(row.values)

    def save_row(self, row: Row) -> None:
        """Record the meeting with its documents."""
        value = row.values.get
        handling = Handling(value("handling") or Handling.REVIEWED)
        row.pk = hold_meeting(
            committee=self._committee(row),
            held_on=row.values["held_on"],
            actor=self.actor,
            title=value("title") or "",
            place=value("place") or "",
            present=value("present"),
            due=value("due"),
            minutes=value("minutes") or "",
            decisions=value("decisions") or "",
            papers=[Paper(title=title, handling=handling) for title in value("documents") or ()],
        ).pk

    @staticmethod
    def _committee(row: Row) -> Committee:
        name = row.values["committee"]
        found: Committee | None = Committee.objects.filter(name=name).order_by("-began_on").first()
        if found is not None:
            return found
        if row.values.get("kind") is None:
            raise DomainError("该委员会尚未登记，请填写委员会类别。", field="kind")
        made: Committee = Committee.objects.create(
            kind=row.values["kind"], name=name, began_on=row.values["held_on"].replace(month=1, day=1)
        )
        return made
