"""Covers are once per term and their premium is posted once."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.factories import ledger, members
from tests.factories import rounds as welfare
from tests.factories.rounds import CASE_DAY
from union_portal.base.errors import DomainError
from welfare.ledger.models import Posting
from welfare.ledger.services.posting import Approval
from welfare.ledger.services.reversal import reverse_entries
from welfare.mutual_aid import services as mutual_aid
from welfare.mutual_aid.models import Cover, MutualAidPlan


def test_covers_are_once_per_term_and_their_premium_is_posted_once() -> None:
    people = [members.member(gender="female") for _ in range(3)]
    plan = MutualAidPlan.objects.get(code="women")
    lines = [(person.staff_number or "", person.name) for person in people]
    assert (
        mutual_aid.enrol(
            plan=plan, lines=lines, starts_on=CASE_DAY, paid_on=CASE_DAY, source="清单", premium=Decimal(80)
        )
        == 3
    )
    assert Cover.objects.first().ends_on == dt.date(2026, 2, 28)  # type: ignore[union-attr]
    with pytest.raises(DomainError):
        mutual_aid.enrol(plan=plan, lines=lines, starts_on=CASE_DAY, paid_on=CASE_DAY, source="清单")
    for _ in range(2):
        posting = mutual_aid.post_premium(
            term=mutual_aid.Term(plan, CASE_DAY, CASE_DAY),
            fund=welfare.fund(),
            posted_on=CASE_DAY,
            approval=Approval(offline_approval="工字2号"),
        )
    assert (posting.total, Posting.objects.count()) == (Decimal(240), 1)
    assert mutual_aid.open_terms(plan=plan) == []
    reverse_entries(entries=posting.entries.all(), reason="保费有误", posted_on=CASE_DAY, approval=ledger.approval())
    [term] = mutual_aid.open_terms(plan=plan)
    again = mutual_aid.post_premium(
        term=term, fund=welfare.fund(), posted_on=CASE_DAY, approval=Approval(offline_approval="工字3号")
    )
    assert (again.total, again != posting, mutual_aid.open_terms(plan=plan)) == (Decimal(240), True, [])


pytestmark = pytest.mark.django_db
