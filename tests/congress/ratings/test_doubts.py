"""Ratings that do not add up are told before a report is frozen."""

import pytest

from members.totals.models import SummaryRecord
from tests.congress.proposal_reports.test_figures import DAY, YEAR
from union_portal.annual_report.composing.services.composing import compose
from union_portal.annual_report.outlines.models import Outline

pytestmark = pytest.mark.django_db


def test_ratings_that_do_not_add_up_are_a_doubt() -> None:
    for kind, times in (("answered", 10), ("satisfied", 8), ("dissatisfied", 1), ("filed", 10), ("collected", 10)):
        SummaryRecord.objects.create(
            kinds=[f"congress.proposals.{kind}"], period_start=DAY, period_end=DAY, times=times, source="工作报告"
        )
    doubts = compose(Outline.objects.get(code="speech"), YEAR).doubts
    assert [doubt.key for doubt in doubts] == ["congress.proposals.answered"]
    assert "已答复10件，与满意8件＋不满意1件之和9件不符，相差1件" in doubts[0].text
