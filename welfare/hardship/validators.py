"""What an encrypted sum may hold."""

from decimal import Decimal

from django.core.exceptions import ValidationError

from union_portal.base.errors import DomainError
from union_portal.base.money import yuan


def is_yuan(text: str) -> None:
    """Refuse what is no amount of yuan to the cent, not below zero."""
    try:
        amount = yuan(text)
    except DomainError as error:
        raise ValidationError(str(error)) from error
    if amount < Decimal(0):
        raise ValidationError("金额不能为负数。")
