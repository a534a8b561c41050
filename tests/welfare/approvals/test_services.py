"""An approval on paper: who could approve on the day, who confirms, and that it then stays."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from members.kin import services as kin
from members.kin.enums import Relation
from tests.factories import approvals, members
from tests.factories import rounds as welfare
from tests.factories.states import put
from union_portal.accounts.enums import Role
from union_portal.accounts.models import Delegation, RoleAssignment
from union_portal.base.errors import DomainError, Refused
from welfare.approvals import services
from welfare.approvals.enums import ApprovalState
from welfare.approvals.models import PaperApproval
from welfare.cases import services as cases
from welfare.grants.enums import GrantState, RoundState
from welfare.rounds.services import approval as rounds


def test_the_words_name_office_day_and_document_and_no_person() -> None:
    paper = approvals.confirmed()
    assert paper.words() == "主席 2024-01-08 线下审批，工字〔2024〕3号"
    assert paper.approver is not None
    assert paper.approver.name not in paper.words()


def test_whoever_did_not_hold_the_office_on_that_day_could_not_approve() -> None:
    late = members.account_with_role(Role.CHAIR, on=dt.date(2024, 1, 9))
    for approver in (late, members.account_with_role(Role.WELFARE)):
        with pytest.raises(DomainError) as refused:
            approvals.paper(approver=approver)
        assert refused.value.field == "approver"


def test_a_vice_chair_approves_by_the_chairs_delegation_on_its_days_alone() -> None:
    vice = members.account_with_role(Role.VICE_CHAIR)
    with pytest.raises(DomainError):
        approvals.paper(approver=vice)
    days = {"valid_from": approvals.DAY, "valid_to": approvals.DAY}
    Delegation.objects.create(delegator=welfare.chair(), delegate=vice, role=Role.CHAIR, document="委托书", **days)
    assert approvals.paper(approver=vice).words().startswith("副主席（受主席委托） 2024-01-08")
    with pytest.raises(DomainError):
        approvals.paper(approver=vice, approved_on=approvals.DAY + dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"approved_on": timezone.localdate() + dt.timedelta(days=1)}, "approved_on"),
        ({"approved_on": dt.date(1962, 1, 1)}, "approved_on"),
        ({"document": " "}, "document"),
        ({"scan": None}, "scan"),
    ],
)
def test_day_document_and_scan_are_asked_for(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        approvals.paper(**wrong)
    assert refused.value.field == field


def test_who_entered_it_does_not_confirm_it_and_it_is_confirmed_once() -> None:
    clerk = members.account_with_role(Role.WELFARE, Role.CHAIR)
    paper = approvals.paper(actor=clerk)
    with pytest.raises(Refused):
        services.confirm(subject=paper, actor=clerk)
    services.confirm(subject=paper, actor=welfare.treasurer())
    with pytest.raises(Refused):
        services.confirm(subject=paper, actor=welfare.treasurer())
    assert paper.moves.filter(action="confirm").count() == 1


def test_whoever_put_it_right_does_not_confirm_it() -> None:
    paper, finance = approvals.paper(), welfare.treasurer()
    services.amend(subject=paper, actor=finance, **approvals.told(document="工字〔2024〕4号"))
    with pytest.raises(Refused):
        services.confirm(subject=paper, actor=finance)


def test_a_confirmed_paper_stays_as_it_is() -> None:
    paper = approvals.confirmed()
    with pytest.raises(DatabaseError, match="confirmed and stays"):
        PaperApproval.objects.filter(pk=paper.pk).update(document="别的文件")


def test_the_database_confirms_nothing_half_told_nor_by_one_account() -> None:
    paper = services.enter_from_list(about="补录", approver="主席", approved_on=None, document="1号", actor=None)
    with pytest.raises(DatabaseError):
        put(PaperApproval.objects.filter(pk=paper.pk), ApprovalState.CONFIRMED)


def test_a_round_sent_back_with_its_paper_can_be_registered_anew() -> None:
    members.member()
    officer = welfare.officer()
    made = rounds.record_paper_approval(subject=welfare.locked(), actor=officer, **approvals.told())
    with pytest.raises(Refused):
        rounds.record_paper_approval(subject=made, actor=officer, **approvals.told())
    with pytest.raises(Refused):
        rounds.send_back(subject=made, actor=welfare.chair(), why="待核")
    assert made.paper_approval is not None
    services.reject(subject=made.paper_approval, actor=welfare.chair(), why="扫描件不清")
    made.refresh_from_db()
    assert made.state == RoundState.LOCKED
    again = rounds.record_paper_approval(subject=made, actor=officer, **approvals.told())
    assert again.paper_approval_id != made.paper_approval_id


def test_nobody_confirms_a_small_round_with_himself_or_kin_on_it() -> None:
    person, chair = members.member(), welfare.chair()
    own = members.account(of=person)
    RoleAssignment.objects.create(user=own, role=Role.FINANCE, valid_from=members.LONG_AGO)
    made = rounds.record_paper_approval(
        subject=welfare.locked(), actor=welfare.officer(), **approvals.told(approver=chair)
    )
    assert made.paper_approval is not None
    with pytest.raises(Refused):
        services.confirm(subject=made.paper_approval, actor=own)
    assert PaperApproval.objects.get().state == ApprovalState.ENTERED


def test_nobody_is_approver_of_a_round_that_he_prepares() -> None:
    members.member()
    both = members.account_with_role(Role.WELFARE, Role.CHAIR)
    with pytest.raises(Refused):
        rounds.record_paper_approval(subject=welfare.locked(), actor=both, **approvals.told(approver=both))


def test_a_case_is_approved_by_the_confirmed_paper_and_by_nobody_on_the_screen_meanwhile() -> None:
    grant = cases.register_paper(subject=welfare.case(), actor=welfare.officer(), **approvals.told())
    with pytest.raises(Refused):
        cases.approve(subject=grant, actor=welfare.chair())
    assert grant.paper_approval is not None
    services.confirm(subject=grant.paper_approval, actor=welfare.chair())
    grant.refresh_from_db()
    assert (grant.state, grant.approved_by) == (GrantState.DUE, None)
    assert grant.offline_approval == grant.paper_approval.words()
    posting = cases.pay(subject=grant, fund=welfare.fund(), on=welfare.CASE_DAY, actor=welfare.treasurer())
    assert posting is not None
    assert posting.paper_approval_id == grant.paper_approval_id


def test_kin_of_the_recipient_neither_approves_nor_confirms_a_case_on_paper() -> None:
    grant = welfare.case()
    relative = members.member()
    kin.add_kin(person=grant.person, related=relative, relation=Relation.SPOUSE)
    related = members.account(of=relative)
    RoleAssignment.objects.create(user=related, role=Role.CHAIR, valid_from=members.LONG_AGO)
    with pytest.raises(Refused):
        cases.register_paper(subject=grant, actor=welfare.officer(), **approvals.told(approver=related))
    grant = cases.register_paper(subject=grant, actor=welfare.officer(), **approvals.told())
    assert grant.paper_approval is not None
    with pytest.raises(Refused):
        services.confirm(subject=grant.paper_approval, actor=related)


pytestmark = pytest.mark.django_db
