"""A fund to choose, with what is left of it."""

from typing import Any

from django import forms
from django.utils import timezone

from union_portal.base.money import grouped
from welfare.balances.models import FundBalance
from welfare.books.models import Fund


class FundField(forms.ModelChoiceField[Fund]):
    """Names each fund with this year's balance, read once."""

    def label_from_instance(self, obj: Any) -> str:
        """Say what is left, or that nobody knows."""
        left = self.balances.get(obj.pk)
        return f"{obj}（{'期初未登记' if left is None else f'结余 {grouped(left)} 元'}）"

    @property
    def balances(self) -> dict[int, Any]:
        """Return the year's balances by fund."""
        if "balances" not in self.__dict__:
            found = FundBalance.objects.filter(year=timezone.localdate().year)
            self.__dict__["balances"] = dict(found.values_list("fund", "balance"))
        return self.__dict__["balances"]  # type: ignore[no-any-return]
