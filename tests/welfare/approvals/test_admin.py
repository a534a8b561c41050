"""Approvals on paper on the desk: registered, confirmed with the scan in view, and all of them for the auditor."""

import pytest
from django.urls import reverse

from tests.factories import approvals, members
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Access, Role
from union_portal.accounts.models import AccessEntry
from welfare.approvals.enums import ApprovalState
from welfare.approvals.models import PaperApproval
from welfare.grants.enums import RoundState
from welfare.grants.models import Round


def address(paper: PaperApproval, step: str = "change") -> str:
    return f"/admin/welfare/paperapproval/{paper.pk}/{step}/"


def registered() -> Round:
    """Let the welfare officer register a round's approval on its page."""
    members.member()
    made, told = welfare.locked(), approvals.told()
    data = {**told, "approver": told["approver"].pk, "approved_on": told["approved_on"].isoformat()}
    answer = signed_in(welfare.officer()).post(f"/admin/welfare/round/{made.pk}/step-register-paper/", data)
    assert answer.status_code == 302, answer.context["form"].errors
    made.refresh_from_db()
    return made


def test_a_round_approved_on_paper_stands_on_the_confirmers_desk_and_waits() -> None:
    made = registered()
    [paper] = PaperApproval.objects.all()
    assert (made.state, paper.state) == (RoundState.SUBMITTED, ApprovalState.ENTERED)
    chair = signed_in(welfare.chair())
    desk = chair.get(reverse("admin:index")).content.decode()
    assert f"确认线下审批：{made}" in desk
    assert f"审批：{made}" not in desk.replace(f"确认线下审批：{made}", "")
    page = chair.get(address(paper)).content.decode()
    assert reverse("admin:welfare_round_change", args=[made.pk]) in page
    assert chair.post(address(paper, "step-confirm")).status_code == 302
    made.refresh_from_db()
    assert made.state == RoundState.APPROVED
    finance = signed_in(welfare.treasurer()).get(reverse("admin:index")).content.decode()
    assert f"记账：{made}" in finance


def test_the_scan_is_given_to_who_may_see_it_and_written_down() -> None:
    paper = approvals.paper()
    door = reverse("admin:welfare_paperapproval_scan", args=[paper.pk])
    auditor = members.account_with_role(Role.AUDIT)
    answer = signed_in(auditor).get(door)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    seen = AccessEntry.objects.get(user=auditor, action=Access.DOWNLOAD)
    assert (seen.kind, seen.subject) == ("welfare.paperapproval", str(paper.pk))
    assert signed_in(members.account_with_role(Role.ACTIVITIES)).get(door).status_code in {403, 404}


def test_the_auditor_finds_every_paper_on_the_desk_and_in_a_list_that_leaves_as_a_file() -> None:
    papers = [approvals.paper(about="更正甲"), approvals.confirmed(about="更正乙")]
    auditor = signed_in(members.account_with_role(Role.AUDIT))
    assert "登记的线下审批" in auditor.get(reverse("admin:index")).content.decode()
    listed = auditor.get(reverse("admin:welfare_paperapproval_changelist")).content.decode()
    assert all(paper.about in listed for paper in papers)
    waiting = auditor.get(f"{reverse('admin:welfare_paperapproval_changelist')}?state__exact=entered").content.decode()
    assert "更正甲" in waiting
    assert "更正乙" not in waiting
    assert auditor.get(reverse("admin:welfare_paperapproval_export")).status_code == 200


def test_what_was_entered_is_put_right_until_it_is_confirmed_and_the_scan_may_stay() -> None:
    paper, officer = approvals.paper(), signed_in(welfare.treasurer())
    form = officer.get(address(paper, "step-amend")).context["form"]
    assert form["document"].value() == paper.document
    amended = {"approver": paper.approver_id, "approved_on": "2024-01-09", "document": "工字〔2024〕5号"}
    assert officer.post(address(paper, "step-amend"), amended).status_code == 302
    paper.refresh_from_db()
    assert (paper.document, bool(paper.scan)) == ("工字〔2024〕5号", True)


pytestmark = pytest.mark.django_db
