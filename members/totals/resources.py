"""往年数据补录: totals of the time before the portal, by list."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from members.totals import services as totals
from members.totals.enums import Approximation
from members.totals.models import SummaryRecord
from union_portal.base import figures
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.lists import column_of
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.parsers import Amount, Choice
from union_portal.base.spreadsheets.several import Several

_WORDS = {"": Approximation.EXACT, "多": Approximation.OVER}

_of = partial(column_of, SummaryRecord)


class FigureKind(Choice):
    """A kind of figure, by label or key; the kinds are read once, when the first is asked for."""

    def __init__(self) -> None:
        super().__init__({})

    def words(self) -> dict[str, Any]:
        """Return every accepted word with its key."""
        if self._words is None:
            self.choices = {key: str(kind.label) for key, kind in figures.kinds().items()}
        return super().words()


def figure_kinds() -> Several:
    """Return a parser of one or several kinds of figure."""
    return Several(FigureKind(), in_order=False)


@register_kind
class SummaryResource(RowResource):
    """Totals by kinds, period and label."""

    kind = ImportKind(
        key="summary_records",
        label="往年数据补录",
        columns=(
            _of("kinds", "类别 数据项 项目 种类", parser=figure_kinds(), required=True),
            _of("label", "说明 标签"),
            _of("period_start", "起 开始日期 起始日期", required=True),
            _of("period_end", "止 结束日期 截止日期", required=True),
            _of("heads"),
            _of("times", "次数 件数 场次"),
            _of("amount", "金额 金额(元) 金额元", parser=Amount(least=0)),
            _of("approximation", words=_WORDS),
            _of("not_held_reason", "未开展原因 未举办原因"),
            _of("source", "数据来源 出处", required=True),
        ),
        permission="members.import_summaryrecord",
        order=60,
    )
    key_columns = ("kinds", "period_start", "period_end", "label")
    label_columns = ("kinds", "label")

    def prepare(self) -> None:
        """Read the kinds anew for this file."""
        self.parsers["kinds"] = figure_kinds()

    def load_current(self, rows: Sequence[Row]) -> None:
        """A row without a label has the empty one."""
        for row in rows:
            row.values.setdefault("label", "")
        super().load_current(rows)

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find the totals by kinds, period and label."""
        records = SummaryRecord.objects.filter(period_end__in=[row.values["period_end"] for row in rows])
        found = {(tuple(r.kinds), r.period_start, r.period_end, r.label): r for r in records}
        for row in rows:
            values = row.values
            record = found.get((values["kinds"], values["period_start"], values["period_end"], values["label"]))
            if record is not None:
                row.pk = record.pk
                row.current = {name: getattr(record, name) for name in self.columns} | {"kinds": tuple(record.kinds)}

    def save_row(self, row: Row) -> None:
        """Record or correct the total; an emptied text is the empty one, an emptied word the exact."""
        empty = {"label": "", "not_held_reason": "", "approximation": Approximation.EXACT}
        values: dict[str, Any] = {key: empty.get(key) if value is None else value for key, value in row.values.items()}
        values["kinds"] = list(values["kinds"])
        totals.record_summary(actor=self.actor, **values)
