"""往年数据补录: totals of the time before the portal, by list."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from members.totals import services as totals
from members.totals.enums import MEASURES, Approximation
from members.totals.models import SummaryRecord
from union_portal.base import figures
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.lists import column_of
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.parsers import Choice, Text
from union_portal.base.spreadsheets.several import Several
from union_portal.base.spreadsheets.spoken import Said, Spoken

_WORDS = {Approximation(value).label: value for value in Approximation.values}
# A list of before each number had its own word: 约数 alone, or with the number it belongs to (金额余).
_WORD = re.compile(r"(人数|人次|金额|比率)?[:：]?(整|余|多|近|约)")
_NAMED = {"人数": "heads", "人次": "times", "金额": "amount", "比率": "share"}

_HELP = "可连同约数填写，如 近20、417余万"

_of = partial(column_of, SummaryRecord)


class FigureKind(Choice):
    """A kind of figure, by label or key; the kinds are read once, when the first is asked for."""

    def __init__(self) -> None:
        super().__init__({})

    def words(self) -> dict[str, Any]:
        """Return every accepted word with its key."""
        if self._words is None:
            self.choices = {key: str(kind.label) for key, kind in figures.kinds().items()}
            known = super().words()
            # A total names no days: whichever day a kind is counted by, it is offered once.
            self.options = tuple(label for key, label in self.choices.items() if not key.endswith(figures.OF_YEAR))
            return known
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
            _of("heads", parser=Spoken(), help=_HELP),
            _of("times", "次数 件数 场次", parser=Spoken(), help=_HELP),
            _of("amount", "金额 金额(元) 金额元", parser=Spoken(decimals=2, most=10**12), help=_HELP),
            _of("share", "比率 百分比 比例", parser=Spoken(decimals=2, most=100, rate=True), help="满意率等，如 98"),
            Column(key="approximation", label="约数", parser=Text(), attribute=None, help="写在数字旁的，这里不必再填"),
            _of("not_held_reason", "未开展原因 未举办原因"),
            _of("source", "数据来源 出处", required=True),
        ),
        permission="members.import_summaryrecord",
        order=60,
    )
    key_columns = ("kinds", "period_start", "period_end", "label")
    label_columns = ("kinds", "label")

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        self.prepare()

    def prepare(self) -> None:
        """Read the kinds anew for this file."""
        self.parsers["kinds"] = figure_kinds()

    def load_current(self, rows: Sequence[Row]) -> None:
        """A row without a label has the empty one; words in a column of their own go to their numbers."""
        for row in rows:
            row.values.setdefault("label", "")
            _give_words(row)
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
                told = {name: getattr(record, name, None) for name in self.columns} | {"kinds": tuple(record.kinds)}
                row.current = told | {measure: said(record, measure) for measure in MEASURES}

    def identities(self) -> Iterator[dict[str, Any]]:
        """Name every total."""
        for record in SummaryRecord.objects.order_by("pk"):
            yield {name: getattr(record, name) for name in self.key_columns} | {"kinds": tuple(record.kinds)}

    def save_row(self, row: Row) -> None:
        """Record or correct the total; an emptied text is the empty one."""
        empty = {"label": "", "not_held_reason": ""}
        values: dict[str, Any] = {key: empty.get(key) if value is None else value for key, value in row.values.items()}
        values["kinds"] = list(values["kinds"])
        for measure in MEASURES:
            if measure in values:
                told = values[measure]
                values |= {measure: told and told.number, f"{measure}_word": _WORDS.get(told.word, "") if told else ""}
        totals.record_summary(actor=self.actor, **values)

    def export_value(self, column: Column, instance: Any) -> Any:
        """Write a number with its word, so that it can be read again."""
        if column.key not in MEASURES:
            return super().export_value(column, instance)
        told = said(instance, column.key)
        return told.number if told and not told.word else column.parser.show(told)


def said(record: SummaryRecord, measure: str) -> Said | None:
    """Return a number of a total with its word."""
    number = getattr(record, measure)
    return None if number is None else Said(Decimal(number), record.word_of(measure))


def _give_words(row: Row) -> None:
    """Give the words of the column 约数 to the numbers of the row: one alone to the only number, others by name."""
    text = row.values.pop("approximation", None)
    given = [measure for measure in MEASURES if row.values.get(measure)]
    for part in re.split("[、，,；; ]+", text or ""):
        found = _WORD.fullmatch(part)
        if not part or part == "准确":
            continue
        if found is None:
            row.fault("approximation", "应为整、余、近、约之一，如 余，或写明是哪一项，如 金额余")
        elif not found[1] and len(given) != 1:
            row.fault("approximation", f"“{part}”是哪一个数的？请写在数字旁边，如 近20，或写明是哪一项，如 金额{part}")
        elif (measure := _NAMED[found[1]] if found[1] else given[0]) not in given:
            row.fault("approximation", f"没有填写{found[1]}")
        else:
            row.values[measure] = row.values[measure]._replace(word="余" if found[2] == "多" else found[2])
