"""Elections."""

from typing import Any

from congress.elections.models import Election
from congress.elections.services import elections
from congress.sessions.models import Sitting
from tests.factories import members
from tests.factories.attendance import voters
from tests.factories.committees import committee


def election(one: Sitting, *, seats: int, names: list[str], **more: Any) -> Election:
    """Open an election of invented people."""
    people = [members.member(name=name) for name in names]
    more.setdefault("scrutineer", voters(one)[-1])
    return elections.open_election(sitting=one, committee=committee(), seats=seats, people=people, actor=None, **more)
