"""A file from the application through committee and notice onto the list, and what must not happen on the way."""

import datetime as dt
import io
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from members.kin.enums import Relation
from members.kin.services import add_kin
from tests.factories import hardship, members
from union_portal.accounts.enums import Access, Role
from union_portal.accounts.models import AccessEntry
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import record, take
from welfare.disclosure import services as notices
from welfare.disclosure.enums import DisclosureState
from welfare.disclosure.models import Disclosure, Objection
from welfare.hardship.enums import Cause, FileState, HardshipKind
from welfare.hardship.models import HardshipCost, HardshipFile
from welfare.hardship.portal import desk_items
from welfare.hardship.services import files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
MEDICAL = {Cause.TUITION: 12000, Cause.MEDICAL: 46000}


def at(day: str) -> time_machine.travel:
    return time_machine.travel(f"{day}T09:00:00+08:00", tick=False)


def disclosed(*made: HardshipFile) -> Disclosure:
    rows = HardshipFile.objects.filter(pk__in=[one.pk for one in made])
    return files.disclose(rows=rows, actor=members.account_with_role(Role.WELFARE))


def test_the_committees_decision_stands_beside_what_the_figures_say() -> None:
    made = hardship.decided(HardshipKind.RELATIVE, costs=MEDICAL)
    review = made.reviews.get()
    assert (review.per_head, review.heads) == ("791.67", 4)
    assert (review.computed_kind, review.decided_kind) == (HardshipKind.DEEP, HardshipKind.RELATIVE)
    assert made.state == FileState.DECIDED


def test_a_notice_masks_names_and_lists_after_five_working_days() -> None:
    with at("2025-09-26"):
        made = hardship.decided(costs=MEDICAL, of=members.member(name="欧阳某某"))
        notice = disclosed(made)
    assert "欧***" in notice.lines
    assert "欧阳" not in notice.lines
    # Sunday 28 September is worked; the holiday runs from 1 to 8 October.
    assert notice.ends_on == dt.date(2025, 10, 10)
    with at("2025-10-10"), pytest.raises(Refused, match="公示期至 2025-10-10"):
        notices.end(subject=notice, actor=None)
    with at("2025-10-11"):
        notices.end(subject=notice, actor=None)
    made.refresh_from_db()
    assert (made.state, made.listed_on) == (FileState.LISTED, dt.date(2025, 10, 11))


def test_an_objection_reopens_all_that_the_notice_disclosed() -> None:
    both = [hardship.decided(costs=MEDICAL) for _number in range(2)]
    notice = disclosed(*both)
    objection = Objection(disclosure=notice, raised_on=timezone.localdate(), who="某同事", text="家中另有房产出租")
    made = notices.object_to(objection=objection, actor=None)
    states = HardshipFile.objects.filter(disclosure=notice).values_list("state", flat=True)
    assert set(states) == {FileState.COMMITTEE}
    notice.refresh_from_db()
    assert notice.state == DisclosureState.OBJECTED
    with pytest.raises(Refused):
        notices.end(subject=notice, actor=None)
    told: dict[str, Any] = {"answer": "已核实，不属实", "upheld": False, "answered_on": timezone.localdate()}
    assert take(subject=made, action="answer", actor=None, **told).upheld is False
    again = files.decide(
        subject=both[0],
        actor=members.account_with_role(Role.CHAIR),
        decided_kind=HardshipKind.DEEP,
        decided_on=timezone.localdate(),
        decision="纪要2号",
    )
    assert again.reviews.count() == 2


def test_a_notice_that_ended_or_was_taken_down_takes_no_objection() -> None:
    made = hardship.decided(costs=MEDICAL)
    notice = disclosed(made)
    notices.withdraw(subject=notice, actor=None, why="姓名写错")
    made.refresh_from_db()
    assert made.state == FileState.COMMITTEE
    late = Objection(disclosure=notice, raised_on=timezone.localdate(), text="…")
    with pytest.raises(Refused, match="已撤下"):
        notices.object_to(objection=late, actor=None)


def test_nobody_decides_for_himself_his_kin_or_what_he_entered() -> None:
    made = hardship.file(costs=MEDICAL)
    spouse = members.member()
    add_kin(person=made.person, related=spouse, relation=Relation.SPOUSE)
    for actor in (
        made.entered_by,
        members.account_with_role(Role.CHAIR, of=made.person),
        members.account_with_role(Role.CHAIR, of=spouse),
    ):
        with pytest.raises(Refused):
            files.may_decide(file=made, actor=actor)  # type: ignore[arg-type]


