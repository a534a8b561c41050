"""Kinds of account, and the states of a fiscal year with their moves."""

from django.db import models

from union_portal.base.states import Machine, Move


class AccountKind(models.TextChoices):
    INCOME = "income", "收入"
    EXPENSE = "expense", "支出"
    BALANCE = "balance", "结余"


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
