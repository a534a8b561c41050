"""Votes and surveys over HTTP: who sees them, who may confirm, what a stranger gets, how many queries a list costs."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from congress.elections.services import elections, outcomes
from congress.resolutions import services as resolutions
from congress.surveys.models import Survey
from congress.surveys.services import surveys
from congress.voting.enums import BallotMethod, BallotResult, BallotState
from congress.voting.models import Ballot
from congress.voting.services.counting import Papers
from members.people.models import Person
from tests.factories import attendance, bodies, committees, members, sessions
from tests.factories import elections as make_elections
from tests.factories import surveys as voting
from tests.factories import voting as make_voting
from tests.factories.voting import counted_ballot
from union_portal.accounts.models import User


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False


def client(user: User | None) -> Client:
    """Sign in."""
    made = Client()
    assert user is not None
    made.force_login(user)
    return made


def step(ballot: Ballot, name: str) -> str:
    return reverse(f"admin:congress_ballot_{name}", args=[ballot.pk])


def scrutineer(ballot: Ballot) -> User | None:
    assert ballot.scrutineer is not None
    return ballot.scrutineer.user


def test_the_scrutineer_confirms_on_the_phone_and_sees_it_on_the_own_page() -> None:
    ballot = counted_ballot(actor=bodies.officer())
    phone = client(scrutineer(ballot))
    address = reverse("congress:ballot", args=[ballot.pk])
    assert address in phone.get(reverse("home:start")).content.decode()
    assert "step" in phone.get(address).content.decode()
    assert phone.post(address, {"step": "confirm"}).status_code == 302
    ballot.refresh_from_db()
    assert (ballot.state, ballot.result) == (BallotState.CONFIRMED, BallotResult.CARRIED)
    assert phone.post(address, {"step": "confirm"}).status_code == 422
    assert address not in phone.get(reverse("home:start")).content.decode()


def test_the_scrutineer_sends_a_count_back_with_a_reason() -> None:
    ballot = counted_ballot(actor=bodies.officer())
    phone = client(scrutineer(ballot))
    address = reverse("congress:ballot", args=[ballot.pk])
    assert phone.post(address, {"step": "send_back", "why": ""}).status_code == 422
    assert phone.post(address, {"step": "send_back", "why": "少计一张"}).status_code == 302
    ballot.refresh_from_db()
    assert ballot.state == BallotState.OPEN


def test_to_other_delegates_and_strangers_a_counting_sheet_does_not_exist() -> None:
    ballot = counted_ballot(actor=bodies.officer())
    others = [person for person in attendance.voters(ballot.item.sitting) if person != ballot.scrutineer]
    for user in (others[0].user, members.account()):
        for method in ("get", "post"):
            answer = getattr(client(user), method)(reverse("congress:ballot", args=[ballot.pk]), {"step": "confirm"})
            assert answer.status_code == 404
    ballot.refresh_from_db()
    assert ballot.state == BallotState.COUNTED


def test_at_the_desk_who_entered_cannot_confirm_and_another_names_the_signed_sheet() -> None:
    first, second = bodies.officer(), bodies.officer()
    ballot = counted_ballot(actor=first)
    assert (
        "下一步：监票人（不能是录入人）核对后确认计票单" in client(first).get(step(ballot, "change")).content.decode()
    )
    assert client(first).post(step(ballot, "confirm"), {"signed_sheet": "1号"}).status_code == 422
    assert client(second).post(step(ballot, "confirm"), {"signed_sheet": ""}).status_code == 422
    assert client(second).post(step(ballot, "confirm"), {"signed_sheet": "1号"}).status_code == 302
    ballot.refresh_from_db()
    assert (ballot.state, ballot.confirmed_by) == (BallotState.CONFIRMED, second)


def test_a_role_of_another_job_looks_but_does_not_vote() -> None:
    from union_portal.accounts.enums import Role  # noqa: PLC0415

    ballot = counted_ballot(actor=bodies.officer())
    welfare = client(members.account_with_role(Role.WELFARE))
    assert welfare.get(reverse("admin:congress_ballot_change", args=[ballot.pk])).status_code == 200
    assert welfare.post(step(ballot, "confirm"), {"signed_sheet": "1号"}).status_code == 403
    assert welfare.post(step(ballot, "void"), {"reason": "x"}).status_code == 403
    stranger = client(members.account())
    assert stranger.get(reverse("admin:congress_ballot_change", args=[ballot.pk])).status_code in {302, 403}


def test_the_officer_opens_enters_and_the_refusal_keeps_what_was_typed() -> None:
    one = attendance.sitting(due=9, present=7)
    item = sessions.item(one)
    desk = client(bodies.officer())
    opened = desk.post(
        reverse("admin:congress_ballot_open_ballot"),
        {"item": item.pk, "method": "paper", "scrutineer": attendance.voters(one)[-1].pk},
    )
    assert opened.status_code == 302
    ballot = Ballot.objects.get()
    sheet = {"handed_out": 8, "returned": 7, "valid": 7, "void": 0, "votes_for": 5, "votes_against": 2, "abstained": 0}
    refused = desk.post(step(ballot, "enter_count"), sheet)
    assert refused.status_code == 422
    assert 'value="8"' in refused.content.decode()
    assert desk.post(step(ballot, "enter_count"), sheet | {"handed_out": 7}).status_code == 302
    ballot.refresh_from_db()
    assert (ballot.state, ballot.votes_for) == (BallotState.COUNTED, 5)
    assert desk.get(reverse("admin:congress_ballot_change", args=[ballot.pk])).status_code == 200


def test_an_election_is_opened_counted_and_shown_at_the_desk() -> None:
    one = attendance.sitting(due=9)
    desk = client(bodies.officer())
    people = [members.member(name=name) for name in ("丁一", "王二", "李三")]
    data = {
        "sitting": one.pk,
        "committee": committees.committee().pk,
        "seats": 2,
        "min_surplus": 5,
        "method": "paper",
        "people": [person.pk for person in people],
        "scrutineer": attendance.voters(one)[-1].pk,
    }
    wrong = desk.post(reverse("admin:congress_election_open_election"), data | {"people": "nobody"})
    assert wrong.status_code == 422
    assert desk.post(reverse("admin:congress_election_open_election"), data).status_code == 302
    election = one.elections.get()
    votes = {f"votes_{one.pk}": count for one, count in zip(election.candidates.all(), (9, 3, 2), strict=True)}
    other = members.member(name="孙五")
    sheet = {"handed_out": 9, "returned": 9, "valid": 9, "void": 0, "written_in": f"{other.name} 4", **votes}
    assert desk.post(reverse("admin:congress_election_enter_count", args=[election.pk]), sheet).status_code == 302
    phone = client(election.scrutineer.user if election.scrutineer else None)
    address = reverse("congress:election", args=[election.pk])
    assert "孙五" in phone.get(address).content.decode()
    assert phone.post(address, {"step": "confirm"}).status_code == 302
    page = desk.get(reverse("admin:congress_election_change", args=[election.pk])).content.decode()
    assert "second-round" in page or "second_round" in page
    assert [one.person.name for one in outcomes.elected_in(election=election)] == ["丁一"]


def asked(survey: Survey) -> Person:
    ticket = survey.tickets.select_related("person__user").first()
    assert ticket is not None
    return ticket.person


def answers(survey: Survey) -> dict[str, str]:
    graded, written = survey.questions.all()
    return {f"question_{graded.pk}": "satisfied", f"question_{written.pk}": "很好"}


def test_a_survey_is_answered_once_on_the_phone_and_shows_no_result() -> None:
    survey = voting.survey()
    phone, address = client(asked(survey).user), reverse("congress:survey", args=[survey.pk])
    assert address in phone.get(reverse("home:start")).content.decode()
    empty = phone.post(address, {})
    assert empty.status_code == 422
    assert phone.post(address, answers(survey)).status_code == 302
    assert phone.post(address, answers(survey)).status_code == 409
    assert survey.sheets.count() == 1
    page = phone.get(address).content.decode()
    assert "<form method=" not in page.split("<main")[1]
    assert address not in phone.get(reverse("home:start")).content.decode()


def test_to_who_is_not_asked_a_survey_does_not_exist() -> None:
    survey = voting.survey()
    for user in (members.account(), members.account(of=members.person())):
        assert client(user).get(reverse("congress:survey", args=[survey.pk])).status_code == 404
        assert client(user).post(reverse("congress:survey", args=[survey.pk]), answers(survey)).status_code == 404


def test_the_desk_shows_results_only_after_the_close() -> None:
    survey = voting.survey()
    for ticket in survey.tickets.select_related("person"):
        data = {key.removeprefix("question_"): value for key, value in answers(survey).items()}
        surveys.answer(survey=survey, person=ticket.person, answers=data)
    desk, address = client(bodies.officer()), reverse("admin:congress_survey_change", args=[survey.pk])
    before = desk.get(address).content.decode()
    assert "<meter" not in before
    assert "很好" not in before
    assert desk.post(reverse("admin:congress_survey_close", args=[survey.pk])).status_code == 302
    after = desk.get(address).content.decode()
    assert "<meter" in after
    assert "很好" in after


@pytest.mark.parametrize("model", ["ballot", "election", "survey", "resolution"])
def test_lists_cost_the_same_at_two_sizes(
    model: str, django_assert_num_queries: DjangoAssertNumQueries, django_assert_max_num_queries: Any
) -> None:
    one = attendance.sitting(due=6)
    desk = client(bodies.officer())
    address = reverse(f"admin:congress_{model}_changelist")

    def grow(count: int) -> None:
        for number in range(count):
            if model == "ballot":
                make_voting.ballot(one, method=BallotMethod.HANDS)
            elif model == "election":
                make_elections.election(one, seats=1, names=["丁一", "王二"])
            elif model == "survey":
                voting.survey(opened=False, people=0, title=f"测评{number}")
            else:
                resolutions.adopt_resolution(sitting=one, title=f"决议{number}", text="x")

    grow(2)
    desk.get(address)
    with django_assert_max_num_queries(60) as small:
        assert desk.get(address).status_code == 200
    grow(6)
    with django_assert_num_queries(len(small)):
        desk.get(address)


def test_the_page_of_an_election_asks_for_another_round_only_while_one_can_be_opened() -> None:
    one = attendance.sitting(due=9)
    officer = bodies.officer()
    first = make_elections.election(one, seats=2, names=["甲", "乙", "丙"])
    votes = dict(zip(first.candidates.values_list("pk", flat=True), (9, 3, 3), strict=True))
    elections.enter_count(sheet=first, votes=votes, papers=Papers(9, 9, 9, 0), actor=bodies.officer())
    desk = client(officer)
    address = reverse("admin:congress_election_change", args=[first.pk])
    assert "监票人（不能是录入人）" in desk.get(address).context["next_step"]
    elections.confirm(sheet=first, actor=officer, signed_sheet="1号")
    assert "尚缺 1 名，由工作人员发起再次选举" in desk.get(address).context["next_step"]
    elections.second_round(election=first, actor=officer)
    assert "再次选举正在进行" in desk.get(address).context["next_step"]


pytestmark = pytest.mark.django_db
