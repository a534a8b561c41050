"""The groups of roles of which the tables of who may open what are made, and what a line of them says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from union_portal.accounts.enums import SCHOOL_ROLES, Role

Roles = frozenset[Role]


def of(*roles: Role) -> Roles:
    return frozenset(roles)


CHAIR, ORGANISATION, WELFARE, CONGRESS = Role.CHAIR, Role.ORGANISATION, Role.WELFARE, Role.CONGRESS
ACTIVITIES, WOMEN, FINANCE, AUDIT = Role.ACTIVITIES, Role.WOMEN, Role.FINANCE, Role.AUDIT
NOBODY = of()
ADMINISTRATOR = of(Role.ADMINISTRATOR)
BRANCH = of(Role.BRANCH_CHAIR)
HEADS = of(CHAIR, Role.VICE_CHAIR)
SCHOOL = frozenset(SCHOOL_ROLES)
STAFF = SCHOOL | BRANCH
KEEPERS = ADMINISTRATOR | of(ORGANISATION)
LENDERS = ADMINISTRATOR | of(CHAIR)
WATCHERS = ADMINISTRATOR | of(AUDIT, CHAIR)
REGISTER = of(ORGANISATION)
COUNTERS = of(ORGANISATION, WELFARE, CONGRESS, ACTIVITIES, WOMEN)
TAKERS = HEADS | BRANCH | of(ORGANISATION, WELFARE, WOMEN, FINANCE)
IMPORTERS = COUNTERS | BRANCH
# Finance imports lists of its own, and sees no row of others.
LISTS = dict.fromkeys(("changelist", "export"), IMPORTERS | of(FINANCE))
OFFICE = of(CONGRESS)
RUNS = OFFICE | BRANCH
READERS = HEADS | of(CONGRESS, AUDIT)
MEETS = of(CONGRESS, ORGANISATION, AUDIT, WOMEN)
RULES_KEPT_BY = of(CONGRESS, ORGANISATION, FINANCE)
HEARS = HEADS | of(CONGRESS, ORGANISATION, WOMEN)
MONEY_SEEN_BY = HEADS | of(WELFARE, WOMEN, FINANCE, AUDIT)
PREPARES = of(WELFARE)
APPROVES = HEADS | of(FINANCE)
BOOKS = HEADS | of(FINANCE)
CARES = of(WELFARE, WOMEN)
PAYS = of(WELFARE, FINANCE)
OF_CHECKS = [f"welfare.{one}" for one in ("checkhospital", "checkpackage", "checkday", "turnoutquota")]
POSTS = of(FINANCE)
SENT_ON = ("step_forward", "step_pay", "step_refuse", "step_annul")  # steps of a claim that are the office's
WRITES = SCHOOL - of(FINANCE, AUDIT)
EVERY_ROLE = frozenset(Role)


@dataclass(frozen=True)
class May:
    look: Roles
    add: Roles = NOBODY
    change: Roles | None = None
    take: Roles | None = None
    steps: Roles | None = None
    also: Mapping[str, Roles] = field(default_factory=dict)

    def who(self, verb: str) -> Roles:
        """Return who may; what is not said follows: changing from adding, taking along from looking."""
        change = self.add if self.change is None else self.change
        told = {
            "look": self.look,
            "add": self.add,
            "change": change,
            "export": self.look if self.take is None else self.take,
            "delete": NOBODY,
        }
        return self.also.get(verb) or told.get(verb, change if self.steps is None else self.steps)
