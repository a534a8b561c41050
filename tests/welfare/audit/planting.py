"""An invented school's year in order, and the faults that are planted in it: each returns what its check must find."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from members.kin.enums import Relation
from members.kin.models import Kinship
from members.people.models import Person
from tests.factories import donations, ledger, members
from tests.factories import rounds as welfare
from union_portal.accounts.enums import Role
from union_portal.accounts.models import RoleAssignment, User
from union_portal.base.steps import record, take
from welfare.audit.models import DuesTopUp
from welfare.benefits.enums import Form
from welfare.benefits.models import BenefitRule
from welfare.books.models import Book, ChartAccount, FiscalYear, LedgerAccount
from welfare.cases import services as cases
from welfare.cases.services.evidence import checklist
from welfare.donations.models import DonationUse
from welfare.fund.models import BudgetLine
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant, Round
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import Posting
from welfare.ledger.services import posting as posting_services
from welfare.life_events import services as life_events
from welfare.life_events.enums import EventKind
from welfare.life_events.models import LifeEvent
from welfare.payments.enums import PaymentState
from welfare.procurement.enums import ProcurementState
from welfare.procurement.models import Procurement, ProcurementThreshold
from welfare.purchases import services as purchases
from welfare.purchases.models import Purchase
from welfare.rounds.services import payment

Refs = set[tuple[str, int]]
DAY = welfare.CASE_DAY
_numbers = itertools.count(1)


def school() -> None:
    """Make standards with caps, a budget, thresholds; cases, a round and a purchase as they should be."""
    union = Book.objects.get(code="UNION")
    BenefitRule.objects.filter(benefit__code__in=("hospital", "birth"), example=False).update(cap=Decimal(1000))
    ledger.adopted(ledger.budget(book=union, year=2024, _501="500000", _504="200000", _50501="100"))
    whole = {"source": "采购办法", "valid_from": dt.date(2020, 1, 1)}
    for told in ({"amount_from": 0}, {"amount_from": 30_000, "contract": True}):
        record(ProcurementThreshold(**whole, **told), actor=None)
    for _number in range(12):
        members.member()
    paid()
    bought(welfare.approved(price="100"), "F0001")
    payment.post_roster(subject=cash_round(), on=DAY, actor=welfare.treasurer())
    procured(20_000, supplier="甲商店")


def cash_round() -> Round:
    """Make an approved round of coupons for ten members: paid from its roster."""
    return welfare.approved(code="birthday", price="100")


def paid(*, person: Person | None = None, amount: int = 800, code: str = "hospital", seen: bool = True) -> Grant:
    """Enter, approve and pay a case, its papers ticked off."""
    kind = {"hospital": EventKind.HOSPITAL, "birth": EventKind.BIRTH}[code]
    event = LifeEvent(kind=kind, whose=person or members.member(), occurred_on=DAY)
    life_events.record_event(event=event, actor=None)
    made = Grant(person=event.whose, benefit=welfare.benefit(code), event=event, amount=Decimal(amount), granted_on=DAY)
    made = cases.enter(grant=made, actor=welfare.officer())
    if seen:
        checks = {one.item: (True, True) for one in checklist(made)}
        cases.check_evidence(subject=made, checks=checks, actor=welfare.officer())
    made = cases.approve(subject=made, actor=welfare.chair())
    cases.pay(subject=made, fund=welfare.fund(), on=DAY, actor=welfare.treasurer())
    return Grant.objects.get(pk=made.pk)


def bought(of: Round, number: str, **told: Any) -> Purchase:
    """Enter an invoice of the round."""
    given = {"supplier": f"第{next(_numbers)}商店", "amount": Decimal(1200), "quantity": 12, **told}
    made: Purchase = purchases.buy(
        subject=of, invoice_number=number, invoiced_on=DAY, posted_on=DAY, actor=welfare.treasurer(), **given
    )
    return made


def procured(amount: int, *, supplier: str, **told: Any) -> Procurement:
    told.setdefault("state", ProcurementState.PAST)
    made = Procurement(
        title=f"第{next(_numbers)}项", item="食品", supplier=supplier, decided_on=DAY, amount=Decimal(amount), **told
    )
    return record(made, actor=None)


def posted(account: str, amount: int, *, approval: Any = None, **told: Any) -> Posting:
    """Post one expense of the union's own fund."""
    fund = welfare.fund()
    line = posting_services.EntryLine(
        LedgerAccount.objects.get(code=account), fund, Decimal(amount), told.pop("day", DAY), told.pop("subject", None)
    )
    return posting_services.post(
        book=fund.book,
        posted_on=told.pop("posted_on", DAY),
        kind=told.pop("kind", PostingKind.GRANT),
        summary="支出",
        entries=[line],
        approval=approval or ledger.approval(),
        source_key=f"planted:{next(_numbers)}",
        **told,
    )


def related(user: User, to: Person) -> None:
    Kinship.objects.create(person=user.person, related=to, relation=Relation.SPOUSE)


def _grants(*keys: int) -> Refs:
    return {("grant", key) for key in keys}


# -- the ten of the auditor's list -----------------------------------------------------------------


def over_cap() -> Refs:
    """A case whose amount was raised behind the rules' back."""
    made = paid()
    Grant.objects.filter(pk=made.pk).update(amount=Decimal(1500))
    return _grants(made.pk)


