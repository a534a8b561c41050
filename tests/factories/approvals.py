"""Approvals on paper, and what is told of one."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import members, papers
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from welfare.approvals import services
from welfare.approvals.models import PaperApproval

DAY = dt.date(2024, 1, 8)


def told(**given: Any) -> dict[str, Any]:
    """Return who approved on paper, when, in which document, with its scan."""
    if "approver" not in given:
        given["approver"] = members.account_with_role(Role.CHAIR)
    return {"approved_on": DAY, "document": "工字〔2024〕3号", "scan": papers.sent()} | given


def paper(*, actor: User | None = None, **given: Any) -> PaperApproval:
    """Enter one."""
    given.setdefault("about", "更正台账")
    return services.enter(actor=actor or members.account_with_role(Role.WELFARE), **told(**given))


def confirmed(**given: Any) -> PaperApproval:
    """Enter one and let another account confirm it."""
    return services.confirm(subject=paper(**given), actor=members.account_with_role(Role.VICE_CHAIR))


pytestmark = pytest.mark.django_db
