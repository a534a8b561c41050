"""Two who decide at the same moment: what is asked of finance or approved on paper is posted exactly once."""

import datetime as dt
import io
from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from tests.database import at_once
from tests.factories import approvals, ledger, members
from tests.factories import rounds as welfare
from union_portal.base.errors import Refused
from union_portal.base.spreadsheets.writing import write_xlsx
from welfare.approvals import services as papers
from welfare.approvals.enums import ApprovalState
from welfare.approvals.models import PaperApproval
from welfare.cases import services as cases
from welfare.grants.services.recorded import post_recorded
from welfare.ledger.models import LedgerEntry, Posting
from welfare.posting_requests import services
from welfare.posting_requests.enums import RequestState
from welfare.recording.resources import GrantResource


def refused(results: Sequence[Any]) -> int:
    """Count the refusals; anything else that went wrong is raised."""
    for one in results:
        if isinstance(one, Exception) and not isinstance(one, Refused):
            raise one
    return sum(isinstance(one, Refused) for one in results)


def test_a_request_confirmed_by_two_at_once_is_posted_once() -> None:
    asked = ledger.asked_income()
    deciders = [ledger.officer(name) for name in ("chair", "vice", "finance")]
    results = at_once(*(partial(services.approve, subject=asked, actor=one) for one in deciders))
    assert refused(results) == 2
    asked.refresh_from_db()
    posting = Posting.objects.get()
    assert (asked.state, asked.posting) == (RequestState.POSTED, posting)
    assert asked.moves.filter(action="approve").count() == 1
    # Two who ask to take it back at once ask once, and it is taken back once.
    told: dict[str, Any] = {
        "entries": LedgerEntry.objects.all(),
        "reason": "重复",
        "document": "说明",
        "posted_on": dt.date(2024, 3, 1),
    }
    results = at_once(*(partial(services.request_reversal, actor=one, **told) for one in deciders[:2]))
    assert refused(results) == 1
    back = next(one for one in results if not isinstance(one, Refused))
    others = [ledger.officer(name) for name in ("third", "fourth")]
    assert refused(at_once(*(partial(services.approve, subject=back, actor=one) for one in others))) == 1
    assert (Posting.objects.count(), LedgerEntry.objects.filter(reverses__isnull=False).count()) == (2, 1)


def test_a_paper_confirmed_by_two_at_once_approves_once_and_is_posted_once() -> None:
    clerk, chair, deputy = welfare.officer(), welfare.chair(), welfare.chair()
    payers = [welfare.treasurer() for _ in range(2)]
    grant = cases.register_paper(subject=welfare.case(), actor=clerk, **approvals.told())
    person = members.member()
    row = (person.staff_number, person.name, "住院慰问", dt.date(2022, 3, 1), 500, "主席", "工字1号", "是")
    headings = ("工号", "姓名", "福利项目", "日期", "金额", "审批人", "审批文号", "记台账")
    GrantResource(actor=clerk).confirm(io.BytesIO(write_xlsx(headings=headings, rows=[row])))
    recorded = PaperApproval.objects.exclude(grants=grant).get()
    papers.amend(subject=recorded, actor=clerk, **approvals.told(document="工字1号"))
    for paper in (grant.paper_approval, recorded):
        assert paper is not None
        confirms = (partial(papers.confirm, subject=paper, actor=one) for one in (chair, deputy))
        assert refused(at_once(*confirms)) == 1
        assert paper.moves.filter(action="confirm").count() == 1
    assert set(PaperApproval.objects.values_list("state", flat=True)) == {ApprovalState.CONFIRMED}
    assert grant.moves.filter(action="approve").count() == 1
    today = timezone.localdate()
    pays = (partial(cases.pay, subject=grant, fund=welfare.fund(), on=today, actor=one) for one in payers)
    assert refused(at_once(*pays)) == 0
    posts = (partial(post_recorded, paper=recorded, posted_on=today, actor=one) for one in payers)
    assert refused(at_once(*posts)) == 1
    assert (Posting.objects.count(), LedgerEntry.objects.count()) == (2, 2)


pytestmark = [pytest.mark.attack, pytest.mark.django_db(transaction=True)]
