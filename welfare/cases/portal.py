"""What waits for finance: approved rounds, cases and recorded grants that are not in the ledger yet."""

from collections.abc import Iterator

from django.urls import reverse

from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, Place, contribute
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant, Round
from welfare.grants.portal import list_address
from welfare.grants.services.paying import FROM_ROSTER
from welfare.grants.services.recorded import papers_to_post
from welfare.purchases.models import Purchase
from welfare.rounds.services.payment import left_to_post


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield what finance posts next; nothing for anybody else."""
    if not user.has_perm("welfare.pay_round"):
        return
    for round_ in _rounds():
        by_roster = round_.benefit.form in FROM_ROSTER
        yield DeskItem(
            title=f"记账：{round_}",
            detail="已审批，按名册记入台账。" if by_roster else "已审批，收到发票后登记入账。",
            address=reverse("admin:welfare_round_change", args=[round_.pk]),
            due_on=round_.handed_out_on,
        )
    singly = Grant.objects.filter(round=None, form__in=FROM_ROSTER, state__in=[GrantState.DUE, GrantState.RETURNED])
    if count := singly.count():
        yield DeskItem(
            title="待发放记账的单项慰问",
            detail="已审批，发放后记入台账；退票的更正账户后重新发放。",
            address=list_address("grant", f"?state__exact={GrantState.DUE}"),
            count=count,
        )
    if count := papers_to_post().count():
        yield DeskItem(
            title="待记账的补录记录",
            detail="线下审批已由另一人确认，请按审批逐份记入台账。",
            address=reverse("admin:welfare_grant_post_recorded"),
            count=count,
        )


def _rounds() -> list[Round]:
    """Return approved rounds without a posting: from the roster, or by any invoice that stands."""
    approved = Round.objects.filter(state=RoundState.APPROVED).select_related("benefit", "occasion")
    bought = Purchase.objects.standing().values("round")
    by_invoice = approved.exclude(benefit__form__in=FROM_ROSTER).exclude(pk__in=bought)
    by_roster = [one for one in approved.filter(benefit__form__in=FROM_ROSTER) if left_to_post(round_=one)]
    return [*by_roster, *by_invoice][:8]


_NEW = Place("welfare", "登记慰问", "admin:welfare_grant_add", "welfare.add_grant", "volunteer_activism")
contribute(Contribution(desk_items=desk_items, creates=(_NEW,)))
