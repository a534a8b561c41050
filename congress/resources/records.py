"""Meetings with what they reviewed, regulations, inspections and suggestion drives, by list."""

from collections.abc import Sequence

from congress.enums import Handling
from congress.models import Committee, Inspection, Meeting, RegulationVersion, SuggestionDrive
from congress.resources.words import ACTS, COMMITTEES, HANDLINGS, Titles
from congress.services.committees import Paper, hold_meeting
from congress.services.regulations import enact
from union_portal.base.errors import DomainError
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Integer, Text

PERMISSION = "congress.import_congress"


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


@register_kind
class RegulationResource(RowResource):
    """What was done to regulations, by title, act and day."""

    kind = ImportKind(
        key="regulations",
        label="规章制度",
        columns=(
            Column(
                key="title", label="制度名称", synonyms=("名称", "规章制度"), parser=Text(longest=200), required=True
            ),
            Column(key="act", label="动作", synonyms=("制定修订", "方式"), parser=ACTS, required=True, example="修订"),
            Column(key="on", label="日期", synonyms=("通过日期", "印发日期", "施行日期"), parser=Date(), required=True),
            Column(key="number", label="文号", parser=Text(longest=64)),
            Column(key="decided_by", label="决定机构", synonyms=("通过机构",), parser=Text(longest=100)),
            Column(key="keeper", label="主管部门", synonyms=("保管部门",), parser=Text(longest=100)),
            Column(key="text", label="正文", synonyms=("全文",)),
        ),
        permission=PERMISSION,
        order=81,
    )
    key_columns = ("title", "act", "on")

    class Meta:
        model = RegulationVersion

    def load_current(self, rows: Sequence[Row]) -> None:
        """Titles are kept without book marks."""
        for row in rows:
            if row.values.get("title"):
                row.values["title"] = row.values["title"].strip("《》")
        super().load_current(rows)

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find the versions recorded already."""
        known = RegulationVersion.objects.filter(regulation__title__in={row.values["title"] for row in rows})
        named = known.values_list("pk", "regulation__title", "act", "on")
        found = {(title, act, day): pk for pk, title, act, day in named}
        for row in rows:
            pk = found.get((row.values["title"], row.values["act"], row.values["on"]))
            if pk is not None:
                row.pk, row.current = pk, dict(row.values)

    def save_row(self, row: Row) -> None:
        """Record the version; the regulation is made the first time."""
        value = row.values.get
        row.pk = enact(
            title=row.values["title"],
            act=row.values["act"],
            on=row.values["on"],
            text=value("text") or "",
            number=value("number") or "",
            decided_by=value("decided_by") or "",
            keeper=value("keeper") or "",
        ).pk


@register_kind
class InspectionResource(RowResource):
    """Inspections by delegates (代表巡视), by title and day."""

    kind = ImportKind(
        key="inspections",
        label="代表巡视",
        columns=(
            Column(key="title", label="巡视名称", synonyms=("名称", "主题"), parser=Text(longest=200), required=True),
            Column(key="held_on", label="日期", synonyms=("巡视日期", "开展日期"), parser=Date(), required=True),
            Column(key="number", label="届内次数", synonyms=("次数", "第几次"), parser=Integer(least=1)),
            Column(key="places", label="巡视地点", synonyms=("地点", "被巡视单位"), parser=Text(longest=300)),
            Column(key="heads", label="人数", synonyms=("参加人数",), parser=Integer(least=0)),
            Column(key="summary", label="巡视情况", synonyms=("情况", "发现与整改")),
        ),
        permission=PERMISSION,
        order=83,
    )
    key_columns = ("title", "held_on")

    class Meta:
        model = Inspection

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find the inspections recorded already."""
        known = Inspection.objects.filter(title__in={row.values["title"] for row in rows})
        found = {(title, day): pk for pk, title, day in known.values_list("pk", "title", "held_on")}
        for row in rows:
            pk = found.get((row.values["title"], row.values["held_on"]))
            if pk is not None:
                row.pk, row.current = pk, dict(row.values)

    def save_row(self, row: Row) -> None:
        """Record the inspection."""
        given = {key: value for key, value in row.values.items() if value is not None}
        row.pk = Inspection.objects.create(**given).pk


@register_kind
class SuggestionDriveResource(RowResource):
    """Suggestion drives (金点子), by title and first day."""

    kind = ImportKind(
        key="suggestion_drives",
        label="金点子征集",
        columns=(
            Column(key="title", label="活动名称", synonyms=("名称", "标题"), parser=Text(longest=100), required=True),
            Column(key="opens_on", label="开始日期", synonyms=("征集开始", "日期"), parser=Date(), required=True),
            Column(key="closes_on", label="结束日期", synonyms=("征集结束", "截止日期"), parser=Date(), required=True),
            Column(key="words", label="征集说明", synonyms=("说明",)),
        ),
        permission=PERMISSION,
        order=84,
    )
    key_columns = ("title", "opens_on")

    class Meta:
        model = SuggestionDrive

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find the drives recorded already."""
        known = SuggestionDrive.objects.filter(title__in={row.values["title"] for row in rows})
        found = {(title, day): pk for pk, title, day in known.values_list("pk", "title", "opens_on")}
        for row in rows:
            pk = found.get((row.values["title"], row.values["opens_on"]))
            if pk is not None:
                row.pk, row.current = pk, dict(row.values)

    def save_row(self, row: Row) -> None:
        """Record the drive."""
        given = {key: value for key, value in row.values.items() if value is not None}
        row.pk = SuggestionDrive.objects.create(**given).pk
