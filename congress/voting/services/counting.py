"""What ballots and elections share: who may vote now, the papers' sums, the scrutineer's word."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from congress.attendance.services.quorum import quorum
from congress.bodies.enums import Bound
from congress.sessions.enums import AgendaOutcome, SittingState
from congress.sessions.models import AgendaItem, Sitting
from congress.voting.enums import BallotMethod, BallotState
from congress.voting.models import CountingSheet
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.moments import noon
from union_portal.base.steps import begin, hold, move

S = TypeVar("S", bound=CountingSheet)


@dataclass(frozen=True)
class Papers:
    """The papers of a vote: handed out, returned, and of those valid and void."""

    handed_out: int
    returned: int
    valid: int
    void: int


NO_PAPERS: dict[str, None] = dict.fromkeys(one.name for one in fields(Papers))


@dataclass(frozen=True)
class Attendance:
    """应到 and 实到 as the papers say, and how the vote was taken; `papers` None: the source does not say."""

    due: int
    present: int
    method: BallotMethod = BallotMethod.PAPER
    papers: Papers | None = None


def voters_now(sitting: Sitting) -> tuple[int, int]:
    """Return 应到 as fixed at the opening and the voters in the hall now; refused when closed or below the quorum."""
    if sitting.state != SittingState.OPEN:
        raise Refused(f"{sitting}{sitting.get_state_display()}：会议进行中才能表决。", code="closed")
    stands = quorum(sitting=sitting)
    if not stands.reached:
        raise Refused(
            f"到会人数不足，不能表决：应到 {stands.due:,} 人，须到会 {stands.needed} 人，"
            f"现到会 {stands.present:,} 人，还差 {stands.missing:,} 人。",
            code="quorum",
        )
    return stands.due, stands.present


def needed_by(sheet: Any) -> int:
    """Return the votes a sheet needs of all due, by its item's own majority, else by the congress's."""
    own = sheet.item if sheet.item and sheet.item.majority_numerator and sheet.item.majority_denominator else None
    share = own or sheet.sitting.congress
    above, below = share.majority_numerator, share.majority_denominator
    return Bound(share.majority_bound).least(of=sheet.due, above=above, below=below)


def check_papers(*, present: int, papers: Papers) -> None:
    """Refuse papers that cannot be: more out than voters, more back than out, valid and void not adding up."""
    if papers.handed_out > present:
        raise Refused(
            f"发出票 {papers.handed_out:,} 张，多于实到 {present:,} 人，请核对；有人后到的，请先重新清点到会人数。",
            field="handed_out",
        )
    if papers.returned > papers.handed_out:
        raise Refused(
            f"收回票 {papers.returned:,} 张，多于发出票 {papers.handed_out:,} 张，本次投票无效，请作废后重新投票。",
            field="returned",
        )
    if papers.valid + papers.void != papers.returned:
        raise Refused(
            f"有效票 {papers.valid:,} 张、无效票 {papers.void:,} 张，"
            f"合计 {papers.valid + papers.void:,} 张，与收回票 {papers.returned:,} 张不符，请核对。",
            field="valid",
        )


def check_counters(sheet: Any, *, standing: Sequence[Person] = ()) -> None:
    """Refuse counters who may not count: one for both, a scrutineer without a vote here, a candidate."""
    teller, scrutineer = sheet.teller, sheet.scrutineer
    if teller is not None and teller == scrutineer:
        raise Refused("计票人与监票人不能是同一人。", field="scrutineer")
    if scrutineer is not None and not sheet.sitting.roll.filter(person=scrutineer, votes=True).exists():
        raise Refused(f"监票人须有表决权，{scrutineer}在本次会议中没有表决权。", field="scrutineer")
    for name, person in (("teller", teller), ("scrutineer", scrutineer)):
        if person is not None and person in standing:
            raise Refused(f"{person}是本次选举的候选人，不能担任计票人或监票人。", field=name)


def open_sheet(sheet: Any, *, actor: User | None, standing: Sequence[Person] = ()) -> None:
    """Save a new sheet: 应到 as fixed at the opening, 实到 as the roll stands now, the votes needed of all due."""
    sheet.due, sheet.present = voters_now(sheet.sitting)
    check_counters(sheet, standing=standing)
    sheet.needed = needed_by(sheet)
    sheet.save()
    begin(sheet, actor=actor)


def keep_past(sheet: Any, *, attendance: Attendance, source: str, actor: User | None) -> None:
    """Fill in a sheet known from papers, whose session has no roll-call; refused for sums that cannot be."""
    if not sheet.sitting.session.recorded:
        asked = "sitting" if hasattr(sheet, "sitting_id") else "item"
        raise Refused("本次会议有签到名册，请在会议中发起表决或选举，不能补录。", field=asked)
    if not source.strip():
        raise Refused("请写明资料来源（会议纪要、档案、年鉴等）。", field="source")
    if attendance.present > attendance.due:
        raise Refused("实到代表多于应到代表。", field="present")
    if attendance.papers is not None:
        check_papers(present=attendance.present, papers=attendance.papers)
    sheet.due, sheet.present, sheet.method = attendance.due, attendance.present, attendance.method
    for name, count in vars(attendance.papers).items() if attendance.papers else ():
        setattr(sheet, name, count)
    sheet.state, sheet.recorded, sheet.source, sheet.entered_by = BallotState.CONFIRMED, True, source.strip(), actor
    sheet.entered_at = timezone.now()
    sheet.opened_at = noon(sheet.sitting.session.convened_on)
    sheet.needed = needed_by(sheet)


@transaction.atomic
def recount_present(*, sheet: S) -> S:
    """Count again who is in the hall for a vote that is open, when somebody came late; 应到 stays."""
    held: Any = hold(sheet)
    if held.state != BallotState.OPEN:
        raise Refused("已计票，实到人数不再变动。")
    _due, held.present = voters_now(held.sitting)
    held.save(update_fields=["present"])
    return held  # type: ignore[no-any-return]


def enter(held: Any, *, papers: Papers | None, actor: User | None, **votes: Any) -> None:
    """Take the held sheet to “counted” with its counters, its papers and who entered them."""
    if held.scrutineer is None:
        raise Refused("请填写监票人。", field="scrutineer")
    on_paper = held.method == BallotMethod.PAPER
    if on_paper and papers is None:
        raise Refused("请填写发出、收回、有效和无效票数。", field="handed_out")
    sums = vars(papers) if papers is not None and on_paper else NO_PAPERS
    counters = {"teller": held.teller, "scrutineer": held.scrutineer}
    move(held, "enter", actor=actor, entered_by=actor, entered_at=timezone.now(), **counters, **sums, **votes)


def confirm(held: Any, *, actor: User, signed_sheet: str, **result: Any) -> None:
    """Confirm the held sheet; it is final.

    The scrutineer confirms by his own account; another officer only by naming the sheet the scrutineer signed.
    """
    if held.state == BallotState.COUNTED:
        if held.entered_by_id == actor.pk:
            raise Refused("计票单由您录入，请由监票人或其他工作人员确认。")
        is_scrutineer = held.scrutineer is not None and held.scrutineer.user_id == actor.pk
        if not is_scrutineer and not signed_sheet.strip():
            raise Refused("请填写监票人签字的纸质计票单编号或档号。", field="signed_sheet")
    by: dict[str, Any] = {"confirmed_by": actor, "confirmed_at": timezone.now(), "signed_sheet": signed_sheet.strip()}
    move(held, "confirm", actor=actor, **by, **result)


@transaction.atomic
def send_back(*, sheet: S, why: str, actor: User | None) -> S:
    """Have the votes counted again: what was counted is taken off the sheet (the history keeps it)."""
    held: Any = hold(sheet)
    empty: dict[str, Any] = dict.fromkeys((*NO_PAPERS, *held.counted, "entered_by", "entered_at"))
    move(held, "send_back", actor=actor, why=why, **empty)
    return held  # type: ignore[no-any-return]


@transaction.atomic
def void(*, sheet: S, why: str, actor: User | None) -> S:
    """Void a vote that is not confirmed, or one wrongly recorded and not approved; it can be held (recorded) anew."""
    held: Any = hold(sheet)
    decided = held.state == BallotState.CONFIRMED
    if getattr(held, "approved_on", None) is not None:
        raise Refused("该选举已获上级工会批复。")
    if decided and not held.recorded:
        raise Refused("计票结果已确认，不能再改动。")
    move(held, "void", actor=actor, why=why)
    if decided and held.item is not None:
        AgendaItem.objects.filter(pk=held.item.pk).update(outcome=AgendaOutcome.PENDING, decided_on=None)
    return held  # type: ignore[no-any-return]


def settle(item: AgendaItem, *, carried: bool, on: dt.date) -> None:
    """Let a count decide the agenda item."""
    held = hold(item)
    held.outcome, held.decided_on = AgendaOutcome.PASSED if carried else AgendaOutcome.LOST, on
    held.save(update_fields=["outcome", "decided_on"])
