"""The lists of suggestions and of their drives."""

from collections.abc import Sequence

from django.utils import timezone

from congress.bodies.resources import PERMISSION
from congress.departments.models import Department
from congress.sessions.models import Session
from congress.sessions.resources import session_parser
from congress.suggestions.enums import SuggestionSource
from congress.suggestions.models import Suggestion, SuggestionDrive, SuggestionGroup
from congress.suggestions.services.lists import Line, record_list
from members.people.resources import OPTIONAL_NAME, STAFF_NUMBER, people_by_number, person_of
from union_portal.base.errors import DomainError
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.resource import SaveRefused
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Boolean, Choice, Code, Text

SOURCES = Choice(
    {
        SuggestionSource.DISCUSSION: "分组讨论",
        SuggestionSource.DRIVE: "金点子征集",
        SuggestionSource.LETTER: "来信来访",
        SuggestionSource.LATE: "逾期提案",
        SuggestionSource.PASSED_ON: "提案转建议",
    },
    synonyms=dict.fromkeys(("讨论", "代表团讨论", "小组讨论"), SuggestionSource.DISCUSSION)
    | dict.fromkeys(("金点子", "征集", "合理化建议"), SuggestionSource.DRIVE)
    | dict.fromkeys(("来信", "来访", "信箱", "主席信箱"), SuggestionSource.LETTER),
)


@register_kind
class SuggestionResource(RowResource):
    """Suggestions by day, source and title; a group not yet recorded is made, a drive must be there."""

    kind = ImportKind(
        key="suggestions",
        label="意见建议",
        columns=(
            Column(
                key="title",
                label="标题",
                synonyms=("意见建议", "事由", "建议"),
                parser=Text(longest=100),
                required=True,
            ),
            Column(key="text", label="内容", synonyms=("具体内容", "详细内容")),
            Column(key="source", label="来源", parser=SOURCES, required=True, example="分组讨论"),
            Column(key="collected_on", label="日期", synonyms=("提出日期",), parser=Date(), required=True),
            Column(key="session", label="会议", synonyms=("届次", "会次")),
            Column(key="drive", label="征集活动", synonyms=("金点子征集活动",)),
            Column(key="group", label="归并组", synonyms=("分类", "组"), parser=Text(longest=100)),
            Column(key="staff_number", label="工号", synonyms=STAFF_NUMBER.synonyms, parser=Code(longest=32)),
            OPTIONAL_NAME,
            Column(key="department", label="承办部门", synonyms=("部门",)),
            Column(key="due_on", label="办理期限", synonyms=("答复期限",), parser=Date()),
            Column(key="answer", label="答复", synonyms=("答复内容", "办理情况")),
            Column(key="answered_on", label="答复日期", parser=Date()),
            Column(key="published", label="公开", synonyms=("是否公开",), parser=Boolean(), example="否"),
        ),
        permission=PERMISSION,
        order=86,
        help="填写了答复或答复日期的视为已答复；填写了承办部门的视为已转办。",
    )
    key_columns = ("title", "source", "collected_on")
    rehearses = False

    class Meta:
        model = Suggestion

    def prepare(self) -> None:
        """Read sessions, drives and departments once."""
        self.sessions = {one.pk: one for one in Session.objects.all()}
        self.drives = {one.pk: one for one in SuggestionDrive.objects.all()}
        self.departments = {one.pk: one for one in Department.objects.all()}
        self.parsers["session"] = session_parser(self.sessions.values())
        self.parsers["drive"] = Choice({pk: one.title for pk, one in self.drives.items()})
        self.parsers["department"] = Choice(
            {pk: one.name for pk, one in self.departments.items()},
            synonyms={one.code: pk for pk, one in self.departments.items()},
        )

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find the people, and the suggestions recorded already."""
        self.people = people_by_number(row.values["staff_number"] for row in rows if "staff_number" in row.values)
        days = {row.values["collected_on"] for row in rows}
        known = {
            (title, SuggestionSource(source), day): pk
            for pk, title, source, day in Suggestion.objects.filter(collected_on__in=days).values_list(
                "pk", "title", "source", "collected_on"
            )
        }
        for row in rows:
            pk = known.get(tuple(row.values[key] for key in self.key_columns))
            if pk is not None:
                row.pk, row.current = pk, dict(row.values)

    def clean_row(self, row: Row) -> None:
        """Refuse unknown people, days in the future, answers before their suggestion."""
        if row.current is not None:
            return
        if row.values.get("staff_number") is not None:
            person_of(row, self.people)
        today, day, answered = timezone.localdate(), row.values.get("collected_on"), row.values.get("answered_on")
        if day is not None and day > today:
            row.fault("collected_on", "日期晚于今天。")
        if answered is not None and day is not None and not day <= answered <= today:
            row.fault("answered_on", "答复日期应在提出日期之后，且不能是将来的日期。")

    def save_rows(self, rows: Sequence[Row]) -> None:
        """Write all new rows at once; groups are made where they are missing."""
        due = [row for row in rows if row.is_new]
        names = {row.values["group"] for row in due if row.values.get("group")}
        groups = {one.title: one for one in SuggestionGroup.objects.filter(title__in=names).order_by("-pk")}
        made = SuggestionGroup.objects.bulk_create(SuggestionGroup(title=name) for name in sorted(names - set(groups)))
        groups |= {one.title: one for one in made}
        try:
            kept = record_list(lines=[self._line(row, groups) for row in due], actor=self.actor)
        except DomainError as error:
            raise SaveRefused(None, error.field or "", str(error)) from error
        for row, one in zip(due, kept, strict=True):
            row.pk = one.pk

    def _line(self, row: Row, groups: dict[str, SuggestionGroup]) -> Line:
        value = row.values.get
        return Line(
            title=row.values["title"],
            source=row.values["source"],
            collected_on=row.values["collected_on"],
            text=value("text") or "",
            session=self.sessions.get(value("session", 0)),
            drive=self.drives.get(value("drive", 0)),
            group=groups.get(value("group") or ""),
            author=self.people.get(value("staff_number") or ""),
            department=self.departments.get(value("department", 0)),
            due_on=value("due_on"),
            answer=value("answer") or "",
            answered_on=value("answered_on"),
            published=bool(value("published")),
        )


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
