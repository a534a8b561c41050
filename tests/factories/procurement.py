"""Purchases for tests, as two people bring them on."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from tests.factories import ledger
from union_portal.base.steps import record
from welfare.books.models import Fund, LedgerAccount
from welfare.procurement import services
from welfare.procurement.enums import ProcurementState
from welfare.procurement.models import Invoice, Procurement

_numbers = itertools.count(1)
DAY = dt.date(2023, 6, 10)


def asked(**fields: Any) -> Procurement:
    """Make a purchase of 500 pieces for 30,000 yuan that the welfare officer asks for."""
    given = {"title": f"第{next(_numbers)}次采购", "item": "食品", "supplier": "甲商店", "decided_on": DAY}
    given |= {"quantity": 500, "amount": Decimal(30_000), "asked_by": ledger.officer("welfare")}
    given |= {"fund": Fund.objects.get(code="UNION"), "account": LedgerAccount.objects.get(code="50104")}
    given |= {"state": ProcurementState.ASKED}
    return record(Procurement(**given | fields), actor=ledger.officer("welfare"))


def accepted(**fields: Any) -> Procurement:
    """Make one that the chair approved and the officer took over."""
    made = services.approve(subject=asked(**fields), actor=ledger.officer("chair"))
    told: dict[str, Any] = {"accepted_on": made.decided_on, "accepted_by": "丁", "quantity": made.quantity}
    return services.accept(subject=made, actor=ledger.officer("welfare"), **told)


def invoice(of: Procurement, amount: int | str, *, number: str = "", **fields: Any) -> Invoice:
    """Make an invoice of the purchase that the welfare officer enters."""
    given = {"number": number or f"N{next(_numbers)}", "issued_on": of.decided_on, "amount": Decimal(amount)}
    given |= {"asked_by": ledger.officer("welfare")}
    return record(Invoice(procurement=of, **given | fields), actor=ledger.officer("welfare"))
