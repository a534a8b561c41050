"""Standards, opening balances, income and its corrections, vouchers, closed years and mutual-aid covers."""

import datetime as dt
from decimal import Decimal

from members.people.models import Person
from union_portal.accounts.enums import Role
from union_portal.base.steps import record, take
from union_portal.demo.services import college
from union_portal.demo.services.clock import Diary, Process
from union_portal.demo.services.register import World
from welfare.audit import services as audits
from welfare.audit.models import Audit, AuditFinding
from welfare.benefits.models import Benefit, BenefitRule
from welfare.books.models import Book, ChartAccount, FiscalYear, Fund, LedgerAccount
from welfare.books.services import open_year
from welfare.fund.models import Budget, BudgetAdjustment, BudgetLine
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services import posting as ledger
from welfare.ledger.services import vouchers
from welfare.mutual_aid.models import MutualAidPlan
from welfare.mutual_aid.services import covers, premiums
from welfare.posting_requests import services as requests
from welfare.posting_requests.models import PostingRequest

# plan, premium in yuan, every so many years
COVERS = (("critical_illness", 50, 1), ("hospital_aid", 80, 1), ("women", 60, 2))
# fund, yuan in hand when the first year began; of the other funds nobody registered it
OPENING = (("UNION", 1_860_000), ("DUES", 420_000), ("SUBSIDY", 640_000))
INCOME = (("402", "UNION", 520_000), ("401", "DUES", 96_000), ("405", "SUBSIDY", 260_000))


# account of the chart, yuan planned: of every year, and what the committee adds to the fourth in July
BUDGET = (
    *(("402", 2_080_000), ("401", 384_000), ("405", 1_040_000), ("50101", 60_000), ("50102", 320_000)),
    *(("50103", 30_000), ("50105", 2_400_000), ("503", 180_000), ("50404", 80_000), ("50405", 420_000)),
    *(("50499", 220_000), ("505", 120_000), ("507", 60_000)),
)
ADDED = ("50405", 40_000)


def adopt_standards(world: World) -> None:
    """Replace the starting standards of these benefits by the college's own, dated from the first year on."""
    first = dt.date(world.anchor - 3, 1, 1)
    codes = {row[0] for row in college.STANDARDS}
    starting = BenefitRule.objects.filter(benefit__code__in=codes, example=False, valid_to=None, valid_from__lt=first)
    told = {rule.benefit_id: (rule.relations, rule.evidence) for rule in starting}
    starting.update(valid_to=first - dt.timedelta(days=1))
    for code, variant, form, standard, cap, basis, clause, begins, ends in college.STANDARDS:
        benefit = Benefit.objects.get(code=code)
        relations, evidence = told.get(benefit.pk, ([], ""))
        rule = BenefitRule(
            benefit=benefit,
            variant=variant,
            relations=relations,
            evidence=evidence,
            form=form,
            standard=Decimal(standard),
            cap=Decimal(cap),
            cap_basis=basis,
            source=college.STANDARDS_DOCUMENT.format(year=world.anchor + begins) + clause,
            valid_from=dt.date(world.anchor + begins, 1, 1),
            valid_to=None if ends is None else dt.date(world.anchor + ends, 12, 31),
        )
        rule.full_clean()
        rule.save()


def plan_money(world: World, diary: Diary) -> None:
    """Put opening balances, income, vouchers, closings and covers into the diary."""
    diary.add(dt.date(world.years[0], 1, 6), _opening(world, world.years[0]))
    diary.add(dt.date(world.anchor, 2, 16), _correction(world))
    for year in world.years:
        diary.add(dt.date(year, 1, 8), _budget(world, year))
        for month in (2, 5, 8, 11):
            diary.add(dt.date(year, month, 12), _income(world, year, month))
        for code, premium, every in COVERS:
            if (year - world.anchor) % every == (1 if every > 1 else 0):
                diary.add(dt.date(year, 4, 1), _cover(world, year, code, Decimal(premium)))
        for month in range(1, 13):
            diary.add(dt.date(year, month, 28), _vouchers(world, year, month))
        if year < world.anchor - 1:
            diary.add(dt.date(year + 1, 3, 31), _close(world, year))
        if year < world.anchor:
            diary.add(dt.date(year + 1, 3, 4), _audit(world, year))


def _approval(world: World, *, prepared_by: str = "finance", posted_by: str = "chair") -> ledger.Approval:
    """Prepared by one, approved by the chair; finance posts what another prepared."""
    people = (world.user(prepared_by), world.user("chair"), world.user(posted_by))
    return ledger.Approval(prepared_by=people[0], approved_by=people[1], posted_by=people[2])


def _budget(world: World, year: int) -> Process:
    """Draw the year's budget up, have it reviewed and adopted, and add to it in summer."""
    fiscal_year = open_year(book=Book.objects.get(code="UNION"), year=year, actor=world.user("finance"))
    made = record(Budget(year=fiscal_year), actor=world.user("finance"))
    accounts = {one.code: one for one in ChartAccount.objects.all()}
    for code, amount in BUDGET:
        record(BudgetLine(budget=made, account=accounts[code], amount=Decimal(amount)), actor=world.user("finance"))
    yield dt.date(year, 1, 12)
    take(subject=made, action="review", actor=world.user("audit"), reviewed_on=dt.date(year, 1, 12))
    yield dt.date(year, 1, 18)
    decision = f"{year}年工会委员会第一次全体会议决议"
    take(subject=made, action="adopt", actor=world.user("chair"), adopted_on=dt.date(year, 1, 18), decision=decision)
    yield dt.date(year, 7, 10)
    line = BudgetLine.objects.get(budget=made, account__code=ADDED[0])
    decided = f"{year}年工会委员会第三次全体会议纪要"
    more = BudgetAdjustment(line=line, amount=Decimal(ADDED[1]), decided_on=dt.date(year, 7, 9), decision=decided)
    record(more, actor=world.user("finance"))


