"""Covers come by list."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from members.memberships.services import steps as memberships
from members.people.models import Person
from tests.factories import approvals, members
from tests.factories import rounds as welfare
from union_portal.base.errors import Refused
from union_portal.base.importing.preview import ImportRefused
from union_portal.base.spreadsheets.writing import write_xlsx
from welfare.approvals import services as papers
from welfare.approvals.enums import ApprovalState
from welfare.approvals.models import PaperApproval
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.mutual_aid.resources import CoverList
from welfare.mutual_aid.services import premiums


def test_covers_come_in_with_the_plans_own_end() -> None:
    person = members.member(gender="male")
    headings = ("工号", "姓名", "保障计划", "起始日期", "缴费日期", "保费", "来源")
    rows = [(person.staff_number, person.name, "在职职工重大疾病互助保障计划", dt.date(2022, 7, 1), "", 95, "清单")]
    CoverList().confirm(io.BytesIO(write_xlsx(headings=headings, rows=rows)))
    cover = Cover.objects.get()
    assert (cover.ends_on, cover.premium) == (dt.date(2023, 6, 30), Decimal(95))
    women = [(person.staff_number, person.name, "在职女职工特殊疾病互助保障计划", dt.date(2022, 7, 1), "", 95, "清单")]
    with pytest.raises(ImportRefused):
        CoverList().confirm(io.BytesIO(write_xlsx(headings=headings, rows=women)))


def test_a_list_names_the_row_that_overlaps_and_the_person_who_has_left() -> None:
    covered, left = members.member(gender="female"), members.member(gender="female")
    memberships.leave(person=left, on=dt.date(2022, 1, 31))
    headings = ("工号", "姓名", "保障计划", "起始日期", "缴费日期", "保费", "来源")
    plan = "在职女职工特殊疾病互助保障计划"

    def rows(*told: tuple[Person, dt.date]) -> io.BytesIO:
        lines = [(person.staff_number, person.name, plan, day, "", 60, "清单") for person, day in told]
        return io.BytesIO(write_xlsx(headings=headings, rows=lines))

    CoverList().confirm(rows((covered, dt.date(2022, 7, 1))))
    again = CoverList().preview(
        rows((covered, dt.date(2023, 7, 1)), (covered, dt.date(2024, 7, 1)), (left, dt.date(2022, 7, 1)))
    )
    told = {(fault.row, fault.reason) for fault in again.faults}
    assert (2, "与已有保障（2022-07-01 至 2024-06-30）的保障期重叠") in told
    assert any(row == 3 and "与第 2 行" in reason for row, reason in told)
    assert any(row == 4 and "已不是会员" in reason for row, reason in told)


def test_the_approval_that_a_list_names_is_confirmed_by_a_second_account_before_finance_posts() -> None:
    people, plan, day = [members.member() for _ in range(3)], "在职职工重大疾病互助保障计划", dt.date(2022, 7, 1)
    headings = ("工号", "姓名", "保障计划", "起始日期", "缴费日期", "保费", "来源", "审批人", "审批日期", "审批文号")

    def listed(*told: tuple[Person, str]) -> io.BytesIO:
        on = dt.date(2022, 6, 20)
        rows = [
            (
                one.staff_number,
                one.name,
                plan,
                day,
                day,
                95,
                "清单",
                "主席" if number else "",
                on if number else "",
                number,
            )
            for one, number in told
        ]
        return io.BytesIO(write_xlsx(headings=headings, rows=rows))

    two = CoverList().preview(listed((people[0], "工字1号"), (people[1], "工字2号")))
    assert [(fault.row, fault.column) for fault in two.faults] == [(3, "approver")]
    clerk, finance = welfare.officer(), welfare.treasurer()
    CoverList(actor=clerk).confirm(listed(*[(one, "工字1号") for one in people[:2]]))
    paper = PaperApproval.objects.get()
    assert (paper.covers.count(), paper.state, paper.document) == (2, ApprovalState.ENTERED, "工字1号")
    told: dict[str, Any] = {"fund": welfare.fund(), "posted_on": timezone.localdate(), "actor": finance}
    [term] = premiums.open_terms(plan=MutualAidPlan.objects.get(name=plan))
    with pytest.raises(Refused, match="尚未由另一人确认"):
        premiums.approve_premium(term=term, **told)
    papers.amend(subject=paper, actor=clerk, **approvals.told(document=paper.document))
    papers.confirm(subject=paper, actor=welfare.chair())
    # Who came with a later list, without an approval, is not paid for upon it.
    CoverList(actor=clerk).confirm(listed((people[2], "")))
    with pytest.raises(Refused, match="1 人不在这份线下审批内"):
        premiums.approve_premium(term=term, **told)
    whole = premiums.register_paper(term=term, actor=clerk, **approvals.told(document="工字9号"))
    papers.confirm(subject=whole, actor=welfare.chair())
    posting = premiums.approve_premium(term=term, **told)
    assert (posting.total, posting.paper_approval) == (Decimal(285), whole)


pytestmark = pytest.mark.django_db