def cash() -> Refs:
    """Goods that became money."""
    made = paid(code="birth")
    Grant.objects.filter(pk=made.pk).update(form=Form.CASH)
    return _grants(made.pk)


def evidence() -> Refs:
    """A stay in hospital of which nobody saw a paper."""
    return _grants(paid(seen=False).pk)


def invoice() -> Refs:
    """One invoice for two rounds, the seller written in two ways."""
    one, two = (welfare.approved(price="100") for _number in range(2))
    bought(one, "04412233", supplier="乙商店")
    bought(two, "04412233", supplier="乙商店（分店）")
    return {("round", one.pk), ("round", two.pk)}


def own() -> Refs:
    """A case that the husband approved."""
    husband = members.account_with_role(Role.CHAIR, of=members.member())
    made = paid()
    related(husband, made.person)
    Grant.objects.filter(pk=made.pk).update(approved_by=husband)
    return _grants(made.pk)


def retiree() -> Refs:
    """A retired person's stay in hospital, paid from the union's own fund."""
    return _grants(paid(person=members.person(kind="retiree", retired_on=dt.date(2020, 1, 1))).pk)


def health_check() -> Refs:
    """A health check from the union's own fund."""
    made = _recorded("health_check", members.member())
    posted("50206", 500, subject=("grant", made.pk))
    return _grants(made.pk)


def no_budget() -> Refs:
    """Equipment that no budget names."""
    posted("505", 3000)
    return {("ledgerentry", 0)}


def top_up() -> Refs:
    """Activities that cost more than the year's dues, of which there are none, and thrice as much."""
    posted("50102", 900)
    rule = DuesTopUp(
        factor=Decimal(3),
        dues=ChartAccount.objects.get(code="401"),
        account=LedgerAccount.objects.get(code="50102"),
        source="文件",
        valid_from=dt.date(2020, 1, 1),
    )
    return {("duestopup", record(rule, actor=None).pk)}


def closed() -> Refs:
    """What was recorded into a year that had been closed."""
    year = FiscalYear.objects.create(book=Book.objects.get(code="UNION"), year=2023)
    take(subject=year, action="close", actor=welfare.treasurer())
    take(subject=year, action="reopen", actor=welfare.chair(), why="漏记一笔")
    late = posted("50104", 100, day=dt.date(2023, 12, 1), year=2023, kind=PostingKind.RECORDED)
    return {("posting", late.pk)}


# -- and their like ----------------------------------------------------------------------------------------------------


def over_budget() -> Refs:
    """More training than the budget's hundred yuan."""
    posted("50301", 250)
    return {("budgetline", BudgetLine.objects.get(account__code="50501").pk)}


def twice() -> Refs:
    """Coupons posted from the roster, and their invoice too."""
    of = cash_round()
    payment.post_roster(subject=of, on=DAY, actor=welfare.treasurer())
    made = Purchase(
        round=of, supplier="丙商店", invoice_number="F0003", invoiced_on=DAY, quantity=12, amount=Decimal(1200)
    )
    record(made, actor=None)
    return {("round", of.pk)}


def dead() -> Refs:
    """Something given to somebody who had died."""
    gone = members.member()
    made = _recorded("veterans", gone)
    Person.objects.filter(pk=gone.pk).update(died_on=dt.date(2023, 1, 1))
    return _grants(made.pk)


def split() -> Refs:
    """Two purchases of one kind in a month."""
    return {("procurement", procured(amount, supplier="丁商店").pk) for amount in (18_000, 15_000)}


def threshold() -> Refs:
    """A large purchase without a contract."""
    return {("procurement", procured(50_000, supplier="戊商店").pk)}


def gifts() -> Refs:
    """More given on than was collected."""
    drive = donations.drive(given=1000)
    use = DonationUse(
        drive=drive, recipient="某校", purpose="助学", document="纪要", amount=Decimal(900), posted_on=DAY
    )
    record(use, actor=None)
    DonationUse.objects.filter(drive=drive).update(amount=Decimal(1500))
    assert use.state == PaymentState.ASKED
    return {("donationdrive", drive.pk)}


def related_hands() -> Refs:
    """A posting of husband and wife."""
    one, two = (members.account(of=members.member()) for _number in range(2))
    related(one, two.person)
    hands = posting_services.Approval(prepared_by=one, approved_by=two, posted_by=ledger.officer("poster"))
    return {("posting", posted("50104", 100, approval=hands).pk)}


def hats() -> Refs:
    """An auditor who keeps the money."""
    made = members.account_with_role(Role.AUDIT, Role.FINANCE)
    return {("accounts.roleassignment", RoleAssignment.objects.get(user=made, role=Role.FINANCE).pk)}


def _recorded(code: str, person: Person) -> Grant:
    made = Grant(
        person=person,
        benefit=welfare.benefit(code),
        occasion=welfare.occasion(),
        state=GrantState.RECEIVED,
        form=Form.SERVICE,
        amount=Decimal(500),
        granted_on=DAY,
        received_on=DAY,
    )
    return record(made, actor=None)


PLANTED = {
    "over_cap": over_cap,
    "cash": cash,
    "evidence": evidence,
    "invoice": invoice,
    "own": own,
    "retiree": retiree,
    "health_check": health_check,
    "no_budget": no_budget,
    "top_up": top_up,
    "closed": closed,
    "over_budget": over_budget,
    "twice": twice,
    "dead": dead,
    "split": split,
    "threshold": threshold,
    "gifts": gifts,
    "related": related_hands,
    "hats": hats,
}
