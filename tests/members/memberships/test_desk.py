"""The year's figures of the register on the desk: of whom the account sees, each beside the year before."""

import datetime as dt

import pytest
from django.utils import timezone

from members.memberships.portal import desk_figures
from tests.factories import members as make
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User

pytestmark = pytest.mark.django_db


def told(user: User) -> dict[str, tuple[object, object]]:
    return {card.label: (card.value, card.previous) for card in desk_figures(user, timezone.localdate().year)}


def test_members_and_newcomers_are_counted_of_those_one_sees() -> None:
    today = timezone.localdate()
    own, other = make.branch(), make.branch()
    make.member(branch=own)
    make.member(branch=own, on=dt.date(today.year - 1, 1, 1))
    make.member(branch=other, on=today)
    make.person()
    assert told(make.account_with_role(Role.ORGANISATION)) == {"在册会员": (3, 2), "新会员": (1, 1)}
    chair = make.account_with_role(Role.BRANCH_CHAIR, branches=(own,))
    assert told(chair) == {"在册会员": (2, 2), "新会员": (0, 1)}
    assert told(make.account_with_role(Role.ADMINISTRATOR)) == {}
