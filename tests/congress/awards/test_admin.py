"""Awards: chosen from the statistics of the day, given once, and kept with them."""

import pytest
from django.test import Client
from django.urls import reverse

from congress.awards import services as awards
from congress.awards.models import Award
from congress.handling.enums import Grade, ReplyKind
from congress.handling.services import replies
from congress.proposals.enums import ProposalState
from congress.ratings import services as ratings
from tests.congress.handling.scenes import Scene, World
from tests.factories import departments, handling
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError

ADD = "admin:congress_award_add"


def rated(world: World, grade: Grade = Grade.SATISFIED) -> Scene:
    at = world.scene(ProposalState.ASSIGNED)
    draft = replies.Draft(kind=ReplyKind.DONE, text="已办理。")
    replies.hand_in(proposal=at.proposal, department=world.lead, draft=draft, actor=world.people["lead contact"])
    reply = replies.sign(proposal=at.proposal, actor=world.people["lead's leader"])
    author = world.people["author"]
    ratings.rate(reply=reply, grade=grade, words="说明", person=world.delegate.person, actor=author)
    return at


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_awards_keep_the_statistics_they_were_chosen_by(world: World) -> None:
    at = rated(world)
    session, office = at.proposal.drive.session, world.people["office"]
    figures = awards.proposals(session=session)[at.proposal]
    assert (figures["满意度"], figures["答复用时（天）"], figures["答复类型"]) == ("满意", 0, ReplyKind.DONE.label)
    (lead, first), (support, second) = awards.departments(session=session).items()
    assert (lead, first["主办"], first["按时答复"], first["满意"]) == (world.lead, 1, 1, 1)
    assert (support, second["主办"], second["协办"]) == (world.support, 0, 1)
    given = awards.bestow(Award(session=session, department=world.lead, grounds="办理认真。"), actor=office)
    assert given.statistics["满意"] == 1
    with pytest.raises(DomainError, match="该表彰已登记。"):
        awards.bestow(Award(session=session, department=world.lead), actor=office)
    awards.bestow(Award(session=session, proposal=at.proposal), actor=office)
    declined = world.scene(ProposalState.DECLINED).proposal
    for refused in ({"proposal": declined}, {}, {"proposal": at.proposal, "department": world.lead}):
        with pytest.raises(DomainError):
            awards.bestow(Award(session=session, **refused), actor=office)
    assert Award.objects.count() == 2


def test_a_department_without_a_rating_stands_apart_behind_one_that_satisfied_nobody(world: World) -> None:
    at = rated(world, grade=Grade.DISSATISFIED)
    session = at.proposal.drive.session
    other = departments.department()
    handling.assign(world.plain(at.proposal.drive, ProposalState.ASSIGNED), other)
    assert next(iter(awards.departments(session=session))) == world.lead
    page = desk(world.people["office"]).get(reverse("admin:congress_award_standings")).content.decode()
    apart = page.index("尚无评价的承办部门")
    assert page.index(str(world.lead)) < apart < page.index(str(other))


def test_a_proposal_is_awarded_once_it_is_answered(world: World) -> None:
    waiting = world.scene(ProposalState.ASSIGNED).proposal
    session, client = waiting.drive.session, desk(world.people["office"])
    page = client.get(reverse("admin:congress_award_standings"), {"session": session.pk}).content.decode()
    assert "尚未答复" in page
    assert f"proposal={waiting.pk}" not in page
    with pytest.raises(DomainError) as refused:
        awards.bestow(Award(session=session, proposal=waiting), actor=None)
    assert refused.value.field == "proposal"


def test_the_statistics_lead_to_the_award_and_mark_it_once_given(world: World) -> None:
    at = rated(world)
    session, client = at.proposal.drive.session, desk(world.people["office"])
    page = client.get(reverse("admin:congress_award_standings"), {"session": session.pk}).content.decode()
    link = f"{reverse(ADD)}?session={session.pk}&proposal={at.proposal.pk}"
    assert link.replace("&", "&amp;") in page or link in page
    assert client.get(link).context["adminform"].form.initial["proposal"] == str(at.proposal.pk)
    data = {"session": session.pk, "proposal": at.proposal.pk, "awarded_on": "2024-03-01", "grounds": "有实效。"}
    assert client.post(link, data).status_code == 302
    assert client.post(link, data).status_code == 200
    one = Award.objects.get()
    assert (one.kind, one.statistics["满意度"]) == ("proposal", "满意")
    page = client.get(reverse("admin:congress_award_standings"), {"session": session.pk}).content.decode()
    assert "优秀提案" in page
    assert str(at.proposal) in client.get(reverse("admin:congress_award_changelist")).content.decode()
    assert (
        client.post(reverse("admin:congress_award_change", args=[one.pk]), {**data, "grounds": "x"}).status_code == 302
    )
    one.refresh_from_db()
    assert one.grounds == "有实效。"


def test_who_only_looks_gives_nothing(world: World) -> None:
    at = rated(world)
    session, client = at.proposal.drive.session, desk(world.people["chair"])
    page = client.get(reverse("admin:congress_award_standings"), {"session": session.pk})
    assert page.status_code == 200
    assert reverse(ADD) not in page.content.decode()
    assert client.post(reverse(ADD), {"session": session.pk, "proposal": at.proposal.pk}).status_code == 403
    stranger = desk(world.people["lead contact"])
    assert stranger.get(reverse("admin:congress_award_standings")).status_code in {302, 403}


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
