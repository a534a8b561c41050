"""The member's page: what every app says to the account's owner."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from union_portal.base.portal import CONTRIBUTIONS, YEARS_SHOWN, MemberItem, concerned

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def member_items(user: "User", *, years: int = YEARS_SHOWN) -> list[MemberItem]:
    """Return what came to the account's owner in so many years and all that is due, the newest first."""
    found = [
        item
        for part in concerned(user)
        if part.member_items
        for item in (part.member_items(user, years=years) if part.looks_back else part.member_items(user))
    ]
    return sorted(found, key=lambda item: item.on, reverse=True)


def member_facts(user: "User") -> list[tuple[Any, str]]:
    """Return what the portal knows of the account's owner, masked."""
    return [fact for part in CONTRIBUTIONS if part.member_facts for fact in part.member_facts(user)]


def member_papers(user: "User") -> Iterator[tuple[Any, str]]:
    """Return the papers the account's owner may fetch: label and address."""
    for part in CONTRIBUTIONS:
        if part.member_papers:
            yield from part.member_papers(user)
