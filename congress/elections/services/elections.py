"""Elections to committees: candidates in the order of strokes, 差额, 另选人, further rounds, approval, past ones."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from congress.committees.models import Committee, CommitteeSeat
from congress.elections.models import Candidate, Election
from congress.elections.services.outcomes import elected_in, has_open_seats, least_candidates, outcome_of
from congress.sessions.enums import AgendaKind, AgendaOutcome
from congress.sessions.models import AgendaItem, Sitting
from congress.voting.enums import BallotMethod, BallotState
from congress.voting.services import counting
from congress.voting.services.counting import Attendance, Papers
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import begin, hold, move, saved


@transaction.atomic
def open_election(  # noqa: PLR0913
    *,
    sitting: Sitting,
    committee: Committee,
    seats: int,
    people: Sequence[Person],
    actor: User | None,
    min_surplus: int = 5,
    item: AgendaItem | None = None,
    method: BallotMethod = BallotMethod.PAPER,
    teller: Person | None = None,
    scrutineer: Person | None = None,
) -> Election:
    """Open an election with its candidates.

    Refused below the quorum, when too few stand for the seats (差额), when the committee is already being elected.
    """
    held = hold(sitting, "congress", "session")
    least = least_candidates(seats=seats, min_surplus=min_surplus)
    if seats < 1:
        raise Refused("选举名额至少一个。", field="seats")
    if len(people) < least:
        raise Refused(
            f"应选 {seats} 名，差额不低于 {min_surplus}%，至少需 {least} 名候选人，现有 {len(people):,} 名。",
            field="people",
        )
    if item is not None and item.outcome != AgendaOutcome.PENDING:
        raise Refused(f"“{item.title}”已有结果：{item.get_outcome_display()}。", field="item")
    _first_of_committee(held, committee, item)
    election = Election(sitting=held, committee=committee, seats=seats, min_surplus=min_surplus, item=item)
    election.method, election.teller, election.scrutineer = method, teller, scrutineer
    return _open(election, people=people, actor=actor)


def _first_of_committee(sitting: Sitting, committee: Committee, item: AgendaItem | None) -> None:
    if item is not None and (item.sitting_id != sitting.pk or item.kind != AgendaKind.ELECT):
        raise Refused("该议题不是本次会议的选举事项。", field="item")
    if sitting.elections.filter(committee=committee).exclude(state=BallotState.VOIDED).exists():
        raise Refused(f"本次会议已选举{committee}，缺额请发起再次选举。", field="committee")


@transaction.atomic
def second_round(
    *, election: Election, actor: User | None, teller: Person | None = None, scrutineer: Person | None = None
) -> Election:
    """Open another round for the seats left open: those level at the last seat, else all who were not elected.

    Those level at the last seat had their majority, so among them most votes win.
    """
    held = hold(election, "sitting__congress", "committee", "item", "teller", "scrutineer")
    sitting = hold(held.sitting, "congress", "session")
    if held.state != BallotState.CONFIRMED:
        raise Refused("上一轮选举的计票单尚未确认。")
    root = held.first_round or held
    if root.later_rounds.filter(opened_at__gt=held.opened_at).exclude(state=BallotState.VOIDED).exists():
        raise Refused("已发起再次选举。")
    if root.approved_on is not None:
        raise Refused("该选举已获上级工会批复。")
    if held.left_open is not None:
        raise Refused("空缺名额已决定不再选举，不能再开下一轮。")
    found = outcome_of(held)
    if not found.open_seats:
        raise Refused(f"{held.seats} 名已全部选出。")
    elected = {one.pk for one in found.elected}
    left = found.tied or [one for one in held.candidates.select_related("person") if one.pk not in elected]
    if not left:
        raise Refused("没有可参加再次选举的候选人。")
    again = Election(sitting=sitting, committee=held.committee, seats=found.open_seats, min_surplus=0, item=held.item)
    again.method, again.first_round = held.method, root
    again.by_most_votes = bool(found.tied) or held.by_most_votes
    again.teller, again.scrutineer = teller or held.teller, scrutineer or held.scrutineer
    return _open(again, people=[one.person for one in left], actor=actor)


def _open(election: Election, *, people: Sequence[Person], actor: User | None) -> Election:
    _each_once(people, field="people")
    dead = [one.name for one in people if one.died_on is not None]
    if dead:
        raise Refused(f"{'、'.join(dead)}：已去世。", field="people")
    counting.open_sheet(election, actor=actor, standing=people)
    Candidate.objects.bulk_create(Candidate(election=election, person=one) for one in people)
    return election


def _each_once(people: Sequence[Person], *, field: str) -> None:
    twice = sorted({one.name for one in people if people.count(one) > 1})
    if twice:
        raise Refused(f"{'、'.join(twice)}：重复填写。", field=field)


@transaction.atomic
def enter_count(
    *,
    sheet: Election,
    votes: Mapping[int, int],
    actor: User | None,
    papers: Papers | None = None,
    written_in: Sequence[tuple[Person, int]] = (),
    teller: Person | None = None,
    scrutineer: Person | None = None,
) -> Election:
    """Enter the counting sheet: votes by candidate (key of the row), and people written in (另选人) with theirs.

    Nobody has more votes than there are valid papers, all together not more than seats × valid papers.
    """
    held = hold(sheet, "sitting__congress", "teller", "scrutineer")
    held.teller, held.scrutineer = teller or held.teller, scrutineer or held.scrutineer
    rows = list(held.candidates.filter(written_in=False).select_related("person"))
    people = [one.person for one in rows] + [person for person, _count in written_in]
    counting.check_counters(held, standing=people)
    if held.by_most_votes and written_in:
        raise Refused("本轮在票数相同的候选人之间投票，不能另选他人；另选他人的票计入无效票。", field="written_in")
    for person, _count in written_in:
        if people.count(person) > 1:
            raise Refused(f"{person}已是候选人或重复填写，不能列为另选人。", field="written_in")
    papers = papers if held.method == BallotMethod.PAPER else None
    if papers is not None:
        counting.check_papers(present=held.present, papers=papers)
    counted = [(f"votes_{one.pk}", one.person, votes.get(one.pk)) for one in rows]
    counted += [("written_in", *one) for one in written_in]
    _check_votes(counted, seats=held.seats, valid=papers.valid if papers else held.present)
    counting.enter(held, papers=papers, actor=actor)
    held.candidates.filter(written_in=True).delete()
    for one in rows:
        one.votes = votes[one.pk]
    Candidate.objects.bulk_update(rows, ["votes"])
    Candidate.objects.bulk_create(
        Candidate(election=held, person=person, votes=count, written_in=True) for person, count in written_in
    )
    return held


def _check_votes(counted: Sequence[tuple[str, Person, int | None]], *, seats: int, valid: int) -> None:
    for field, person, count in counted:
        if count is None:
            raise Refused(f"请填写{person.name}的得票数（没有得票填 0）。", field=field)
        if count > valid:
            raise Refused(f"{person.name}得 {count:,} 票，多于有效票 {valid:,} 张，请核对。", field=field)
    total = sum(count or 0 for _field, _person, count in counted)
    if total > seats * valid:
        raise Refused(
            f"得票合计 {total:,} 票；有效票 {valid:,} 张、每张最多选 {seats} 人，最多 {seats * valid} 票，请核对。",
            field="valid",
        )


@transaction.atomic
def confirm(*, sheet: Election, actor: User, signed_sheet: str = "") -> Election:
    """Confirm the count, marking who is elected; offices begin only with the approval (批复).

    The agenda item passes when all seats are filled; after a second round it is settled as it stands.
    """
    held = hold(sheet, "sitting__congress", "scrutineer", "item", "first_round")
    found = outcome_of(held)
    # Before the confirmation: after it the database lets nobody touch the candidates.
    if held.state == BallotState.COUNTED:
        held.candidates.filter(pk__in=[one.pk for one in found.elected]).update(elected=True)
    counting.confirm(held, actor=actor, signed_sheet=signed_sheet)
    if held.item is not None and (not found.open_seats or held.first_round_id):
        day = timezone.localdate(held.opened_at)
        counting.settle(held.item, carried=bool(elected_in(election=held)), on=day)
    return held


@transaction.atomic
def send_back(*, sheet: Election, why: str, actor: User | None) -> Election:
    """Have the votes counted again; votes and people written in are taken off the sheet."""
    held = counting.send_back(sheet=sheet, why=why, actor=actor)
    held.candidates.filter(written_in=True).delete()
    held.candidates.update(votes=None)
    return held


@transaction.atomic
def leave_open(*, election: Election, why: str, actor: User | None) -> Election:
    """Leave the seats that the last round did not fill vacant (空缺), and why; settles the agenda item.

    Refused before the count is confirmed, while or after another round, twice, and when no seat is open.
    """
    held = hold(election, "sitting", "item")
    if not has_open_seats(held):
        raise Refused("本轮没有待处理的空缺名额，请查看最后一轮选举。")
    move(held, "leave_open", actor=actor, why=why, left_open=outcome_of(held).open_seats)
    if held.item is not None:
        counting.settle(held.item, carried=bool(elected_in(election=held)), on=timezone.localdate())
    return held


@transaction.atomic
def approve(*, election: Election, on: dt.date, document: str, begins_on: dt.date | None = None) -> list[CommitteeSeat]:
    """Record the higher union's approval (批复): everybody elected in all rounds takes the seat from the day on.

    Refused before the count is confirmed, while another round runs, before the election, or twice.
    """
    held = hold(election, "committee")
    if held.first_round_id:
        raise Refused("请在第一轮选举中登记批复，各轮一并生效。")
    if held.state != BallotState.CONFIRMED:
        raise Refused("计票单尚未确认。")
    if held.approved_on is not None:
        raise Refused(f"{held.approved_on} 的批复已登记。")
    if held.later_rounds.filter(state__in=[BallotState.OPEN, BallotState.COUNTED]).exists():
        raise Refused("另一轮选举尚未计票完毕。")
    if not document.strip():
        raise Refused("请填写上级工会批复文号。", field="document")
    if on < timezone.localdate(held.opened_at) or on > timezone.localdate():
        raise Refused("批复日期须在选举日与今天之间。", field="on")
    elected = elected_in(election=held)
    if not elected:
        raise Refused("无人当选。")
    held.approved_on, held.approval_document = on, document.strip()
    held.save(update_fields=["approved_on", "approval_document"])
    day = begins_on or on
    known = set(
        CommitteeSeat.objects.filter(committee=held.committee).in_force(on=day).values_list("person", flat=True)
    )
    taking = [one for one in elected if one.person_id not in known]
    # Who joins a committee that sits already fills a vacancy.
    joins = CommitteeSeat.objects.filter(committee=held.committee, valid_from__lt=day).exists()
    for one in taking:
        seat = CommitteeSeat(committee=held.committee, person=one.person, valid_from=day, document=document.strip())
        seat.by_election = joins
        one.seat = saved(seat)
        one.save(update_fields=["seat"])
    return [one.seat for one in taking if one.seat is not None]


@dataclass(frozen=True)
class PastCandidate:
    """One candidate's line of a past election."""

    person: Person
    votes: int
    elected: bool
    written_in: bool = False


