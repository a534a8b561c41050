"""An application to join: handed in once, advised, decided; who is admitted is a member from that day."""

import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from pypdf import PdfReader

from members.admissions.enums import AdmissionState
from members.admissions.models import Admission
from members.admissions.portal import desk_items
from members.branches.services.assignments import assign_branch
from members.memberships.enums import Correction, MembershipStart
from members.memberships.services import corrections, steps
from members.memberships.services.episodes import Episode, begin_all
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


def test_who_joins_without_the_decision_closes_the_application_and_opens_it_when_that_did_not_happen() -> None:
    person, officer = make.person(), make.account_with_role(Role.ORGANISATION)
    admission = applied(person)
    steps.admit(person=person, on=D(2026, 9, 10), document="工会〔2026〕9号", actor=officer)
    admission.refresh_from_db()
    assert (admission.state, admission.decided_on) == (AdmissionState.ADMITTED, D(2026, 9, 10))
    assert admission.document == "工会〔2026〕9号"
    assert admission.moves.latest("pk").reason == "入会 2026-09-10 已直接登记"
    assert list(desk_items(officer)) == []
    corrections.correct(person=person, act="join:2026-09-10", how=Correction.NEVER, why="登记错人")
    admission.refresh_from_db()
    assert admission.state == AdmissionState.APPLIED


@pytest.mark.parametrize("way", [MembershipStart.TRANSFERRED_IN, MembershipStart.RECORDED])
def test_who_needs_no_admission_lets_the_application_lapse(way: MembershipStart) -> None:
    person, other = make.person(), make.person()
    admission, waits = applied(person), applied(other)
    begin_all([Episode(person.pk, D(2020, 9, 1), way)])
    admission.refresh_from_db()
    waits.refresh_from_db()
    assert (admission.state, waits.state) == (AdmissionState.WITHDRAWN, AdmissionState.APPLIED)
    assert admission.moves.latest("pk").reason == f"已登记{way.label}（2020-09-01）"


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


def test_an_application_lapses_with_a_death_and_waits_again_when_there_was_none() -> None:
    person, officer = make.person(), make.account_with_role(Role.ORGANISATION)
    admission = applied(person)
    steps.record_death(person=person, on=D(2026, 9, 10))
    admission.refresh_from_db()
    assert admission.state == AdmissionState.WITHDRAWN
    assert admission.moves.latest("pk").reason == "申请人于 2026-09-10 去世"
    assert list(desk_items(officer)) == []
    done = corrections.correct(person=person, act="death:2026-09-10", how=Correction.NEVER, why="登记错人")
    admission.refresh_from_db()
    assert (admission.state, done.restored) == (AdmissionState.APPLIED, ["待审批的入会申请"])
    # One that the applicant took back himself stays so.
    take_step(signed_in(officer), admission, "withdraw", why="本人撤回")
    steps.record_death(person=person, on=D(2026, 9, 11))
    corrections.correct(person=person, act="death:2026-09-11", how=Correction.NEVER, why="登记错人")
    admission.refresh_from_db()
    assert admission.state == AdmissionState.WITHDRAWN


def test_a_branch_chair_enters_and_advises_applications_of_the_own_branch_and_decides_none() -> None:
    branch, other = make.branch(), make.branch()
    chair = make.account_with_role(Role.BRANCH_CHAIR, branches=(branch,))
    client = signed_in(chair)
    own, stranger = make.person(), make.person()
    assign_branch(person=own, branch=branch, on=D(2026, 1, 1))
    assign_branch(person=stranger, branch=other, on=D(2026, 1, 1))
    address = reverse("admin:members_admission_add")
    told = {"person": own.pk, "applied_on": "2026-09-01", "branch": branch.pk, "words": "自愿申请入会"}
    for wrong in ({"person": stranger.pk}, {"branch": other.pk}):
        client.post(address, {**told, **wrong})
        assert not Admission.objects.exists(), wrong
    client.post(address, told)
    admission = Admission.objects.get()
    take_step(client, admission, "advise", branch_opinion="同意吸收入会")
    admission.refresh_from_db()
    assert (admission.person, admission.branch_opinion) == (own, "同意吸收入会")
    page = client.get(reverse("admin:members_admission_change", args=[admission.pk])).content.decode()
    assert "step-admit" not in page
    for step in ("admit", "decline"):
        data = {"decided_on": "2026-09-15", "why": "x"}
        answer = client.post(f"/admin/members/admission/{admission.pk}/step-{step}/", data)
        assert answer.status_code == 403, step
    assert list(desk_items(chair)) == []
    assert [item.title for item in desk_items(make.account_with_role(Role.ORGANISATION))] == ["待审批的入会申请"]
    # What the office entered for the branch is seen there too; another branch's is not.
    of_branch, foreign = applied(make.person(), branch=branch), applied(make.person(), branch=other)
    assert set(Admission.objects.all().visible_to(chair)) == {admission, of_branch}
    shut = client.get(reverse("admin:members_admission_change", args=[foreign.pk]))
    assert shut.status_code in {302, 403, 404}


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


def test_whoever_applies_is_found_among_those_who_may_join_and_a_branch_proposes_itself() -> None:
    mine, other = make.branch(), make.branch()
    make.branch(parent=mine)
    member, stranger, near = make.member(branch=mine, name="李甲"), make.person(name="李乙"), make.person(name="李丙")
    assign_branch(person=near, branch=mine, on=D(2026, 1, 1))
    officer = signed_in(make.account_with_role(Role.ORGANISATION))
    chair = signed_in(make.account_with_role(Role.BRANCH_CHAIR, branches=(mine,)))
    both = signed_in(make.account_with_role(Role.BRANCH_CHAIR, branches=(mine, other)))
    for client, found, branch, words in (
        (officer, {stranger, near}, None, "尚未入会"),
        (chair, {near}, mine.pk, "请由组织委员登记"),
        (both, {near}, None, "请由组织委员登记"),
    ):
        page = client.get(reverse("admin:members_admission_add"))
        picker = page.context["adminform"].form.fields["person"].widget.widget
        asked = {"app_label": "members", "model_name": "admission", "field_name": "person", "term": "李"}
        answer = client.get(f"{picker.get_url()}&{urlencode(asked)}").json()["results"]
        assert {one["id"] for one in answer} == {str(one.pk) for one in found}
        assert page.context["adminform"].form.initial.get("branch") == branch
        assert words in page.content.decode()
    told = {"person": member.pk, "applied_on": "2026-09-01", "branch": mine.pk}
    assert "已是会员" in officer.post(reverse("admin:members_admission_add"), told).content.decode()
