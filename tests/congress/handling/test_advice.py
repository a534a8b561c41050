"""What was passed on or came late stays one record: a department or the office answers it as advice."""

import pytest
from django.urls import reverse
from django.utils import timezone

from congress.handling.enums import ReplyKind
from congress.handling.services import assigning, replies
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.suggestions.models import Suggestion
from tests.congress.handling.scenes import World
from tests.factories.proposals import phone
from union_portal.accounts.models import User
from union_portal.base import figures
from union_portal.base.figures import FigureRequest
from union_portal.base.periods import Period

pytestmark = pytest.mark.django_db
REPLY = {"kind": "done", "text": "下学期起延长开放时间。", "promised_on": "", "reason": "", "version": "0"}


def step(user: User, name: str, proposal: Proposal, **data: str) -> int:
    return phone(user).post(reverse(f"congress:{name}", args=[proposal.pk]), data).status_code


def test_a_department_answers_what_was_passed_on_without_a_signature(world: World) -> None:
    at = world.scene(ProposalState.PASSED_ON)
    assigning.assign(proposal=at.proposal, lead=at.lead, actor=at.people["office"])
    assert step(at.people["lead contact"], "department_reply", at.proposal, **REPLY, hand_in="1") == 302
    at.proposal.refresh_from_db()
    assert (at.proposal.state, at.proposal.outcome) == (ProposalState.ADVISED, "passed_on")
    assert at.proposal.closed_on is not None
    assert at.proposal.rate_by is None
    page = phone(at.people["author"]).get(reverse("congress:proposal", args=[at.proposal.pk])).content.decode()
    assert REPLY["text"] in page
    assert not Suggestion.objects.exists()


def test_a_department_gives_back_what_is_not_its_own_and_late_stays_late(world: World) -> None:
    at = world.scene(ProposalState.LATE)
    assigning.assign(proposal=at.proposal, lead=at.lead, actor=at.people["office"])
    assert step(at.people["supporting contact"], "department_give_back", at.proposal, reason="不归本部门。") == 404
    assert step(at.people["lead contact"], "department_give_back", at.proposal, reason="不归本部门。") == 302
    at.proposal.refresh_from_db()
    assert (at.proposal.state, at.proposal.due_on) == (ProposalState.LATE, None)
    assert not at.proposal.assignments.filter(ended_at=None).exists()


def test_the_office_answers_itself(world: World) -> None:
    at = world.scene(ProposalState.LATE)
    draft = replies.Draft(kind=ReplyKind.DONE, text="已转后勤，本周内解决。")
    made = replies.advise(proposal=at.proposal, draft=draft, actor=at.people["office"])
    assert made.department is None
    page = phone(at.people["author"]).get(reverse("congress:proposal", args=[at.proposal.pk])).content.decode()
    assert "校工会" in page


def test_figures_of_suggestions_count_it_beside(world: World) -> None:
    at = world.scene(ProposalState.ADVISED)
    world.scene(ProposalState.LATE)
    convened_on, today = at.proposal.drive.session.convened_on, timezone.localdate()
    for kind, times in (("suggestions", 2), ("suggestions.late", 1), ("suggestions_answered", 1)):
        request = FigureRequest(kind, (f"congress.{kind}",), Period(min(convened_on, today), max(convened_on, today)))
        assert figures.count([request])[0].times == times, kind
        assert figures.rows(request, at.people["office"]).records.count() == times, kind
