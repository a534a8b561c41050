"""Terms, and the officers who run them."""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from congress.bodies.enums import Body
from congress.bodies.models import Congress
from tests.factories import members
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User

numbers = itertools.count(1)
BEGAN = dt.date(2022, 4, 1)


def officer() -> User:
    """Make an account of the congress officer."""
    return members.account_with_role(Role.CONGRESS)


def leader() -> User:
    """Make an account of the chair, who approves what is filed."""
    return members.account_with_role(Role.CHAIR)


def congress(*, body: Body = Body.STAFF, **fields: Any) -> Congress:
    """Make a running term of the school's staff congress."""
    fields.setdefault("number", next(numbers))
    fields.setdefault("began_on", BEGAN)
    fields.setdefault("ends_on", timezone.localdate().replace(month=12, day=31) + dt.timedelta(days=400))
    return Congress.objects.create(body=body, **fields)
