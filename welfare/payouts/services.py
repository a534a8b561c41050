"""Money of a record that may cost some: asked for later, anew, or another sum."""

from decimal import Decimal
from typing import TypeVar

from django.db import transaction

from union_portal.accounts.models import User
from union_portal.base.steps import hold, move
from welfare.payouts.models import Payout

P = TypeVar("P", bound=Payout)


@transaction.atomic
def ask(*, subject: P, actor: User, amount: Decimal, why: str) -> P:
    """Ask for the money, or for another sum; whoever asks now approves nothing. Raises DomainError for no sum."""
    held = hold(subject)
    move(held, "ask", actor=actor, why=why, amount=amount, asked_by=actor, posting=None)
    return held
