"""What waits for a second person, by kind of payment."""

from collections.abc import Iterator
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse

from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, contribute
from union_portal.base.prepared import totals
from welfare.payments.enums import PaymentState
from welfare.payments.models import Payment, payments


def _waiting(kinds: list[type[Payment]], account: User) -> "dict[str, tuple[QuerySet[Payment], str]]":
    """Return what others asked for, by kind."""
    asked = {kind._meta.label_lower: kind._default_manager.filter(state=PaymentState.ASKED) for kind in kinds}  # noqa: SLF001
    return {label: (rows.exclude(asked_by=account.pk), "") for label, rows in asked.items()}


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield for each kind how many wait for the account's approval."""
    kinds = [kind for kind in payments() if user.has_perm(f"welfare.approve_{kind._meta.model_name}")]  # noqa: SLF001
    if not kinds:
        return
    for label, (count, _day) in totals(user, "payments to approve", partial(_waiting, kinds)).items():
        if count:
            kind = next(one for one in kinds if one._meta.label_lower == label)  # noqa: SLF001
            name = f"admin:{label.replace('.', '_')}_changelist"
            yield DeskItem(
                title=f"待批准的{kind._meta.verbose_name}列支",  # noqa: SLF001
                detail="由另一人批准，同时记入台账。",
                address=f"{reverse(name)}?state__exact={PaymentState.ASKED}",
                count=count,
                urgent=True,
            )


contribute(Contribution(desk_items=desk_items))
