"""The states of a budget, and the ways in which a statement is written."""

from django.db import models

from union_portal.base.states import Machine, Move


class BudgetState(models.TextChoices):
    DRAFT = "draft", "编制中"
    REVIEWED = "reviewed", "经审已审查"
    ADOPTED = "adopted", "已通过"


class Unit(models.TextChoices):
    YUAN = "yuan", "元"
    WAN = "wan", "万元"


class Rounding(models.TextChoices):
    PLAIN = "plain", "四舍五入"
    WHOLE = "whole", "合计为 100%"


class Scope(models.TextChoices):
    OWN = "own", "本账套"
    ALL = "all", "合并分工会账套"


BUDGET_MACHINE = Machine(
    name="welfare.budget",
    initial=[BudgetState.DRAFT],
    moves=[
        Move(
            "review",
            BudgetState.DRAFT,
            BudgetState.REVIEWED,
            "登记经审审查",
            required=("reviewed_on",),
            permission="review",
        ),
        Move("send_back", BudgetState.REVIEWED, BudgetState.DRAFT, "退回修改", why=True, permission="review"),
        Move(
            *("adopt", BudgetState.REVIEWED, BudgetState.ADOPTED, "登记通过"),
            required=("adopted_on", "decision"),
            permission="adopt",
        ),
    ],
)
