"""What the desk's pages of every kind of payment share."""

from typing import Any, ClassVar, TypeVar

from django.http import HttpRequest

from union_portal.accounts.requests import account_of
from union_portal.base.admin import Block, RecordAdmin, refused_by
from union_portal.base.states import Move
from welfare.payments import services
from welfare.payments.models import Payment

P = TypeVar("P", bound=Payment)


class PaymentAdmin(RecordAdmin[P]):
    """One asks on the owner's page, another decides on the payment's."""

    by: ClassVar[Any] = {"approve": services.approve, "decline": services.decline, "reverse": None}

    def save_model(self, request: HttpRequest, obj: P, form: Any, change: bool) -> None:
        """Whoever enters it asks for it."""
        obj.asked_by = account_of(request)
        super().save_model(request, obj, form, change)

    def blocks(self, request: HttpRequest, step: Move, subject: P) -> Block | None:
        """Let one ask and another decide; say what cannot be posted yet."""
        check = services.may_pay if step.action == "approve" else services.may_decide
        return refused_by(check, payment=subject, actor=account_of(request))

    def step_says(self, step: Move, subject: P) -> str:
        """Say what will be posted, and from which fund."""
        if step.action != "approve":
            return super().step_says(step, subject)
        return f"批准后在“{subject.fund}”记账 {subject.in_words()}。"
