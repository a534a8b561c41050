"""Who may see and run a congress, and the circles of people the congress's rooms share."""

from typing import Any

from rules.predicates import predicate

from congress.bodies.querysets import runs_school, sees_school
from union_portal.accounts.enums import SCHOOL_ROLES, Role
from union_portal.accounts.models import User
from union_portal.accounts.rules import has_role
from union_portal.base.rules import allow


def sees_it(user: Any, subject: Any) -> bool:
    """Judge whatever row is asked about by its own list: a step may be asked with the session, a line or a vote."""
    if subject is None or sees_school(user):
        return True
    return bool(type(subject)._default_manager.visible_to(user).filter(pk=subject.pk).exists())  # noqa: SLF001


def runs_it(user: Any, subject: Any) -> bool:
    if subject is None or runs_school(user):
        return True
    return bool(type(subject)._default_manager.run_by(user).filter(pk=subject.pk).exists())  # noqa: SLF001


def of_account(name: str, check: Any) -> Any:
    return predicate(lambda user, subject: isinstance(user, User) and check(user, subject), name=name)


SCHOOL = has_role(*SCHOOL_ROLES)
OFFICE = has_role(Role.CONGRESS)
HEADS = has_role(Role.CHAIR, Role.VICE_CHAIR)
BRANCHES = SCHOOL | has_role(Role.BRANCH_CHAIR)
LOOKS = BRANCHES & predicate(sees_it, name="sees_it")
# The congress office runs every congress; a branch chair the own branch's (二级教代会), wholly.
RUNS = has_role(Role.CONGRESS, Role.BRANCH_CHAIR) & predicate(runs_it, name="runs_it")
KEEPS_COMMITTEES = has_role(Role.CONGRESS, Role.ORGANISATION, Role.BRANCH_CHAIR) & predicate(runs_it, name="runs_it")
NOBODY = predicate(lambda _user: False, name="nobody")
allow("congress", "congress", view=LOOKS, add=RUNS, import_=OFFICE)