def test_a_file_needs_a_household_and_there_is_one_of_a_person() -> None:
    made = hardship.file(heads=0)
    with pytest.raises(Refused, match="家庭成员"):
        files.submit(subject=made, actor=None)  # type: ignore[arg-type]
    with pytest.raises(DomainError, match="已有困难档案"):
        hardship.file(of=made.person)


def test_lines_of_another_year_are_refused() -> None:
    old = hardship.standard(valid_to=dt.date(2024, 1, 31))
    with pytest.raises(DomainError, match="不适用"):
        hardship.file(standard=old)


@pytest.mark.parametrize("income", ["九万", "-1", "1.005"])
def test_an_income_is_an_amount(income: str) -> None:
    with pytest.raises(DomainError):
        hardship.file(income=income)


def test_what_was_submitted_stays_until_it_is_checked_anew() -> None:
    made = hardship.listed(costs=MEDICAL)
    with pytest.raises(DomainError, match="不能再改动"):
        record(HardshipCost(file=made, year=2023, cause=Cause.MEDICAL, amount="1"), actor=None)
    told: dict[str, Any] = {
        "standard": made.standard,
        "year": 2024,
        "income": "180000",
        "applied_on": dt.date(2025, 3, 10),
    }
    take(subject=made, action="recheck", actor=None, **told)
    made.refresh_from_db()
    record(HardshipCost(file=made, year=2024, cause=Cause.TUITION, amount="12000"), actor=None)
    files.submit(subject=made, actor=None)  # type: ignore[arg-type]
    take(subject=made, action="endorse", actor=None)
    again = files.decide(
        subject=made,
        actor=members.account_with_role(Role.CHAIR),
        decided_kind=HardshipKind.RELATIVE,
        decided_on=dt.date(2025, 3, 20),
        decision="纪要3号",
    )
    assert list(again.reviews.values_list("year", "computed_kind")) == [(2024, "none"), (2023, "deep")]


def test_a_file_is_due_a_year_after_its_decision() -> None:
    made = hardship.listed(costs=MEDICAL)
    due = HardshipFile.objects.filter(pk=made.pk)
    assert not due.to_recheck(on=dt.date(2025, 3, 3)).exists()
    assert due.to_recheck(on=dt.date(2025, 3, 4)).exists()


def test_each_desk_says_what_waits_for_it() -> None:
    branch = members.branch()
    made = hardship.file(costs=MEDICAL, of=members.member(branch=branch))
    files.submit(subject=made, actor=None)  # type: ignore[arg-type]
    head = members.account_with_role(Role.BRANCH_CHAIR, branches=(branch,))
    elsewhere = members.account_with_role(Role.BRANCH_CHAIR, branches=(members.branch(),))
    chair, officer = members.account_with_role(Role.CHAIR), members.account_with_role(Role.WELFARE)
    assert [one.title for one in desk_items(head)] == ["待审核的困难档案"]
    assert list(desk_items(elsewhere)) == []
    take(subject=made, action="endorse", actor=head)
    assert [one.title for one in desk_items(chair)] == ["待评定的困难档案"]
    assert list(desk_items(head)) == []
    hardship.listed(costs=MEDICAL)
    assert [(one.title, one.count) for one in desk_items(officer)] == [("困难档案复核到期", 1)]


def test_a_look_is_logged_and_sums_are_ciphertext() -> None:
    made = hardship.file(costs=MEDICAL)
    files.look(file=made, user=made.entered_by)  # type: ignore[arg-type]
    assert AccessEntry.objects.filter(action=Access.REVEAL, kind="hardship_file", subject=str(made.pk)).exists()
    stored = HardshipFile.objects.filter(pk=made.pk).extra(select={"raw": "income"}).values_list("raw", flat=True)
    assert "96000" not in stored[0]


def test_the_form_tells_the_household_and_is_logged(client: Client) -> None:
    made = hardship.listed(costs=MEDICAL)
    client.force_login(members.account_with_role(Role.WELFARE))
    answer = client.post(reverse("admin:welfare_hardshipfile_print_form", args=[made.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    told = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert all(words in told for words in ("困难补助申请表", "791.67", "46000", "家人3", "纪要1号")), told
    assert AccessEntry.objects.filter(action=Access.PRINT, kind="hardship_file", subject=str(made.pk)).exists()
