"""The list of regulations."""

from collections.abc import Sequence

from congress.bodies.resources import PERMISSION
from congress.regulations.enums import RegulationAct
from congress.regulations.models import RegulationVersion
from congress.regulations.services import enact
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Choice, Text

ACTS = Choice(
    {
        RegulationAct.ADOPTED: "制定",
        RegulationAct.REVISED: "修订",
        RegulationAct.IMPROVED: "完善",
        RegulationAct.REPEALED: "废止",
    },
    synonyms={"新制定": RegulationAct.ADOPTED, "出台": RegulationAct.ADOPTED, "修改": RegulationAct.REVISED},
)


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
