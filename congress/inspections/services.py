"""Inspections (代表巡视): what was found, who is to put it right, and what became of it."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from congress.departments.models import Department
from congress.inspections.models import Finding, Inspection
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from union_portal.base.steps import begin, hold, move


@transaction.atomic
def note_finding(
    *,
    inspection: Inspection,
    text: str,
    actor: User | None,
    department: Department | None = None,
    due_on: dt.date | None = None,
) -> Finding:
    """Note something found, and who is to put it right by when. Raises DomainError."""
    if not text.strip():
        raise DomainError("请写明发现的问题。", field="text")
    if due_on is not None and due_on < inspection.held_on:
        raise DomainError("整改期限早于巡视日期。", field="due_on")
    made: Finding = Finding.objects.create(
        inspection=inspection, text=text.strip(), department=department, due_on=due_on
    )
    begin(made, actor=actor)
    return made


@transaction.atomic
def settle(
    *, finding: Finding, result: str, actor: User | None, on: dt.date | None = None, right: bool = True
) -> Finding:
    """Record what became of a finding: put right, or explained where nothing is to be done. Raises Refused."""
    if not result.strip():
        raise DomainError("请说明落实情况。", field="result")
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise DomainError("日期晚于今天。", field="settled_on")
    held = hold(finding)
    move(held, "put_right" if right else "explain", actor=actor, result=result.strip(), settled_on=day)
    return held
