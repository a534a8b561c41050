"""An approval on paper: entered, put right, confirmed by a second account, or sent back."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from union_portal.accounts.enums import Role
from union_portal.accounts.models import Delegation, RoleAssignment, User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import hold, move, record, saved
from welfare.approvals.enums import ApprovalState
from welfare.approvals.models import PaperApproval
from welfare.approvals.signals import confirmed, confirming, rejected

FIRST_DAY = dt.date(2000, 1, 1)


@dataclass(frozen=True)
class ToldApproval:
    """What a list says of an approval: the approver by number, name or office, the day, the document."""

    approver: str = ""
    approved_on: dt.date | None = None
    document: str = ""

    @property
    def words(self) -> str:
        """All of it in one line."""
        return " ".join(str(part) for part in (self.approver, self.approved_on, self.document) if part)[:200]


def approvers() -> QuerySet[User]:
    """Return the accounts that ever held the chair's office, or to which it was ever lent."""
    held = RoleAssignment.objects.settled().filter(role=Role.CHAIR).values("user")
    lent = Delegation.objects.settled().filter(role=Role.CHAIR).values("delegate")
    return User.objects.filter(Q(pk__in=held) | Q(pk__in=lent))


def office_on(*, approver: User, day: dt.date) -> str:
    """Return the office in which the account could approve on the day; '' when in none."""
    if approver.role_assignments.in_force(on=day).filter(role=Role.CHAIR).exists():
        return str(Role.CHAIR.label)
    if not approver.delegations_received.in_force(on=day).filter(role=Role.CHAIR).exists():
        return ""
    own = approver.role_assignments.in_force(on=day).filter(role=Role.VICE_CHAIR).exists()
    return f"{Role.VICE_CHAIR.label}（受主席委托）" if own else "受主席委托的代理人"


def find_approver(*, words: str, day: dt.date | None) -> User | None:
    """Return whom a list means by a staff number, a name or an office on the day; None when that is not one account."""
    if day is None or not words.strip():
        return None
    word = words.strip()
    able = [user for user in approvers() if office_on(approver=user, day=day)]
    named = [user for user in able if word in {user.staff_number, user.name}]
    offices = [user for user in able if office_on(approver=user, day=day).startswith(word.removeprefix("工会"))]
    found = named or offices
    return found[0] if len(found) == 1 else None


def _checked(approver: User, approved_on: dt.date) -> str:
    """Return the approver's office on the day; raise DomainError at the field that is wrong."""
    if approved_on > timezone.localdate():
        raise DomainError("审批日期不能晚于今天。", field="approved_on")
    if approved_on < FIRST_DAY:
        raise DomainError("审批日期过早，请核对年份。", field="approved_on")
    office = office_on(approver=approver, day=approved_on)
    if not office:
        raise DomainError(
            f"{approver} 在 {approved_on} 既不是主席，也没有受主席委托；如当时任职，请系统管理员先补登其角色或委托。",
            field="approver",
        )
    return office


@transaction.atomic
def enter(*, about: str, approver: User, approved_on: dt.date, document: str, scan: Any, actor: User) -> PaperApproval:
    """Enter what was approved on paper; it waits for a second account's confirmation.

    Raises DomainError for a day to come, an approver who could not approve on that day, a missing document or scan.
    """
    made = PaperApproval(about=about[:200], entered_by=actor)
    _tell(made, approver=approver, approved_on=approved_on, document=document, scan=scan)
    return record(made, actor=actor)


def _tell(made: PaperApproval, *, approver: User, approved_on: dt.date, document: str, scan: Any) -> None:
    if not document.strip():
        raise DomainError("请填写文号或文件名称。", field="document")
    if not scan and not made.scan:
        raise DomainError("请上传审批文件的扫描件。", field="scan")
    made.office = _checked(approver, approved_on)
    made.approver, made.approved_on, made.document = approver, approved_on, document.strip()
    if scan:
        made.scan = scan


@transaction.atomic
def enter_from_list(
    *, about: str, approver: str, approved_on: dt.date | None, document: str, actor: User | None
) -> PaperApproval:
    """Enter the approval that a list of earlier years names; what it lacks is put right before it is confirmed."""
    told = ToldApproval(approver, approved_on, document).words
    made = PaperApproval(about=about[:200], told=told, document=document.strip()[:100], entered_by=actor)
    found = find_approver(words=approver, day=approved_on)
    if approved_on is not None and approved_on <= timezone.localdate():
        made.approved_on = approved_on
    if found is not None and made.approved_on is not None:
        made.approver, made.office = found, office_on(approver=found, day=made.approved_on)
    return record(made, actor=actor)


@transaction.atomic
def amend(
    *, subject: PaperApproval, approver: User, approved_on: dt.date, document: str, scan: Any, actor: User
) -> PaperApproval:
    """Put right what was entered; whoever does so counts as who entered it, so that another must confirm."""
    held = hold(subject)
    held.machine.step(state=held.state, action="amend")
    _tell(held, approver=approver, approved_on=approved_on, document=document, scan=scan)
    held.entered_by = actor
    saved(held, fields=["approver", "office", "approved_on", "document", "scan", "entered_by"])
    move(held, "amend", actor=actor)
    return held


@transaction.atomic
def confirm(*, subject: PaperApproval, actor: User) -> PaperApproval:
    """Confirm, as a second account that has seen the scan; what waited for it goes on.

    Raises Refused for who entered it, for an approval that is not whole, and where a room objects: the preparer, kin.
    """
    held = hold(subject)
    held.machine.step(state=held.state, action="confirm")
    held.office = may_confirm(approval=held, actor=actor)
    move(held, "confirm", actor=actor, office=held.office, confirmed_by=actor, confirmed_at=timezone.now())
    confirmed.send(sender=PaperApproval, approval=held, actor=actor)
    return held


def may_be_entered(paper: PaperApproval | None) -> bool:
    """Whether what has this paper, if any, may be given one: none waits or stands."""
    return paper is None or paper.state == ApprovalState.REJECTED


def must_not_wait(paper: PaperApproval | None) -> None:
    """Raise Refused while the approval on paper, if there is one, waits for its confirmation."""
    if paper is not None and paper.state == ApprovalState.ENTERED:
        raise Refused("已登记线下审批，正等待另一人确认；请在线下审批中确认或退回。")


def must_be_whole(approval: PaperApproval) -> None:
    """Raise Refused while the approver, the day, the document or the scan is missing."""
    if approval.approver is None or approval.approved_on is None or not approval.document or not approval.scan:
        raise Refused("请先补齐审批人、审批日期、文号和扫描件，再确认。")


def may_confirm(*, approval: PaperApproval, actor: User) -> str:
    """Return the approver's office on the day; raise Refused for whom `confirm` refuses."""
    if approval.entered_by_id == actor.pk:
        raise Refused("线下审批须由登记人以外的同事确认。")
    must_be_whole(approval)
    office = _checked(approval.approver, approval.approved_on)  # type: ignore[arg-type]
    confirming.send(sender=PaperApproval, approval=approval, actor=actor)
    return office


@transaction.atomic
def reject(*, subject: PaperApproval, actor: User, why: str) -> PaperApproval:
    """Send it back with the reason; what waited for it goes back to who prepared it."""
    held = hold(subject)
    move(held, "reject", actor=actor, why=why)
    rejected.send(sender=PaperApproval, approval=held, actor=actor, why=why)
    return held
