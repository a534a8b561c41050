"""The signed paper form, entered by the office with its scan: people were signed for by hand."""

import datetime as dt
import re

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from congress.bodies.models import Congress
from congress.delegates.models import Delegate, Delegation
from congress.drives.models import ProposalCategory, ProposalDrive
from congress.proposals.enums import ProposalState, SecondingState
from congress.proposals.models import Proposal, Seconding
from congress.proposals.services.authorship import judge_author
from congress.proposals.services.drafting import TEXT, rewrite
from congress.proposals.services.guards import require_state
from congress.proposals.services.seconding import judge_seconder, judge_seconders, judge_text, lapse
from congress.proposals.services.submitting import become_suggestion, number_for
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import hold, move, record, unchanged


def find_delegate(*, congress: Congress, words: str, on: dt.date, field: str) -> Delegate:
    """Return the one delegate of the body whom a name or staff number means on the day; raises when none or several."""
    mandates = Delegate.objects.filter(congress=congress).in_force(on=on).select_related("person", "delegation")
    found: list[Delegate] = list(mandates.filter(person__name=words)) or list(
        mandates.filter(person__staff_number=words)
    )
    if not found:
        raise DomainError(
            f"“{words}”在 {on} 不是“{congress}”的代表，请核对姓名或改填工号。",
            field=field,
        )
    if len(found) > 1:
        raise DomainError(
            f"有 {len(found):,} 位代表名为“{words}”，请改填工号。",
            field=field,
        )
    return found[0]


def find_delegates(*, congress: Congress, words: str, on: dt.date, field: str) -> list[Delegate]:
    """Return the delegates named in a line such as 王芳、李强 or one name per line."""
    names = [name for name in re.split(r"[、,;\uff0c\uff1b\s]+", words) if name]
    return list(dict.fromkeys(find_delegate(congress=congress, words=name, on=on, field=field) for name in names))


@transaction.atomic
def resubmit_paper(  # noqa: PLR0913 - the form's own parts
    *,
    proposal: Proposal,
    title: str,
    grounds: str,
    measures: str,
    category: ProposalCategory | None,
    seconders: list[Delegate],
    scan: File[bytes],
    received_at: dt.datetime,
    version: int | None,
    actor: User | None,
) -> Proposal:
    """Hand a returned paper form in again, mended and signed anew, under its number; also after the close.

    The signatures are those of the new paper: earlier ones lapse where the text changed or the name is gone. Raises
    Refused when it was not returned or did not come on paper, Conflict for another version than the form was opened
    with, DomainErrors at the field that is wrong.
    """
    held = hold(proposal, "drive", "congress", "proposer__person", "delegation")
    require_state(held, states=(ProposalState.RETURNED,))
    if not held.on_paper:
        raise Refused("这件提案是在平台上撰写的，由提案人在平台上修改。")
    unchanged(held, version=version)
    returned = held.moves.filter(action="return").last()
    if received_at > timezone.now():
        raise DomainError("收到时间不能晚于现在。", field="received_at")
    if returned is not None and timezone.localdate(received_at) < timezone.localdate(returned.at):
        raise DomainError(
            f"提案于 {timezone.localdate(returned.at)} 退回，新提案表不能早于这一天。",
            field="received_at",
        )
    changed = rewrite(held, title=title, grounds=grounds, measures=measures)
    held.category, held.scan = category, scan
    judge_text(held)
    if category is None:
        raise DomainError("请选择提案类别。", field="category")
    held.save(update_fields=[*TEXT, "category", "scan"])
    _sign_anew(held, seconders, changed=changed, at=received_at, actor=actor)
    judge_seconders(held)
    words = f"纸质提案表，{timezone.localdate(received_at)} 收到"
    move(held, "submit_again", actor=actor, why=words, version=held.version + 1)
    return held


def _sign_anew(
    held: Proposal, seconders: list[Delegate], *, changed: bool, at: dt.datetime, actor: User | None
) -> None:
    lapse(held, states=[SecondingState.INVITED], why="提案提交前未答复", actor=actor)
    signed = held.secondings.select_for_update().filter(state=SecondingState.ACCEPTED)
    wanted = {one.pk for one in seconders}
    gone = [one for one in signed if changed or one.delegate_id not in wanted]
    for one in gone:
        move(one, "lapse", actor=actor, reason="提案表已重新签署")
    kept = {one.delegate_id for one in signed} - {one.delegate_id for one in gone}
    _sign(held, [one for one in seconders if one.pk not in kept], at=at)


@transaction.atomic
def enter_paper(  # noqa: PLR0913 - the form's own parts
    *,
    drive: ProposalDrive,
    congress: Congress,
    proposer: Delegate | None,
    delegation: Delegation | None = None,
    as_body: bool = False,
    title: str,
    grounds: str,
    measures: str,
    category: ProposalCategory,
    seconders: list[Delegate],
    scan: File[bytes],
    received_at: dt.datetime,
    actor: User | None,
) -> Proposal:
    """Enter a signed paper form as submitted with its number, or as a suggestion when it came after the close.

    The seconders have signed on paper. Rules are those of the drive on the day the form came in. Raises DomainErrors
    at the field that is wrong; the same form twice (body, author, text) is refused with the number it has.
    """
    if received_at > timezone.now():
        raise DomainError("收到时间不能晚于现在。", field="received_at")
    if timezone.localdate(received_at) < drive.opens_on:
        raise DomainError(f"征集自 {drive.opens_on} 才开始。", field="received_at")
    hold(drive)
    judge_author(
        drive=drive,
        congress=congress,
        proposer=proposer,
        delegation=delegation,
        as_body=as_body,
        on=timezone.localdate(received_at),
    )
    fields = {
        "drive": drive,
        "congress": congress,
        "proposer": None if as_body else proposer,
        "as_body": as_body,
        "delegation": delegation if as_body or proposer is None else proposer.delegation,
        "title": title.strip(),
        "grounds": grounds.strip(),
        "measures": measures.strip(),
    }
    twin = Proposal.objects.filter(**fields, on_paper=True).first()
    if twin is not None:
        raise DomainError(f"这份提案表已录入：{twin}。", field="title")
    in_time = received_at <= drive.closes_at
    made = Proposal(
        **fields,
        category=category,
        state=ProposalState.SUBMITTED if in_time else ProposalState.DRAFT,
        number=number_for(drive) if in_time else "",
        submitted_at=received_at if in_time else None,
        on_paper=True,
        scan=scan,
        entered_by=actor,
    )
    judge_text(made)
    record(made, actor=actor, why="纸质签名提案表")
    _sign(made, seconders, at=received_at)
    if not in_time:
        return become_suggestion(made, at=received_at, actor=actor)
    judge_seconders(made)
    return made


def _sign(held: Proposal, seconders: list[Delegate], *, at: dt.datetime) -> None:
    for delegate in seconders:
        judge_seconder(proposal=held, delegate=delegate, on=timezone.localdate(at))
        Seconding.objects.create(
            proposal=held, delegate=delegate, state=SecondingState.ACCEPTED, on_paper=True, answered_at=at
        )
