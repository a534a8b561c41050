"""The register: who joined, branches and groups, elections of a spring."""

import datetime as dt

from members.branches.enums import BranchKind
from members.branches.models import Term
from tests.factories import members
from tests.seeds.facts import Fact
from union_portal.accounts.enums import Role
from union_portal.base.periods import Period

NEW, BRANCHES, GROUPS, ELECTED = 33, 13, 3, 11
FACTS = (
    Fact(
        number="002-23",
        key="members.new",
        said="办理新会员入会、转入手续33人",
        period=Period.year(2022),
        rows=NEW,
        heads=NEW,
        role=Role.ORGANISATION,
    ),
    Fact(
        number="001-16",
        key="members.elections",
        said="指导11个分工会完成换届选举",
        period=Period(dt.date(2023, 4, 1), dt.date(2023, 4, 30)),
        rows=ELECTED,
        times=ELECTED,
        role=Role.ORGANISATION,
    ),
    Fact(
        number="003-57",
        key="members.direct_groups",
        said="直属工会小组3个",
        period=Period.year(2024),
        rows=GROUPS,
        times=GROUPS,
        role=Role.ORGANISATION,
    ),
)


def enter() -> None:
    """Enter the school with its branches and groups, joiners of a year, and committees elected in one April."""
    root = members.branch(kind=BranchKind.SCHOOL)
    branches = [members.branch(parent=root) for _number in range(BRANCHES)]
    for _number in range(GROUPS):
        members.branch(parent=root, kind=BranchKind.DIRECT_GROUP)
    for number in range(NEW):
        members.member(on=dt.date(2022, 1 + number % 12, 5), branch=branches[number % BRANCHES])
    for day, branch in enumerate(branches[:ELECTED], start=1):
        began = dt.date(2023, 4, day)
        Term.objects.create(branch=branch, number=5, began_on=began, ends_on=dt.date(2028, 3, 31))
