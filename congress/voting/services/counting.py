"""What ballots and elections share: who may vote now, the papers' sums, the scrutineer's word."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.utils import timezone

from congress.attendance.services.quorum import quorum
from congress.elections.models import Election
from congress.sessions.enums import AgendaOutcome, SittingState
from congress.sessions.models import AgendaItem, Sitting
from congress.voting.enums import BallotMethod, BallotState
from congress.voting.models import Ballot
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import move

Sheet = Ballot | Election


@dataclass(frozen=True)
class Papers:
    """The papers of a vote: handed out, returned, and of those valid and void."""

    handed_out: int
    returned: int
    valid: int
    void: int


NO_PAPERS: dict[str, None] = dict.fromkeys(one.name for one in fields(Papers))


def voters_now(sitting: Sitting) -> tuple[int, int]:
    """Return 应到 as fixed at the opening and the voters in the hall now; refused when closed or below the quorum."""
    if sitting.state != SittingState.OPEN:
        raise Refused(
            f"{sitting}{sitting.get_state_display()}：会议进行中才能表决。",
            code="closed",
        )
    stands = quorum(sitting=sitting)
    if not stands.reached:
        raise Refused(
            f"到会人数不足，不能表决：应到 {stands.due} 人，须到会 {stands.needed} 人，"
            f"现到会 {stands.present} 人，还差 {stands.missing} 人。",
            code="quorum",
        )
    return stands.due, stands.present


def votes_needed(*, due: int, numerator: int, denominator: int) -> int:
    """Return the least number of votes that is more than the share of all due: for one half of 90 it is 46."""
    return due * numerator // denominator + 1


def majority(*, sitting: Sitting, item: AgendaItem | None) -> tuple[int, int]:
    """Return the item's own majority, else the congress's."""
    if item is not None and item.majority_numerator and item.majority_denominator:
        return item.majority_numerator, item.majority_denominator
    return sitting.congress.majority_numerator, sitting.congress.majority_denominator


def check_papers(*, present: int, papers: Papers) -> None:
    """Refuse papers that cannot be: more out than voters, more back than out, valid and void not adding up."""
    if papers.handed_out > present:
        raise Refused(
            f"发出票 {papers.handed_out} 张，多于实到 {present} 人，请核对；有人后到的，请先重新清点到会人数。",
            field="handed_out",
        )
    if papers.returned > papers.handed_out:
        raise Refused(
            f"收回票 {papers.returned} 张，多于发出票 {papers.handed_out} 张，本次投票无效，请作废后重新投票。",
            field="returned",
        )
    if papers.valid + papers.void != papers.returned:
        raise Refused(
            f"有效票 {papers.valid} 张、无效票 {papers.void} 张，"
            f"合计 {papers.valid + papers.void} 张，与收回票 {papers.returned} 张不符，请核对。",
            field="valid",
        )


def counters(
    *, sitting: Sitting, teller: Person | None, scrutineer: Person | None, standing: Sequence[Person] = ()
) -> None:
    """Refuse counters who may not count: one for both, a scrutineer without a vote here, a candidate."""
    if teller is not None and scrutineer is not None and teller.pk == scrutineer.pk:
        raise Refused("计票人与监票人不能是同一人。", field="scrutineer")
    if scrutineer is not None and not sitting.roll.filter(person=scrutineer, votes=True).exists():
        raise Refused(
            f"监票人须有表决权，{scrutineer}在本次会议中没有表决权。",
            field="scrutineer",
        )
    for name, person in (("teller", teller), ("scrutineer", scrutineer)):
        if person is not None and any(one.pk == person.pk for one in standing):
            raise Refused(f"{person}是本次选举的候选人，不能担任计票人或监票人。", field=name)


def enter(held: Any, *, papers: Papers | None, actor: User | None, **changes: Any) -> None:
    """Take the held sheet to “counted” with its papers and who entered them."""
    if changes["scrutineer"] is None:
        raise Refused("请填写监票人。", field="scrutineer")
    if held.method == BallotMethod.PAPER:
        if papers is None:
            raise Refused("请填写发出、收回、有效和无效票数。", field="handed_out")
        check_papers(present=held.present, papers=papers)
    sums = vars(papers) if papers is not None and held.method == BallotMethod.PAPER else NO_PAPERS
    move(held, "enter", actor=actor, entered_by=actor, entered_at=timezone.now(), **sums, **changes)


def may_confirm(held: Any, *, actor: User, signed_sheet: str) -> None:
    """Refuse who entered the sheet, and whoever is not the scrutineer and names no sheet signed by him."""
    if held.state != BallotState.COUNTED:
        return
    if held.entered_by_id == actor.pk:
        raise Refused("计票单由您录入，请由监票人或其他工作人员确认。")
    is_scrutineer = held.scrutineer is not None and held.scrutineer.user_id == actor.pk
    if not is_scrutineer and not signed_sheet.strip():
        raise Refused("请填写监票人签字的纸质计票单编号或档号。", field="signed_sheet")


def wipe(held: Any, *, reason: str, actor: User | None, **empty: Any) -> None:
    """Send the held sheet back: what was counted is taken off it (the history keeps it)."""
    if not reason.strip():
        raise Refused("请说明重新计票的原因。", field="reason")
    move(held, "send_back", actor=actor, why=reason, entered_by=None, entered_at=None, **NO_PAPERS, **empty)


def void(held: Any, *, reason: str, actor: User | None) -> None:
    """Void the held sheet."""
    if held.state == BallotState.CONFIRMED and not held.recorded:
        raise Refused("计票结果已确认，不能再改动。")
    if not reason.strip():
        raise Refused("请说明作废的原因。", field="reason")
    move(held, "void", actor=actor, why=reason)


def undecide(item: AgendaItem) -> None:
    """Take back what a count wrongly recorded decided."""
    AgendaItem.objects.filter(pk=item.pk).update(outcome=AgendaOutcome.PENDING, decided_on=None)


def recount_present(held: Any) -> None:
    """Count again who is in the hall for a vote that is open; 应到 stays."""
    if held.state != BallotState.OPEN:
        raise Refused("已计票，实到人数不再变动。")
    _due, held.present = voters_now(Sitting.objects.select_related("congress").get(pk=sitting_of(held)))
    held.save(update_fields=["present"])


def sitting_of(held: Any) -> int:
    """Return the key of the sitting a sheet belongs to."""
    key: int = held.sitting_id if isinstance(held, Election) else held.item.sitting_id
    return key
