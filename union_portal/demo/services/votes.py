"""What the demo's sessions decide: ballots by hands and on paper, the elections of committees, resolutions, minutes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from congress.bodies.enums import Body
from congress.committees.enums import CommitteeKind, CommitteePost
from congress.committees.models import Committee
from congress.elections.models import Election
from congress.elections.services import elections
from congress.resolutions import services as resolutions
from congress.sessions.enums import AgendaKind, AgendaOutcome
from congress.sessions.models import AgendaItem, Sitting
from congress.voting.enums import BallotMethod
from congress.voting.services import ballots, counting
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.demo.services.clock import at

RULES, PAY, PAY_AGAIN = (
    "《教职工代表大会实施细则》（草案）",
    "《绩效工资分配方案》（修订）",
    "《绩效工资分配方案》（再次修订）",
)
# What the staff congress votes on at each of its sessions: title, method, carried.
MOTIONS: tuple[tuple[tuple[str, BallotMethod, bool], ...], ...] = (
    ((RULES, BallotMethod.HANDS, True),),
    ((PAY, BallotMethod.PAPER, False),),
    ((PAY_AGAIN, BallotMethod.PAPER, True),),
    # The session to come has nothing decided yet.
    (("《教职工考核办法》（修订）", BallotMethod.PAPER, True),),
)
# What the union members' congress elects at its first session: kind, committee, seats, how many stand.
ELECTED = (
    (CommitteeKind.UNION, "第二届工会委员会", 13, 15),
    (CommitteeKind.FINANCE_REVIEW, "第二届工会经费审查委员会", 5, 6),
)
WORDS = {
    AgendaOutcome.PASSED: "大会审议了{0}，经表决通过，由学校印发施行。",
    AgendaOutcome.HEARD: "大会听取了{0}，同意报告对过去一年工作的总结和今后工作的安排。",
    AgendaOutcome.REVIEWED: "大会审议了{0}，代表们认为报告实事求是，建议按代表意见修改完善后实施。",
}
MINUTES = (
    "大会由主席团主持。代表们分团审议了各项报告，围绕教学条件、职称评审、后勤服务等提出意见和建议。"
    "大会号召全体教职工立足岗位、团结奋进。"
)


@dataclass(frozen=True)
class Counters:
    """Who counts (计票人), who watches (监票人) and who enters the sheet."""

    teller: Person
    scrutineer: Person
    officer: User

    @property
    def confirms(self) -> User:
        """The scrutineer's account."""
        user = self.scrutineer.user
        assert user is not None  # noqa: S101 - chosen among the staff
        return user


def items_to_decide(place: int, body: Body) -> list[tuple[AgendaKind, str]]:
    """Return what a session's agenda holds beside the reports."""
    if body is Body.STAFF:
        return [(AgendaKind.PASS, title) for title, _method, _carried in MOTIONS[place]]
    if place == 0:
        return [(AgendaKind.ELECT, f"选举{name}") for _kind, name, _seats, _stand in ELECTED]
    return [(AgendaKind.ELECT, "补选第二届工会委员会委员")] if place == len(MOTIONS) - 1 else []


def decide(*, item: AgendaItem, place: int, counters: Counters) -> None:
    """Vote on an item as the demo's story has it; the scrutineer confirms the sheet by the own account."""
    method, carried = next((method, carried) for title, method, carried in MOTIONS[place] if title == item.title)
    vote(item=item, method=method, carried=carried, counters=counters)


def vote(*, item: AgendaItem, method: BallotMethod, carried: bool, counters: Counters) -> None:
    """Open a ballot, enter its count, confirm it."""
    ballot = ballots.open_ballot(
        item=item,
        method=method,
        actor=counters.officer,
        teller=counters.teller,
        scrutineer=counters.scrutineer,
    )
    papers = None
    total = ballot.present
    if method is BallotMethod.PAPER:
        papers = counting.Papers(total, returned=total - 1, valid=total - 2, void=1)
        total = papers.valid
    agreed = total - 5 if carried else ballot.needed - 3
    votes = ballots.Votes(agreed, against=total - agreed - 2, abstained=2)
    ballots.enter_count(sheet=ballot, votes=votes, papers=papers, actor=counters.officer)
    ballots.confirm(sheet=ballot, actor=counters.confirms)


def elect(
    *, item: AgendaItem, sitting: Sitting, people: Sequence[Person], counters: Counters
) -> tuple[Committee, Election]:
    """Elect the committee that the item names; two level at the last seat stand again in a second round."""
    kind, name, seats, stand = next(row for row in ELECTED if item.title.endswith(row[1]))
    committee = Committee.objects.create(
        kind=kind, name=name, congress=sitting.congress, began_on=sitting.session.convened_on
    )
    election = elections.open_election(
        sitting=sitting,
        committee=committee,
        seats=seats,
        people=people[:stand],
        item=item,
        actor=counters.officer,
        teller=counters.teller,
        scrutineer=counters.scrutineer,
    )
    papers = counting.Papers(election.present, returned=election.present, valid=election.present - 1, void=1)
    order = {person.pk: place for place, person in enumerate(people)}
    level = kind is CommitteeKind.FINANCE_REVIEW
    votes = {
        one.pk: _votes(order[one.person_id], seats=seats, valid=papers.valid, level=level)
        for one in election.candidates.all()
    }
    written_in = [(people[stand], 2)] if not level else []
    elections.enter_count(sheet=election, votes=votes, papers=papers, written_in=written_in, actor=counters.officer)
    elections.confirm(sheet=election, actor=counters.confirms)
    if level:
        again = elections.second_round(election=election, actor=counters.officer)
        first, *others = again.candidates.all()
        votes = {first.pk: again.needed + 9} | {one.pk: papers.valid - again.needed - 9 for one in others}
        elections.enter_count(sheet=again, votes=votes, papers=papers, actor=counters.officer)
        elections.confirm(sheet=again, actor=counters.confirms)
    return committee, election


def _votes(place: int, *, seats: int, valid: int, level: bool) -> int:
    """Return a candidate's votes: fewer with each place, far fewer behind the last seat unless level with it."""
    if level:
        return valid - 2 - 4 * place if place < seats - 1 else valid * 2 // 3
    return valid - 1 - place if place < seats else valid // 3 - place


def take_office(election: Election, *, on: dt.date, document: str) -> None:
    """批复: the higher union approves on the day; the first two elected lead the committee."""
    with at(on):
        seats = elections.approve(election=election, on=on, document=document)
        most = dict(election.candidates.values_list("person", "votes"))
        seats.sort(key=lambda seat: -(most.get(seat.person_id) or 0))
        for seat, post in zip(seats, (CommitteePost.CHAIR, CommitteePost.VICE_CHAIR), strict=False):
            seat.post = post
            seat.save(update_fields=["post"])


def write_up(sitting: Sitting) -> None:
    """Adopt a resolution on the body's first report and on whatever it passed."""
    written: set[str] = set()
    for item in sitting.agenda.exclude(outcome=AgendaOutcome.LOST).exclude(kind=AgendaKind.ELECT):
        if item.outcome in written or item.outcome not in WORDS:
            continue
        written.add(item.outcome)
        resolutions.adopt_resolution(
            sitting=sitting,
            item=item,
            title=f"关于{item.title}的决议",
            text=WORDS[AgendaOutcome(item.outcome)].format(item.title),
        )
