"""The list of terms, and the columns by which other lists name a term."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone

from congress.bodies.enums import Body, Mode
from congress.bodies.models import Congress
from members.branches.resources import branch_parser
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.lists import column_of
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.ordinals import Ordinal
from union_portal.base.spreadsheets.parsers import Choice
from union_portal.base.steps import saved

PERMISSION = "congress.import_congress"
BODIES = Choice(
    Body,
    synonyms=dict.fromkeys(("教代会", "教职工代表大会", "职代会"), Body.STAFF)
    | dict.fromkeys(("工代会", "工会会员代表大会", "工会代表大会", "会员代表大会"), Body.UNION),
)
MODES = Choice(
    Mode,
    synonyms={"代表": Mode.DELEGATES, "代表制": Mode.DELEGATES, "全体": Mode.EVERYBODY, "全体职工大会": Mode.EVERYBODY},
)

BODY = Column(
    key="body", label="大会", synonyms=("大会类别", "会议类别"), parser=BODIES, required=True, example="教代会"
)
TERM = Column(key="term", label="届次", synonyms=("届", "第几届"), parser=Ordinal(), required=True, example="第六届")
BRANCH = Column(key="branch", label="分工会", synonyms=("二级单位", "二级教代会单位"), help="二级教代会填写，校级留空")


def terms() -> Mapping[tuple[str, int, int | None], Congress]:
    """Return every term by body, number and branch; one query."""
    return {(one.body, one.number, one.branch_id): one for one in Congress.objects.select_related("branch")}


def term_of(row: Row, known: Mapping[tuple[str, int, int | None], Congress]) -> Congress | None:
    """Return the row's term; a fault says that it is not recorded."""
    body, number = row.values.get("body"), row.values.get("term")
    if body is None or number is None:
        return None
    found = known.get((body, number, row.get("branch")))
    if found is None:
        row.fault("term", "该届次尚未登记，请先登记届次")
    return found


@register_kind
class CongressResource(RowResource):
    """届: terms by body, number and branch."""

    kind = ImportKind(
        key="congresses",
        label="届次",
        columns=(
            BODY,
            TERM,
            BRANCH,
            column_of(Congress, "mode", "形式", parser=MODES, example="代表大会"),
            column_of(Congress, "began_on", "开始日期 起始日期", required=True),
            column_of(Congress, "ends_on", "结束日期 截止日期", required=True),
            column_of(Congress, "document", "文件 依据 批复文号"),
        ),
        permission=PERMISSION,
        order=60,
    )
    key_columns = ("body", "term")
    label_columns = ("body", "term")
    _FIELDS = ("mode", "began_on", "ends_on", "document")

    class Meta:
        model = Congress

    def prepare(self) -> None:
        self.parsers["branch"] = branch_parser(on=timezone.localdate())
        self.known = terms()

    def current_values(self, rows: Sequence[Row]) -> None:
        for row in rows:
            one = self.known.get((row.values["body"], row.values["term"], row.values.get("branch")))
            if one is not None:
                row.pk = one.pk
                row.current = {**row.values, **{name: getattr(one, name) for name in self._FIELDS}}

    def identities(self) -> Iterator[dict[str, Any]]:
        for body, number, branch in self.known:
            yield {"body": body, "term": number, "branch": branch}

    def save_row(self, row: Row) -> None:
        one = Congress.objects.get(pk=row.pk) if not row.is_new else Congress(min_teachers="0.6")
        one.body, one.number, one.branch_id = row.values["body"], row.values["term"], row.get("branch")
        for name in self._FIELDS:
            if row.values.get(name) is not None:
                setattr(one, name, row.values[name])
        if one.body == Body.UNION and row.is_new:
            one.min_teachers = None
        saved(one)
        row.pk = one.pk
