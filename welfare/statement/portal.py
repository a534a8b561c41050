"""What a member reads of the own benefits, and staff on the person's page."""

from collections.abc import Iterator

from django.urls import reverse

from union_portal.accounts.models import User
from union_portal.base.money import grouped
from union_portal.base.portal import YEARS_SHOWN, Contribution, Episode, MemberItem, Standing, contribute
from welfare.benefits.enums import Form
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant
from welfare.grants.portal import desk_figures, desk_items
from welfare.mutual_aid.models import Cover
from welfare.statement.services.lines import SHOWN, covers_of, grants_of


def member_items(user: User, *, years: int = YEARS_SHOWN) -> Iterator[MemberItem]:
    """Yield what the person behind the account received or has due, newest first; covers in force with their end."""
    for grant in grants_of(user, years=years):
        yield MemberItem(
            title=grant.title,
            state=grant.state,
            state_label=str(GrantState(grant.state).label),
            on=grant.received_on or grant.granted_on,
            form=str(Form(grant.form).label) if grant.form else "",
            amount=grant.amount,
            detail=_detail(grant),
            grave=grant.benefit.grave,
            address=_own_page(grant),
            standing=Standing.CAME if grant.state == GrantState.RECEIVED else Standing.DUE,
        )
    for cover in covers_of(user):
        yield MemberItem(
            title=cover.plan.name,
            state="in_force",
            state_label=cover.standing,
            on=cover.starts_on,
            form="参保",
            until=cover.ends_on,
            standing=Standing.HOLDS,
        )


def _own_page(grant: Grant) -> str:
    """Lead to where the member says that it came; money comes from the bank, and a single case to his hands."""
    by_hand = grant.round_id is not None and grant.form != Form.CASH
    return reverse("welfare:own_grant", args=[grant.pk]) if by_hand else ""


def _detail(grant: Grant) -> str:
    goods = grant.round.goods if grant.round else ""
    words = f"由 {grant.received_by.name} 代领" if grant.received_by else ""
    open_ = grant.round is not None and grant.round.state == RoundState.APPROVED
    if open_ and grant.state == GrantState.DUE and _own_page(grant):
        words = "领到后请点开确认"
    return "，".join(part for part in (goods, words) if part)


def person_episodes(user: User, person_id: int) -> Iterator[Episode]:
    """Yield the grants of a person that the account may see, and the covers; two queries."""
    if user.has_perm("welfare.view_grant"):
        grants = Grant.objects.visible_to(user).filter(person=person_id, state__in=SHOWN)
        for grant in grants.select_related("benefit", "occasion"):
            yield Episode(
                on=grant.granted_on,
                kind="福利项目",
                title=grant.title,
                detail=" · ".join(
                    [
                        grant.get_form_display(),
                        *([f"{grouped(grant.amount)} 元"] if grant.amount is not None else []),
                        grant.get_state_display(),
                    ]
                ),
                grave=grant.benefit.grave,
                address=reverse("admin:welfare_grant_change", args=[grant.pk]),
            )
    if user.has_perm("welfare.view_cover"):
        for cover in Cover.objects.standing().visible_to(user).filter(person=person_id).select_related("plan"):
            yield Episode(
                on=cover.starts_on,
                until=cover.ends_on,
                kind="参保",
                title=cover.plan.name,
                address=reverse("admin:welfare_cover_change", args=[cover.pk]),
            )


contribute(
    Contribution(
        desk_items=desk_items,
        desk_figures=desk_figures,
        member_items=member_items,
        looks_back=True,
        person_episodes=person_episodes,
    )
)
