"""An application to join: handed in once, advised, decided; who is admitted is a member from that day."""

import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from members.admissions.enums import AdmissionState
from members.admissions.models import Admission
from members.admissions.portal import desk_items
from members.memberships.enums import Correction, MembershipStart
from members.memberships.services import corrections, steps
from members.people.models import Person
from tests.factories import members as make
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Access, Role
from union_portal.accounts.models import AccessEntry
from union_portal.base.errors import DomainError
from union_portal.base.steps import record

D = dt.date


def applied(person: Person, **details: Any) -> Admission:
    details.setdefault("branch", make.branch())
    return record(Admission(person=person, applied_on=D(2026, 9, 1), **details), actor=None)


def take_step(client: Client, admission: Admission, step: str, **data: Any) -> Any:
    return client.post(f"/admin/members/admission/{admission.pk}/step-{step}/", data, follow=True)


def words_of(answer: Any) -> str:
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages)
    return "".join(text.split())


def test_an_application_is_advised_and_admitted_and_the_membership_begins_that_day() -> None:
    person, branch = make.person(), make.branch()
    officer = make.account_with_role(Role.ORGANISATION)
    client = signed_in(officer)
    data = {"person": person.pk, "applied_on": "2026.9.1", "branch": branch.pk, "words": "自愿申请入会"}
    client.post(reverse("admin:members_admission_add"), data, follow=True)
    admission = Admission.objects.get(person=person)
    assert [item.title for item in desk_items(officer)] == ["待审批的入会申请"]
    take_step(client, admission, "advise", group_opinion="同意", branch_opinion="同意吸收入会")
    take_step(
        client, admission, "admit", decided_on="2026-09-15", decided_by="校工会委员会", document="工会〔2026〕9号"
    )
    admission.refresh_from_db()
    membership = person.memberships.get()
    assert (admission.state, admission.branch_opinion) == (AdmissionState.ADMITTED, "同意吸收入会")
    assert (membership.valid_from, membership.began_by) == (D(2026, 9, 15), MembershipStart.JOINED)
    assert (membership.document, person.assignments.get().branch) == ("工会〔2026〕9号", branch)
    assert person.entries.get().actor == officer
    assert list(desk_items(officer)) == []


def test_an_application_waits_once_and_members_need_none() -> None:
    person = make.person()
    applied(person)
    with pytest.raises(DomainError, match="已有一份待审批的入会申请"):
        applied(person)
    with pytest.raises(DomainError, match="已是会员"):
        applied(make.member())


def test_a_declined_application_needs_its_reason_and_makes_nobody_a_member() -> None:
    person = make.person()
    admission = applied(person)
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    assert take_step(client, admission, "decline", decided_on="2026-09-15", why="").status_code == 422
    take_step(client, admission, "decline", decided_on="2026-09-15", why="材料不全")
    admission.refresh_from_db()
    assert (admission.state, admission.moves.last().reason) == (AdmissionState.DECLINED, "材料不全")  # type: ignore[union-attr]
    assert not person.memberships.exists()
    assert applied(person).state == AdmissionState.APPLIED


def test_who_joined_meanwhile_is_refused_at_the_day_of_the_decision() -> None:
    person = make.person()
    admission = applied(person)
    steps.admit(person=person, on=D(2026, 9, 10))
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    refused = take_step(client, admission, "admit", decided_on="2026-09-15")
    assert "已是会员" in refused.context["form"].errors["decided_on"][0]
    admission.refresh_from_db()
    assert admission.state == AdmissionState.APPLIED


def test_an_admission_corrected_away_waits_again() -> None:
    person = make.person()
    admission = applied(person)
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    take_step(client, admission, "admit", decided_on="2026-09-15")
    done = corrections.correct(person=person, act="join:2026-09-15", how=Correction.NEVER, why="登记错人")
    admission.refresh_from_db()
    assert admission.state == AdmissionState.APPLIED
    assert done.left == ["2026-09-01 的入会申请已退回待审批，请重新审批或撤回。"]
    assert not person.memberships.exists()


def test_the_application_is_printed_as_the_official_form() -> None:
    person = make.person(name="白安研", staff_number="20090012")
    admission = applied(person, branch=make.branch(name="文学院分工会"), branch_opinion="同意吸收入会")
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    words = words_of(client.post(f"/admin/members/admission/{admission.pk}/print-form/"))
    for told in ("入会申请书暨会员登记表", "白安研", "20090012", "文学院分工会", "同意吸收入会", "批准入会"):
        assert told in words
    assert AccessEntry.objects.filter(action=Access.PRINT, kind="members.admission").exists()


def test_who_is_transferred_takes_a_letter_along_with_stub_and_receipt() -> None:
    person = make.member(on=D(2015, 3, 1), name="白安研")
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    address = f"/admin/members/person/{person.pk}/transfer-letter/"
    assert "没有登记转出" in client.post(address, follow=True).content.decode()
    steps.transfer_out(person=person, on=D(2026, 9, 30), counterpart="邻校工会")
    words = words_of(client.post(address))
    for told in ("存根", "会籍接转介绍信", "回执", "白安研", "邻校工会", "2015年3月1日", "2026年9月30日"):
        assert told in words
    assert words.count("工会接字〔2026〕第") == 3


pytestmark = pytest.mark.django_db
