"""What was spent by the ledger: each account with those below it, and what was bought by invoice."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.db import connection

from members.totals.report import Summaries
from union_portal.base.figures import Figure, FigureKind, FigureRequest, FigureSource, Rows
from union_portal.base.sql import planned, values
from welfare.books.enums import AccountKind
from welfare.books.models import LedgerAccount
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry

SPENT = "welfare.spent"
PURCHASE = "welfare.purchase"


def kinds() -> Iterator[FigureKind]:
    """Yield what was bought, all that was spent, and each expense account."""
    yield FigureKind(PURCHASE, "采购", "元")
    yield FigureKind(SPENT, "支出", "元")
    accounts = LedgerAccount.objects.filter(kind=AccountKind.EXPENSE).order_by("code")
    for code, name in accounts.values_list("code", "name"):
        yield FigureKind(f"{SPENT}.{code}", name, "元")


def account_prefix(kind: str) -> str:
    """Return what the codes of a kind's accounts begin with; empty is every account."""
    return kind.removeprefix(SPENT).removeprefix(".") if kind != PURCHASE else ""


def count(requests: Sequence[FigureRequest]) -> list[Figure]:
    """Answer the requests by the day the entries concern; four queries."""
    summaries = Summaries(requests)
    labels = {kind.key: kind.label for kind in kinds()}
    with planned(jit="off", enable_mergejoin="off", work_mem="32MB"):
        spent = sum_entries(requests)
    figures = []
    for number, request in enumerate(requests):
        amount, entries = spent.get(number, (Decimal("0.00"), 0))
        figure = Figure(
            key=request.key,
            label=request.label or "、".join(labels.get(kind, kind) for kind in request.kinds),
            kinds=request.kinds,
            period=request.period,
            times=entries,
            amount=amount,
            unit="元",
            basis="台账明细，按业务发生日期计，已减冲销",
        )
        figures.append(summaries.add(number, figure))
    return figures


def sum_entries(requests: Sequence[FigureRequest]) -> dict[int, tuple[Decimal, int]]:
    """Sum the expense entries of each request by the day they concern; reversals take away what they reverse.

    Returns yuan and the number of entries. One query, which reads each entry of the widest period once.
    """
    asked, parameters = values(
        [
            (number, account_prefix(kind), kind == PURCHASE, request.period.start, request.period.end)
            for number, request in enumerate(requests)
            for kind in request.kinds
            if kind.startswith((SPENT, PURCHASE))
        ],
        types=["int", "text", "bool", "date", "date"],
    )
    if not parameters:
        return {}
    days = [min(request.period.start for request in requests), max(request.period.end for request in requests)]
    sql = f"""
        WITH asked(n, prefix, purchase, first, last) AS ({asked}),
        days AS (
            SELECT account_id, posting_id IN (SELECT id FROM welfare_posting WHERE kind = 'purchase') AS purchase,
                   occurred_on, sum(amount) AS amount, count(*) AS entries
            FROM welfare_ledgerentry WHERE occurred_on BETWEEN %s AND %s GROUP BY 1, 2, 3
        )
        SELECT a.n, sum(d.amount), sum(d.entries)
        FROM asked a
        JOIN welfare_ledgeraccount c ON c.kind = 'expense' AND left(c.code, length(a.prefix)) = a.prefix
        JOIN days d ON d.account_id = c.id AND d.occurred_on BETWEEN a.first AND a.last
             AND (NOT a.purchase OR d.purchase)
        GROUP BY a.n
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, *days])
        return {number: (amount, int(entries)) for number, amount, entries in cursor.fetchall()}


def rows(request: FigureRequest) -> Rows:
    """Return the entries that the figure counted."""
    kind, days = request.kinds[0], (request.period.start, request.period.end)
    entries = LedgerEntry.objects.filter(
        occurred_on__range=days, account__kind=AccountKind.EXPENSE, account__code__startswith=account_prefix(kind)
    )
    if kind == PURCHASE:
        entries = entries.filter(posting__kind=PostingKind.PURCHASE)
    return Rows(
        ("归属日期", "台账单号", "摘要", "科目", "金额（元）"),
        entries.order_by("occurred_on", "pk").values_list(
            "occurred_on", "posting__number", "posting__summary", "account__name", "amount"
        ),
    )


SOURCE = FigureSource(app="welfare", kinds=kinds, count=count, rows=rows)
