"""Kinds of account, and the states of a fiscal year with their moves."""

from django.db import models

from union_portal.base.states import Machine, Move


class AccountKind(models.TextChoices):
    INCOME = "income", "收入"
    EXPENSE = "expense", "支出"


class YearState(models.TextChoices):
    """The state of a book's fiscal year."""

    OPEN = "open", "开启"
    CLOSED = "closed", "已办结"
    REOPENED = "reopened", "补录重开"


YEAR_MACHINE = Machine(
    name="welfare.fiscalyear",
    initial=[YearState.OPEN],
    moves=[
        Move("close", YearState.OPEN, YearState.CLOSED, "结账"),
        Move("reopen", YearState.CLOSED, YearState.REOPENED, "重开补录"),
        Move("close", YearState.REOPENED, YearState.CLOSED, "结账"),
    ],
)
