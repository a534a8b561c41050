"""往年数据补录: totals of the time before the portal, by list."""

from collections.abc import Sequence
from typing import Any

from members.totals import services as totals
from members.totals.enums import Approximation
from members.totals.models import SummaryRecord
from union_portal.base import figures
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.errors import CellError
from union_portal.base.spreadsheets.parsers import Amount, Choice, Integer, Parser, Raw, Text

_WORDS = {"": Approximation.EXACT, "多": Approximation.OVER}
_MARKS = str.maketrans(dict.fromkeys("，,；;+＋/", "、"))


class FigureKinds(Parser):
    """One or several kinds of figure, by label or key, separated by 、; the kinds are read once."""

    def __init__(self) -> None:
        self._words: dict[str, str] | None = None
        self._labels: dict[str, str] = {}

    def words(self) -> dict[str, str]:
        """Return every accepted word with its key."""
        if self._words is None:
            self._labels = {key: str(kind.label) for key, kind in figures.kinds().items()}
            self._words = {label: key for key, label in self._labels.items()} | {key: key for key in self._labels}
        return self._words

    def parse(self, raw: Raw) -> tuple[str, ...]:
        """Return the keys, sorted."""
        words = self.words()
        wanted = [word.strip() for word in str(raw).translate(_MARKS).split("、") if word.strip()]
        unknown = [word for word in wanted if word not in words]
        if unknown:
            raise CellError("没有这个数据项：{words}".format(words="、".join(unknown)))
        return tuple(sorted({words[word] for word in wanted}))

    def show(self, value: Any) -> str:
        """Return the labels."""
        self.words()
        return "、".join(self._labels.get(key, key) for key in value or ())


@register_kind
class SummaryResource(RowResource):
    """Totals by kinds, period and label."""

    kind = ImportKind(
        key="summary_records",
        label="往年数据补录",
        columns=(
            Column(key="kinds", label="类别", synonyms=("数据项", "项目", "种类"), parser=FigureKinds(), required=True),
            Column(key="label", label="名称", synonyms=("说明", "标签"), parser=Text(longest=100)),
            Column(key="period_start", label="起", synonyms=("开始日期", "起始日期"), parser=Date(), required=True),
            Column(key="period_end", label="止", synonyms=("结束日期", "截止日期"), parser=Date(), required=True),
            Column(key="heads", label="人数", parser=Integer(least=0)),
            Column(key="times", label="人次", synonyms=("次数", "件数", "场次"), parser=Integer(least=0)),
            Column(key="amount", label="金额", synonyms=("金额(元)", "金额元"), parser=Amount(least=0)),
            Column(key="approximation", label="约数", parser=Choice(Approximation, synonyms=_WORDS)),
            Column(key="not_held_reason", label="未开展原因", synonyms=("未举办原因",), parser=Text(longest=200)),
            Column(key="source", label="来源", synonyms=("数据来源", "出处"), parser=Text(longest=200), required=True),
        ),
        permission="members.import_summaryrecord",
        order=60,
    )
    key_columns = ("kinds", "period_start", "period_end", "label")
    label_columns = ("kinds", "label")

    def prepare(self) -> None:
        """Read the kinds anew for this file."""
        self.parsers["kinds"] = FigureKinds()

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
        """Record or correct the total."""
        values = {key: value for key, value in row.values.items() if key not in ("kinds", "period_start", "period_end")}
        source = values.pop("source", "")
        if values.get("approximation") is None:
            values.pop("approximation", None)
        for key in ("label", "not_held_reason"):
            if values.get(key) is None:
                values.pop(key, None)
        totals.record_summary(
            kinds=list(row.values["kinds"]),
            period_start=row.values["period_start"],
            period_end=row.values["period_end"],
            source=source,
            actor=self.actor,
            **values,
        )
