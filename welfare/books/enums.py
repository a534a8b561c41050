"""Kinds of account, and the states of a fiscal year with their moves."""

from django.db import models

from union_portal.base.states import Machine, Move


class AccountKind(models.TextChoices):
    INCOME = "income", "收入"
    EXPENSE = "expense", "支出"
    BALANCE = "balance", "结余"


class ChartKind(models.TextChoices):
    """What the accounts of the accounting system are kept for."""

    ASSET = "asset", "资产"
    DEBT = "debt", "负债"
    NET = "net", "净资产"
    INCOME = "income", "收入"
    EXPENSE = "expense", "支出"


class Counting(models.TextChoices):
    """Whether a statement counts what stands on an account, so that no money is counted twice."""

    ALWAYS = "always", "照常计入"
    BETWEEN = "between", "校内拨付（合并列报时不计）"
    PASSING = "passing", "代收上解（不计入收支）"


# Under which kinds of the accounting system an account of the ledger may be reported.
REPORTED_AS = {
    AccountKind.INCOME: (ChartKind.INCOME,),
    AccountKind.EXPENSE: (ChartKind.EXPENSE,),
    AccountKind.BALANCE: (ChartKind.ASSET, ChartKind.DEBT, ChartKind.NET),
}


class YearState(models.TextChoices):
    OPEN = "open", "开启"
    CLOSED = "closed", "已结账"
    REOPENED = "reopened", "补录重开"


YEAR_MACHINE = Machine(
    name="welfare.fiscalyear",
    initial=[YearState.OPEN],
    moves=[
        Move("close", YearState.OPEN, YearState.CLOSED, "结账", permission="welfare.open_year"),
        # Only for what is recorded later (补录); the chair decides, with a reason.
        Move("reopen", YearState.CLOSED, YearState.REOPENED, "重开补录", why=True, permission="welfare.reopen_year"),
        Move("close", YearState.REOPENED, YearState.CLOSED, "结账", permission="welfare.open_year"),
    ],
)
