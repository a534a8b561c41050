"""What the union's own organisation did in a year: elections, by-elections, rules that hold, who joined."""

import datetime as dt
from typing import Any

import pytest

from congress.committees.enums import CommitteeKind
from congress.elections.models import Election
from congress.regulations.enums import RegulationAct
from congress.voting.enums import BallotState
from members.branches.enums import BranchKind, Position
from members.branches.models import Office, Term
from members.people.enums import Employment
from tests.factories import committees, members, regulations, sessions
from tests.factories.states import put
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base import figures
from union_portal.base.figures import Figure, FigureRequest
from union_portal.base.figures.parts import parts
from union_portal.base.periods import Period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]
YEAR = Period.year(2022)
JUNE = dt.date(2022, 6, 10)


@pytest.fixture(scope="module")
def officer(one_data_set: Any) -> User:
    """Make the year: a new union committee elected in June, one seat filled in autumn, as in the union's branches."""
    held = sessions.session(convened_on=JUNE).sittings.get()
    union = committees.committee(name="第三届工会委员会", began_on=JUNE)
    committees.committee(name="第二届工会委员会", began_on=dt.date(2017, 6, 1), ends_on=dt.date(2022, 6, 9))
    branch = members.branch()
    committees.committee(name="某学院女职工委员会", began_on=JUNE, branch=branch, kind=CommitteeKind.WOMEN)
    for place in range(3):
        late = place == 2
        on = dt.date(2022, 10, 8) if late else JUNE
        committees.seat(committee=union, person=members.member(), on=on, by_election=late)
    sheet: dict[str, Any] = {"sitting": held, "committee": union, "seats": 2, "due": 3, "present": 3, "needed": 2}
    elected = Election.objects.create(**sheet, recorded=True, source="选举结果报告单")
    for state in (BallotState.COUNTED, BallotState.CONFIRMED):
        put(Election.objects.filter(pk=elected.pk), state)
    Election.objects.create(**sheet)  # never counted
    root = members.branch(kind=BranchKind.SCHOOL)
    years = {"began_on": JUNE, "ends_on": dt.date(2027, 6, 9)}
    Term.objects.create(branch=root, number=3, **years)
    term = Term.objects.create(branch=branch, number=2, **years)
    for on, late in ((JUNE, False), (dt.date(2022, 9, 1), True)):
        person = members.member()
        Office.objects.create(person=person, term=term, position=Position.MEMBER, valid_from=on, by_election=late)
    for title, last in (("学校职工代表大会规定", None), ("提案工作办法", None), ("旧办法", dt.date(2021, 5, 1))):
        regulations.enact(title=title, act=RegulationAct.ADOPTED, on=dt.date(2015, 1, 1), text="第一条")
        if last:
            regulations.enact(title=title, act=RegulationAct.REPEALED, on=last, text="")
    for employment in (Employment.AGENCY, Employment.ESTABLISHED):
        members.member(on=dt.date(2022, 3, 1), employment=employment)
    return members.account_with_role(Role.CHAIR, Role.ORGANISATION)


def counted(key: str) -> Figure:
    (figure,) = figures.count([FigureRequest(key, (key,), YEAR)])
    return figure


@pytest.mark.parametrize(
    ("key", "heads", "times", "items"),
    [
        ("congress.elections", None, 1, "第三届工会委员会"),
        ("congress.committees_formed", None, 1, "第三届工会委员会"),
        ("congress.by_elections", 1, 1, "第三届工会委员会"),
        ("members.union_elections", None, 1, "第三届工会委员会"),
        ("members.by_elections", 1, 1, None),
        ("members.joined_outside", 1, 1, None),
        ("congress.regulations_in_force", None, 2, "《学校职工代表大会规定》《提案工作办法》"),
    ],
)
def test_a_fact_of_the_organisation_is_a_figure_with_its_rows(
    officer: User, key: str, heads: int | None, times: int, items: str | None
) -> None:
    figure = counted(key)
    assert (figure.heads, figure.times) == (heads, times)
    assert items is None or parts(figure)["items"] == items
    assert figures.rows(FigureRequest(key, (key,), YEAR), officer).records.count() == times
