"""Who asks for everything in one archive, who sees that it was asked for, and who takes it away."""

from typing import Any

from rules.predicates import predicate

from union_portal.accounts.enums import SECOND_PEOPLE, Role
from union_portal.accounts.rules import has_role
from union_portal.base.rules import allow
from union_portal.home.leaving.querysets import SEE


def _is_one_of_two(user: Any, asked: Any) -> bool:
    return asked is None or bool(asked.is_one_of_two(user))


entrusted = has_role(*SECOND_PEOPLE)
one_of_two = predicate(_is_one_of_two, name="is_one_of_two")
# What was asked for is confirmed or cancelled, never changed.
allow(
    *("home", "leaving"),
    view=has_role(*SEE),
    add=entrusted,
    change=None,
    import_=None,
    take=entrusted & one_of_two,
)
# Another portal's archive comes in through the administrator, as with the command.
allow("home", "arrival", view=has_role(*SEE), add=has_role(Role.ADMINISTRATOR), change=None, import_=None)
