"""Aids: judged by the file's standards, approved by a second person, posted once, counted by the report."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from members.people.models import Person
from tests.factories import hardship, ledger, members
from union_portal.accounts.enums import Role
from union_portal.base import figures
from union_portal.base.errors import DomainError, Refused
from union_portal.base.figures import FigureRequest
from union_portal.base.periods import Period
from union_portal.base.steps import record
from welfare.hardship.enums import AidKind, AidPayer, AidState, Cause, HardshipKind
from welfare.hardship.models import HardshipAid, HardshipFile
from welfare.hardship.services import aids
from welfare.ledger.models import LedgerEntry
from welfare.ledger.services.reversal import reverse_entries

pytestmark = pytest.mark.django_db
MEDICAL = {Cause.TUITION: 12000, Cause.MEDICAL: 46000}
GIVEN_ON = dt.date(2024, 3, 8)
ANSWER = {"reason": "病情仍在发展", "document": "工会委员会纪要2号"}


def proposed(of: HardshipFile | None = None, **told: Any) -> HardshipAid:
    return aids.propose(aid=hardship.aid(of, **told), actor=members.account_with_role(Role.WELFARE))


def paid(made: HardshipAid, **told: Any) -> HardshipAid:
    aids.approve(subject=made, actor=members.account_with_role(Role.CHAIR))
    told = {"fund": ledger.open_book(2024), "account": ledger.account(), "given_on": GIVEN_ON, **told}
    return aids.pay(subject=made, actor=members.account_with_role(Role.FINANCE), **told)


def test_aid_counts_as_income_before_the_next_test() -> None:
    file = hardship.listed(costs=MEDICAL)
    first = proposed(file)
    assert first.objections == ""
    aids.approve(subject=first, actor=members.account_with_role(Role.CHAIR))
    with pytest.raises(DomainError, match=r"8,000.00 元计入收入后人均 958.33 元，不再属于深度困难"):
        proposed(file, kind=AidKind.SCHOOLING, amount=Decimal(8000))
    second = proposed(file, kind=AidKind.SCHOOLING, amount=Decimal(8000), **ANSWER)
    assert "958.33" in second.objections


@pytest.mark.parametrize(
    ("kind", "costs", "told", "words"),
    [
        (HardshipKind.DEEP, MEDICAL, {"amount": Decimal("8000.01")}, "多 0.01 元"),
        (HardshipKind.DEEP, MEDICAL, {"kind": AidKind.MEDICAL, "amount": Decimal(20001)}, "须经省总工会同意"),
        (
            *(HardshipKind.RELATIVE, {Cause.TUITION: 12000, Cause.MEDICAL: 42000}),
            *({"kind": AidKind.MEDICAL, "amount": Decimal(16001)}, "上限 16,000.00 元"),
        ),
        (
            *(HardshipKind.ACCIDENT, {Cause.ACCIDENT: 60000}),
            *({"kind": AidKind.TEMPORARY, "amount": Decimal(9001)}, "上限 9,000.00 元"),
        ),
        (HardshipKind.RELATIVE, MEDICAL, {"kind": AidKind.SCHOOLING}, "标准中没有相对困难的金秋助学"),
    ],
)
def test_what_the_standards_object_to_needs_a_reason_and_a_document(
    kind: HardshipKind, costs: dict[Cause, int], told: dict[str, Any], words: str
) -> None:
    file = hardship.listed(kind, costs=costs)
    with pytest.raises(DomainError, match=words):
        proposed(file, **told)
    with pytest.raises(DomainError, match=words):
        proposed(file, **told, reason="仅有理由")
    assert words in proposed(file, **told, **ANSWER).objections


def test_one_kind_only_where_the_rule_says_so() -> None:
    file = hardship.listed(HardshipKind.RELATIVE, costs={Cause.TUITION: 12000, Cause.MEDICAL: 42000})
    proposed(file, amount=Decimal(6400))
    with pytest.raises(DomainError, match="相对困难只可享受一项帮扶，已有生活救助"):
        proposed(file, kind=AidKind.MEDICAL, amount=Decimal(1000))


def test_an_aid_is_for_its_own_file_and_only_once_that_is_listed() -> None:
    with pytest.raises(DomainError, match="在册后"):
        proposed(hardship.decided(costs=MEDICAL))
    with pytest.raises(DomainError, match="须有困难档案"):
        proposed()
    made = hardship.aid(hardship.listed(costs=MEDICAL))
    made.person = members.member()
    with pytest.raises(DomainError, match="不是此人的"):
        aids.propose(aid=made, actor=members.account_with_role(Role.WELFARE))


def test_nobody_approves_or_pays_alone() -> None:
    made = proposed(kind=AidKind.TEMPORARY, amount=Decimal(500))
    for actor in (made.prepared_by, members.account_with_role(Role.CHAIR, of=made.person)):
        with pytest.raises(Refused):
            aids.approve(subject=made, actor=actor)  # type: ignore[arg-type]
    aids.approve(subject=made, actor=members.account_with_role(Role.CHAIR))
    with pytest.raises(Refused):
        aids.pay(subject=made, actor=made.prepared_by, given_on=GIVEN_ON)  # type: ignore[arg-type]


def test_the_unions_own_money_is_posted_and_a_reversal_lets_it_be_paid_again() -> None:
    made = proposed(kind=AidKind.TEMPORARY, amount=Decimal(500))
    aids.approve(subject=made, actor=members.account_with_role(Role.CHAIR))
    finance, fund, account = members.account_with_role(Role.FINANCE), ledger.open_book(2024), ledger.account()
    with pytest.raises(DomainError, match="请选择资金来源"):
        aids.pay(subject=made, actor=finance, given_on=GIVEN_ON)
    told: dict[str, Any] = {"given_on": GIVEN_ON, "fund": fund, "account": account, "actor": finance}
    aids.pay(subject=made, **told)
    entry = LedgerEntry.objects.paying("aid", [made.pk]).get()
    assert (entry.amount, entry.posting.summary) == (Decimal(500), "临时困难补助")
    with pytest.raises(Refused, match="已记入台账"):
        aids.cancel(subject=made, actor=finance, why="重复")
    reverse_entries(entries=[entry], reason="退票", posted_on=GIVEN_ON, approval=ledger.approval())
    made.refresh_from_db()
    assert (made.state, made.given_on) == (AidState.APPROVED, None)
    aids.pay(subject=made, **told)
    assert LedgerEntry.objects.paying("aid", [made.pk]).standing().count() == 1


def test_each_payer_has_books_of_its_own() -> None:
    fund = ledger.open_book(2024)
    paid(proposed(kind=AidKind.TEMPORARY, amount=Decimal(500)), fund=fund)
    school = proposed(kind=AidKind.TEMPORARY, amount=Decimal(500), payer=AidPayer.SCHOOL)
    with pytest.raises(DomainError, match="已用于本级工会的帮扶"):
        paid(school, fund=fund)
    school.refresh_from_db()
    assert school.state == AidState.APPROVED
    aids.pay(subject=school, actor=members.account_with_role(Role.FINANCE), given_on=GIVEN_ON)
    assert not LedgerEntry.objects.paying("aid", [school.pk]).exists()


def _told(kind: AidKind, on: dt.date, *amounts: int) -> None:
    """Enter aids that were given on a day, to a person each."""
    for amount in amounts:
        told: dict[str, Any] = {"state": AidState.PAID, "given_on": on, "asked_on": on, "source": "往年台账"}
        record(hardship.aid(kind=kind, amount=Decimal(amount), **told), actor=None)


def test_the_report_counts_heads_times_and_yuan_of_each_kind() -> None:
    _told(AidKind.SPECIAL, dt.date(2022, 12, 28), *[6000] * 11)
    _told(AidKind.SPECIAL, dt.date(2023, 6, 30), *[6000] * 10)
    _told(AidKind.TEMPORARY, dt.date(2023, 5, 4), 10000, 12000, 13000)
    again = Person.objects.filter(hardship_aids__kind=AidKind.SPECIAL).first()
    told: dict[str, Any] = {"state": AidState.PAID, "given_on": dt.date(2023, 12, 1), "asked_on": dt.date(2023, 12, 1)}
    record(hardship.aid(person=again, kind=AidKind.VISIT, amount=Decimal(800), **told), actor=None)
    period = Period(dt.date(2022, 12, 1), dt.date(2023, 12, 31))
    keys = ["special", "temporary", "visit"]
    found = figures.count([FigureRequest(key, (f"welfare.hardship_aid.{key}",), period) for key in keys])
    assert [(one.heads, one.times, one.amount) for one in found] == [
        (21, 21, Decimal(126000)),
        (3, 3, Decimal(35000)),
        (1, 1, Decimal(800)),
    ]
    days, every = figures.count(
        [
            FigureRequest("days", ("welfare.hardship_aid_days.special",), period),
            FigureRequest("every", ("welfare.hardship_aid",), period),
        ]
    )
    assert days.times == 2
    assert (every.heads, every.times, every.amount) == (24, 25, Decimal(161800))
