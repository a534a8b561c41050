"""Vouchers' numbers written back by a list: the latest holds, earlier ones stay, a wrong row saves nothing."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import ledger, members
from tests.members.register.hr_spreadsheet import workbook
from union_portal.accounts.enums import Role
from union_portal.base.importing.preview import ImportPreview, ImportRefused, Status
from welfare.ledger.models import Posting, VoucherNote
from welfare.ledger.resources import VoucherList

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]
HEADINGS = ("台账单号", "凭证号", "凭证日期")


@pytest.fixture(scope="module")
def posted(one_data_set: Any) -> list[Posting]:
    fund = ledger.open_book(2024)
    return [ledger.posting(fund, source_key=f"voucher{number}") for number in range(3)]


def read(*rows: tuple[str, str, str], save: bool = False) -> ImportPreview:
    asked = VoucherList(actor=members.account_with_role(Role.FINANCE))
    file = workbook([list(row) for row in rows], headings=HEADINGS)
    return asked.confirm(file) if save else asked.preview(file)


def test_a_list_notes_vouchers_and_another_number_is_a_further_note(posted: list[Posting]) -> None:
    first, second, _third = posted
    rows = [(str(first), "记-1", "2024-02-28"), (f"{second.year}-{second.number:05d}", "记-2", "2024-02-28")]
    assert (read(*rows, save=True).new, VoucherNote.objects.count()) == (2, 2)
    assert read(*rows).unchanged == 2
    changed = read((str(first), "记-9", "2024-02-28")).rows[0]
    assert [(one.label, one.old, one.new) for one in changed.changes] == [("凭证号", "记-1", "记-9")]
    read((str(first), "记-9", "2024-02-28"), save=True)
    # Back to the earlier number is a change too.
    assert read(rows[0]).changed == 1
    kept = VoucherNote.objects.filter(posting=first).order_by("pk")
    assert [(note.voucher_number, note.voucher_date) for note in kept] == [
        *(("记-1", dt.date(2024, 2, 28)), ("记-9", dt.date(2024, 2, 28)))
    ]


def test_a_wrong_row_saves_nothing(posted: list[Posting]) -> None:
    third = posted[2]
    wrong = [(str(third), "记-3", "2023-02-28"), ("没有 2024-00099", "记-4", "2024-02-28")]
    for row in wrong:
        assert read(row).rows[0].status is Status.FAULTY
    with pytest.raises(ImportRefused):
        read((str(posted[1]), "记-5", "2024-02-28"), *wrong, save=True)
    assert not third.vouchers.exists()
