"""Elections to committees: candidates in the order of strokes, 差额, 另选人, further rounds."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from congress.committees.models import Committee
from congress.elections.models import Candidate, Election
from congress.elections.services.outcomes import elected_in, least_candidates, outcome_of
from congress.sessions.enums import AgendaKind, AgendaOutcome
from congress.sessions.models import AgendaItem, Sitting
from congress.voting.enums import BallotMethod, BallotState
from congress.voting.services import counting
from congress.voting.services.counting import Papers
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import begin, hold, move


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
            f"应选 {seats} 名，差额不低于 {min_surplus}%，至少需 {least} 名候选人，现有 {len(people)} 名。",
            field="people",
        )
    if item is not None and (item.sitting_id != held.pk or item.kind != AgendaKind.ELECT):
        raise Refused("该议题不是本次会议的选举事项。", field="item")
    if item is not None and item.outcome != AgendaOutcome.PENDING:
        raise Refused(
            f"“{item.title}”已有结果：{item.get_outcome_display()}。",
            field="item",
        )
    known = held.elections.filter(committee=committee).exclude(state=BallotState.VOIDED)
    if known.exists():
        raise Refused(
            f"本次会议已选举{committee}，缺额请发起再次选举。",
            field="committee",
        )
    return _open(
        Election(sitting=held, committee=committee, seats=seats, min_surplus=min_surplus, item=item, method=method),
        people=people,
        actor=actor,
        teller=teller,
        scrutineer=scrutineer,
    )


@transaction.atomic
def second_round(
    *, election: Election, actor: User | None, teller: Person | None = None, scrutineer: Person | None = None
) -> Election:
    """Open another round for the seats left open: those level at the last seat, else all who were not elected."""
    held = hold(election, "sitting__congress", "committee", "item")
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
    return _open(
        Election(
            sitting=sitting, committee=held.committee, seats=found.open_seats, min_surplus=0, item=held.item,
            method=held.method, first_round=root,
        ),
        people=[one.person for one in left],
        actor=actor,
        teller=teller or held.teller,
        scrutineer=scrutineer or held.scrutineer,
    )  # fmt: skip


def _open(
    election: Election,
    *,
    people: Sequence[Person],
    actor: User | None,
    teller: Person | None,
    scrutineer: Person | None,
) -> Election:
    twice = sorted({one.name for one in people if sum(other.pk == one.pk for other in people) > 1})
    if twice:
        raise Refused("{people}：重复填写。".format(people="、".join(twice)), field="people")
    dead = [one.name for one in people if one.died_on is not None]
    if dead:
        raise Refused("{people}：已去世。".format(people="、".join(dead)), field="people")
    sitting = election.sitting
    election.due, election.present = counting.voters_now(sitting)
    counting.counters(sitting=sitting, teller=teller, scrutineer=scrutineer, standing=people)
    numerator, denominator = counting.majority(sitting=sitting, item=election.item)
    election.needed = counting.votes_needed(due=election.due, numerator=numerator, denominator=denominator)
    election.teller, election.scrutineer = teller, scrutineer
    election.save()
    Candidate.objects.bulk_create(Candidate(election=election, person=one) for one in people)
    begin(election, actor=actor)
    return election


@transaction.atomic
def recount_present(*, election: Election) -> Election:
    """Count again who is in the hall, for an open election."""
    held = hold(election)
    counting.recount_present(held)
    return held


@transaction.atomic
def enter_count(
    *,
    election: Election,
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
    held = hold(election, "sitting__congress", "teller", "scrutineer")
    teller, scrutineer = teller or held.teller, scrutineer or held.scrutineer
    rows = list(held.candidates.filter(written_in=False).select_related("person"))
    people = [one.person for one in rows] + [person for person, _count in written_in]
    counting.counters(sitting=held.sitting, teller=teller, scrutineer=scrutineer, standing=people)
    for person, _count in written_in:
        if sum(one.pk == person.pk for one in people) > 1:
            raise Refused(
                f"{person}已是候选人或重复填写，不能列为另选人。",
                field="written_in",
            )
    valid = papers.valid if papers is not None and held.method == BallotMethod.PAPER else held.present
    if papers is not None and held.method == BallotMethod.PAPER:
        counting.check_papers(present=held.present, papers=papers)
    counted = [(f"votes_{one.pk}", one.person, votes.get(one.pk)) for one in rows]
    _check_votes([*counted, *(("written_in", *one) for one in written_in)], seats=held.seats, valid=valid)
    counting.enter(held, papers=papers, actor=actor, teller=teller, scrutineer=scrutineer)
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
            raise Refused(
                f"{person.name}得 {count} 票，多于有效票 {valid} 张，请核对。",
                field=field,
            )
    total = sum(count or 0 for _field, _person, count in counted)
    if total > seats * valid:
        raise Refused(
            f"得票合计 {total} 票；有效票 {valid} 张、每张最多选 {seats} 人，最多 {seats * valid} 票，请核对。",
            field="valid",
        )


@transaction.atomic
def confirm(*, election: Election, actor: User, signed_sheet: str = "") -> Election:
    """Confirm the count, marking who is elected; offices begin only with the approval (批复).

    The agenda item passes when all seats are filled; after a second round it is settled as it stands.
    """
    held = hold(election, "sitting__congress", "scrutineer", "item", "first_round")
    counting.may_confirm(held, actor=actor, signed_sheet=signed_sheet)
    found = outcome_of(held)
    if held.state == BallotState.COUNTED:
        held.candidates.filter(pk__in=[one.pk for one in found.elected]).update(elected=True)
    move(
        held,
        "confirm",
        actor=actor,
        confirmed_by=actor,
        confirmed_at=timezone.now(),
        signed_sheet=signed_sheet.strip(),
    )
    if held.item is not None and (not found.open_seats or held.first_round_id):
        item = hold(held.item)
        item.outcome = AgendaOutcome.PASSED if elected_in(election=held) else AgendaOutcome.LOST
        item.decided_on = timezone.localdate(held.opened_at)
        item.save(update_fields=["outcome", "decided_on"])
    return held


@transaction.atomic
def send_back(*, election: Election, reason: str, actor: User | None) -> Election:
    """Have the votes counted again; votes and people written in are taken off the sheet."""
    held = hold(election)
    counting.wipe(held, reason=reason, actor=actor)
    held.candidates.filter(written_in=True).delete()
    held.candidates.update(votes=None)
    return held


@transaction.atomic
def void(*, election: Election, reason: str, actor: User | None) -> Election:
    """Void an election that is not confirmed, or one wrongly recorded that has not been approved."""
    held = hold(election)
    if held.approved_on is not None:
        raise Refused("该选举已获上级工会批复。")
    decided = held.state == BallotState.CONFIRMED
    counting.void(held, reason=reason, actor=actor)
    if decided and held.item is not None:
        counting.undecide(held.item)
    return held
