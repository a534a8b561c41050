"""The official vouchers' numbers, written back by finance's list."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from union_portal.base.importing.lookups import LOOKUPS, Related
from union_portal.base.importing.rows import Row
from union_portal.base.spreadsheets.text import clean_code
from welfare.ledger.models import Posting, VoucherNote
from welfare.ledger.services.vouchers import note_vouchers


class _Numbered(Related):
    """A posting as it is printed (工会经费 2024-00012), by its book's code, or by the number alone where one has it."""

    def _read(self) -> dict[str, Any]:
        if self._words is None:
            self._words = {}
            found = Posting.objects.order_by().values_list("pk", "book__name", "book__code", "year", "number")
            for pk, name, code, year, number in found:
                bare = f"{year}-{number:05d}"
                if bare in self._words:
                    self._doubled.add(bare)
                for word in (bare, f"{name}{bare}", f"{code}-{bare}"):
                    self._words[clean_code(word).casefold()] = pk
                self._shown[pk] = f"{name} {bare}"
        return self._words


LOOKUPS[Posting] = lambda: _Numbered(Posting, ("pk",))


@register_kind
class VoucherList(ModelList):
    """Vouchers by posting; another number is a further note, and the latest holds."""

    model, name, key, order = VoucherNote, "vouchers", ("posting",), 71
    fields_in_order = ("posting", "voucher_number", "voucher_date")
    synonyms = {
        "posting": ("台账单号", "单号", "台账编号"),
        "voucher_number": ("正式凭证号", "记账凭证号"),
        "voucher_date": ("记账凭证日期", "入账日期"),
    }
    examples = {"posting": "工会经费 2024-00012", "voucher_number": "记-03-015", "voucher_date": "2024-03-28"}
    help = "从“台账单”导出表格，请财务填上凭证号和凭证日期后导入。改号时再导入一次，以最后一次为准。"

    def get_queryset(self) -> "QuerySet[VoucherNote]":
        """Write each posting's latest."""
        return VoucherNote.objects.latest_ones()

    def load_current(self, rows: Sequence[Row]) -> None:
        """Compare with the latest."""
        meant = [row.values["posting"] for row in rows if row.values.get("posting")]
        self.latest = set(VoucherNote.objects.latest_ones().filter(posting__in=meant).values_list("pk", flat=True))
        super().load_current(rows)

    def is_known(self, record: Sequence[Any]) -> bool:
        """Leave earlier notes aside."""
        return record[0] in self.latest

    @staticmethod
    def service(*, rows: Sequence[Row], actor: Any) -> None:
        """Note what the rows say."""
        told = [(row.get("posting"), row.get("voucher_number"), row.get("voucher_date")) for row in rows]
        note_vouchers(notes=told, noted_by=actor)
