"""What the desk's lists of kinds that may cost money have in common."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypeVar

from django.http import HttpRequest

from union_portal.base.admin import RecordAdmin
from union_portal.base.money import grouped
from union_portal.base.states import Move
from welfare.payments.admin import PaymentAdmin
from welfare.payouts import services
from welfare.payouts.enums import POSTED, PayoutState
from welfare.payouts.models import Payout

P = TypeVar("P", bound=Payout)
OPEN = (PayoutState.NOTHING, PayoutState.ASKED)


class PayoutAdmin(PaymentAdmin[P]):
    """Whoever enters it asks for the money, another approves."""

    by: ClassVar[Mapping[str, Callable[..., Any] | None]] = {**PaymentAdmin.by, "ask": services.ask}

    def get_fields(self, request: HttpRequest, obj: P | None = None) -> Any:
        """Ask a new record for its amount too; show what was posted once it is."""
        if obj is None:
            return [name for name in self.fields or () if name not in POSTED]
        return [*super().get_fields(request, obj), *(name for name in POSTED if getattr(obj, name))]

    def has_change_permission(self, request: HttpRequest, obj: P | None = None) -> bool:
        """Leave as it is what was decided."""
        return super().has_change_permission(request, obj) and (obj is None or obj.state in OPEN)

    def step_says(self, step: Move, subject: P) -> str:
        """Say what is asked for."""
        told = RecordAdmin.step_says(self, step, subject)
        return f"{told}申请列支 {grouped(subject.amount)} 元。" if subject.amount else told