def _audit(world: World, year: int) -> Process:
    """Audit the year: something is asked of finance, answered and settled, then the opinion is given."""
    auditor = world.user("audit")
    told = {"starts_on": dt.date(year, 1, 1), "ends_on": dt.date(year, 12, 31)}
    made = record(Audit(title=f"{year}年度工会经费审查", **told), actor=auditor)
    text = f"{year}年部分台账单登记凭证号较迟，请说明并改进"
    asked = AuditFinding(audit=made, text=text, asked_of=Role.FINANCE, due_on=dt.date(year + 1, 3, 20))
    asked = record(asked, actor=auditor)
    yield dt.date(year + 1, 3, 12)
    audits.answer(subject=asked, answer="已与财务处约定每月月底登记。", actor=world.user("finance"))
    yield dt.date(year + 1, 3, 18)
    take(subject=asked, action="settle", actor=auditor)
    day = dt.date(year + 1, 3, 25)
    yield day
    audits.conclude(subject=made, concluded_on=day, opinion="收支合规，账实相符。", actor=auditor)


def _income(world: World, year: int, month: int) -> Process:
    day = dt.date(year, month, 12)
    for code, fund_code, amount in INCOME:
        exact = Decimal(amount + world.random.randint(0, 20_000))
        requests.approve(subject=_asked(world, code, fund_code, exact, day), actor=world.user("chair"))
    yield from ()


def _asked(world: World, code: str, fund_code: str, amount: Decimal, day: dt.date) -> PostingRequest:
    return requests.request_income(
        fund=Fund.objects.get(code=fund_code),
        account=LedgerAccount.objects.get(code=code),
        amount=amount,
        occurred_on=day,
        posted_on=day,
        payer="校财务处",
        document=f"银行回单 {day:%Y%m%d}-{code}",
        actor=world.user("finance"),
    )


def _opening(world: World, year: int) -> Process:
    """Register what the funds held when the portal began."""
    for fund_code, amount in OPENING:
        asked = requests.request_opening(
            fund=Fund.objects.get(code=fund_code),
            amount=Decimal(amount),
            posted_on=dt.date(year, 1, 6),
            document=f"{year - 1}年度决算报告",
            actor=world.user("finance"),
        )
        requests.approve(subject=asked, actor=world.user("chair"))
    yield from ()


def _correction(world: World) -> Process:
    """Post a grant of the school with two figures changed places, take it back and post the right one."""
    day = dt.date(world.anchor, 2, 16)
    wrong = requests.approve(subject=_asked(world, "405", "SUBSIDY", Decimal(36_000), day), actor=world.user("chair"))
    yield day + dt.timedelta(days=4)
    asked = requests.request_reversal(
        entries=LedgerEntry.objects.filter(posting=wrong.posting),
        reason="金额录入有误",
        document="财务更正说明",
        posted_on=day + dt.timedelta(days=4),
        actor=world.user("finance"),
    )
    yield day + dt.timedelta(days=5)
    requests.approve(subject=asked, actor=world.user("chair"))
    right = _asked(world, "405", "SUBSIDY", Decimal(63_000), day + dt.timedelta(days=5))
    requests.approve(subject=right, actor=world.user("chair"))


def _cover(world: World, year: int, code: str, premium: Decimal) -> Process:
    plan = MutualAidPlan.objects.get(code=code)
    if plan.premium != premium:
        plan.premium, plan.insurer = premium, "星湖市职工互助保障会"
        plan.save(update_fields=["premium", "insurer"])
    paid = starts = dt.date(year, 4, 1)
    people = Person.objects.members(on=starts).filter(died_on=None)
    if plan.only_gender:
        people = people.filter(gender=plan.only_gender)
    lines = people.order_by("staff_number").values_list("staff_number", "name")
    covers.enrol(plan=plan, lines=lines, starts_on=starts, paid_on=paid, source=f"{year}年参保名单（人事与工会核对）")
    premiums.post_premium(
        term=premiums.Term(plan, starts, paid),
        fund=Fund.objects.get(code="UNION"),
        posted_on=paid,
        approval=_approval(world, prepared_by="welfare", posted_by="finance"),
    )
    yield from ()


def _vouchers(world: World, year: int, month: int) -> Process:
    """Note the vouchers that finance has keyed for the month's postings so far."""
    day = dt.date(year, month, 28)
    waiting = Posting.objects.filter(year=year, posted_on__lte=day, vouchers=None).order_by("number")
    for posting in waiting:
        vouchers.note_voucher(
            posting=posting,
            voucher_number=f"记-{posting.posted_on:%m}-{posting.number:03d}",
            voucher_date=day,
            noted_by=world.user("finance"),
        )
    yield from ()


def _close(world: World, year: int) -> Process:
    for fiscal_year in FiscalYear.objects.filter(year=year):
        take(subject=fiscal_year, action="close", actor=world.user("finance"), why="年度决算已审定")
    yield from ()