@transaction.atomic
def record_election(
    *,
    sitting: Sitting,
    committee: Committee,
    seats: int,
    attendance: Attendance,
    lines: Sequence[PastCandidate],
    source: str,
    actor: User | None,
    item: AgendaItem | None = None,
) -> Election:
    """Enter a past election: votes by candidate, and who was elected as the papers say.

    Refused for a session with a roll-call, more elected than seats, more votes than papers hold, a name twice.
    """
    held = hold(sitting, "session", "congress")
    election = Election(sitting=held, committee=committee, item=item, seats=seats, min_surplus=0)
    counting.keep_past(election, attendance=attendance, source=source, actor=actor)
    _first_of_committee(held, committee, item)
    papers, filled = attendance.papers, sum(one.elected for one in lines)
    most = papers.valid if papers else attendance.present
    if not lines:
        raise Refused("请填写候选人及得票。", field="lines")
    _each_once([one.person for one in lines], field="lines")
    over = [one.person.name for one in lines if one.votes > most]
    if over:
        raise Refused(f"{'、'.join(over)}：得票超过有效票数 {most}。", field="lines")
    if filled > seats:
        raise Refused(f"标为当选的有 {filled:,} 人，应选名额只有 {seats} 名。", field="lines")
    election.left_open = seats - filled if filled < seats else None
    election.save()
    begin(election, actor=actor, why=election.source)
    Candidate.objects.bulk_create(Candidate(election=election, **vars(one)) for one in lines)
    if item is not None:
        counting.settle(item, carried=bool(filled), on=item.decided_on or held.session.convened_on)
    return election
