"""The list of inspections."""

from collections.abc import Sequence

from congress.bodies.resources import PERMISSION
from congress.inspections.models import Inspection
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Integer, Text


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
