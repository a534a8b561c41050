"""Single grants on a life event: entered, judged, approved by a second person, paid."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, move, record
from welfare.approvals.enums import ApprovalState
from welfare.approvals.models import PaperApproval
from welfare.approvals.services import enter as enter_paper
from welfare.benefits.enums import Form
from welfare.books.models import Fund
from welfare.grants.enums import SUBJECT, GrantState, WarningCode
from welfare.grants.models import Grant
from welfare.grants.services.four_eyes import may_approve_grant
from welfare.grants.services.paying import approval_of, pay_grant, take_back_entry
from welfare.grants.services.verdicts import Objection, Verdict, judge, rule_for
from welfare.grants.services.warnings import confirm_all, raise_warnings, unanswered, unconfirmed
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import LedgerEntry, Posting
from welfare.life_events.models import LifeEvent
from welfare.life_events.services import similar_events


@transaction.atomic
def enter(*, grant: Grant, actor: User) -> Grant:
    """Enter a case on a life event for approval, judged by the rule in force.

    The form is the benefit's, the amount the rule's standard and the day today where they are left out. Raises
    DomainError when the person already has the benefit for the event.
    """
    event: LifeEvent = grant.event  # type: ignore[assignment]
    grant.branch_id = Person.objects.with_branch(on=event.occurred_on).get(pk=grant.person_id).branch_id_on
    grant.form, grant.granted_on = grant.form or grant.benefit.form, grant.granted_on or timezone.localdate()
    if grant.amount is None and (rule := rule_for(grant)) is not None:
        grant.amount = rule.standard
    grant.state, grant.prepared_by = GrantState.SUBMITTED, actor
    record(grant, actor=actor)
    judge_case(grant=grant)
    return grant


@transaction.atomic
def judge_case(*, grant: Grant) -> Verdict:
    """Judge the case, note the rule on it and raise its warnings, two dates for one event among them."""
    found = judge(grant=grant)
    objections = list(found.objections)
    if grant.event is not None and (near := similar_events(event=grant.event).order_by("occurred_on").first()):
        words = f"同类事件已登记在 {near.occurred_on}，是否为同一事件？"
        objections.append(Objection(WarningCode.TWO_DATES, words, 1, found.rule))
    grant.rule = found.rule
    grant.save(update_fields=["rule"])
    raise_warnings(objections=objections, grant=grant)
    return found


@transaction.atomic
def change(*, subject: Grant, amount: Decimal | None, form: str, actor: User) -> Grant:
    """Change amount and form of a case that waits for approval, and judge it anew; the changer becomes its preparer."""
    held = hold(subject, "person", "benefit")
    if held.state != GrantState.SUBMITTED:
        raise Refused("该慰问已办理，不能再修改。")
    held.amount, held.form, held.prepared_by = amount, form, actor
    held.save(update_fields=["amount", "form", "prepared_by"])
    judge_case(grant=held)
    return held


@transaction.atomic
def approve(*, subject: Grant, actor: User) -> Grant:
    """Approve a case as a second person: it becomes due.

    Raises Refused for the preparer, for the recipient and kin, and while a warning lacks answer or confirmation.
    """
    held = hold(subject, "person", "benefit__account")
    _not_on_paper(held)
    may_approve_grant(grant=held, actor=actor)
    if unanswered(grant=held):
        raise Refused("请先为超标提醒填写理由和文件。")
    if unconfirmed(grant=held):
        raise Refused("请先由另一人确认对超标提醒的说明。")
    move(held, "approve", actor=actor, approved_by=actor, approved_at=timezone.now())
    return held


def takes_paper(grant: Grant) -> bool:
    """Whether an approval on paper may be registered for the case: none waits or stands."""
    return grant.paper_approval is None or grant.paper_approval.state == ApprovalState.REJECTED


def _not_on_paper(held: Grant) -> None:
    if held.paper_approval is not None and held.paper_approval.state == ApprovalState.ENTERED:
        raise Refused("已登记线下审批，正等待另一人确认；请在线下审批中确认或退回。")


@transaction.atomic
def register_paper(
    *, subject: Grant, approver: User, approved_on: dt.date, document: str, scan: Any, actor: User
) -> Grant:
    """Record that a case was approved on paper; a second account's confirmation then approves it.

    Raises Refused for an approver who prepared it, receives it or is kin, and while a paper waits already.
    """
    held = hold(subject, "person", "benefit")
    _not_on_paper(held)
    may_approve_grant(grant=held, actor=approver)
    about = f"{held.benefit} {held.granted_on.isoformat()}"
    paper = enter_paper(
        about=about, approver=approver, approved_on=approved_on, document=document, scan=scan, actor=actor
    )
    move(held, "register_paper", actor=actor, why=f"线下审批：{paper.words()}", paper_approval=paper)
    return held


@transaction.atomic
def confirm_on_paper(*, subject: Grant, paper: PaperApproval, actor: User) -> Grant:
    """Approve the case upon its confirmed paper, by a second person who is not the recipient's kin."""
    held = hold(subject, "person", "benefit")
    may_approve_grant(grant=held, actor=actor)
    if paper.approver is not None:
        may_approve_grant(grant=held, actor=paper.approver)
    if held.state == GrantState.SUBMITTED:
        confirm_all(actor=actor, grant=held)
        words = f"线下审批：{paper.words()}"
        move(held, "approve", actor=actor, why=words, approved_at=timezone.now(), offline_approval=paper.words())
    return held


@transaction.atomic
def decline(*, subject: Grant, actor: User, why: str) -> Grant:
    """Decline a case, with the reason."""
    held = hold(subject)
    _not_on_paper(held)
    move(held, "decline", actor=actor, why=why, reason=why[:200])
    return held


@transaction.atomic
def pay(
    *, subject: Grant, fund: Fund, on: dt.date, actor: User | None, received_by: Person | None = None
) -> Posting | None:
    """Hand an approved case over: received on the day; cash and coupons are posted, once. Goods are posted by invoice.

    Asked twice, it returns the posting already there.
    """
    held = hold(subject, "person", "benefit__account")
    if held.round_id is not None:
        raise Refused("该记录属于发放批次，随批次发放。")
    if held.state != GrantState.RECEIVED:
        move(held, "receive", actor=actor, received_on=on, received_by=received_by)
    else:
        paid = (
            LedgerEntry.objects.paying(SUBJECT, [held.pk])
            .filter(reverses__isnull=True)
            .select_related("posting")
            .order_by("pk")
            .last()
        )
        return paid.posting if paid else None
    if held.form not in {Form.CASH, Form.COUPON}:
        return None
    return pay_grant(grant=held, fund=fund, on=on, approval=approval_of(held, posted_by=actor), kind=PostingKind.GRANT)


@transaction.atomic
def take_back(*, subject: Grant, on: dt.date, actor: User | None, why: str) -> Grant:
    """Cancel an approved or paid case, with the reason (no names); a living entry is reversed."""
    held = hold(subject, "person", "benefit__account")
    move(held, "cancel", actor=actor, why=why, reason=why[:200])
    take_back_entry(grant=held, on=on, reason=why, approved=lambda: approval_of(held, posted_by=actor))
    return held


@transaction.atomic
def return_payment(*, subject: Grant, on: dt.date, actor: User | None, why: str) -> Grant:
    """Mark a case's bank payment as returned: reverses its entry; `pay` pays it again."""
    held = hold(subject, "person", "benefit__account")
    move(held, "return", actor=actor, why=why, received_on=None)
    take_back_entry(grant=held, on=on, reason=why, approved=lambda: approval_of(held, posted_by=actor))
    return held
