"""Votes and surveys over HTTP: who sees them, who may confirm, what a stranger gets, how many queries a list costs."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from congress.enums import AgendaKind, BallotMethod, BallotResult, BallotState
from congress.models import Ballot, Survey
from congress.renderers.minutes import context
from congress.services import ballots, elections, resolutions, surveys
from congress.services.ballots import Votes
from congress.services.counting import Papers
from members.models import Person
from tests.factories import congress as make
from tests.factories import members, voting
from union_portal.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False


def client(user: User | None) -> Client:
    """Sign in."""
    made = Client()
    assert user is not None
    made.force_login(user)
    return made


def counted(*, actor: User) -> Ballot:
    """Return a ballot of nine that waits for its scrutineer: five for, four against."""
    made = voting.ballot(voting.sitting())
    return ballots.enter_count(ballot=made, votes=Votes(5, 4, 0), papers=Papers(9, 9, 9, 0), actor=actor)


def step(ballot: Ballot, name: str) -> str:
    return reverse(f"admin:congress_ballot_{name}", args=[ballot.pk])


def scrutineer(ballot: Ballot) -> User | None:
    assert ballot.scrutineer is not None
    return ballot.scrutineer.user


def test_the_scrutineer_confirms_on_the_phone_and_sees_it_on_the_own_page() -> None:
    ballot = counted(actor=make.officer())
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
    ballot = counted(actor=make.officer())
    phone = client(scrutineer(ballot))
    address = reverse("congress:ballot", args=[ballot.pk])
    assert phone.post(address, {"step": "send_back", "reason": ""}).status_code == 422
    assert phone.post(address, {"step": "send_back", "reason": "少计一张"}).status_code == 302
    ballot.refresh_from_db()
    assert ballot.state == BallotState.OPEN


def test_to_other_delegates_and_strangers_a_counting_sheet_does_not_exist() -> None:
    ballot = counted(actor=make.officer())
    others = [person for person in voting.voters(ballot.item.sitting) if person != ballot.scrutineer]
    for user in (others[0].user, members.account()):
        for method in ("get", "post"):
            answer = getattr(client(user), method)(reverse("congress:ballot", args=[ballot.pk]), {"step": "confirm"})
            assert answer.status_code == 404
    ballot.refresh_from_db()
    assert ballot.state == BallotState.COUNTED


def test_at_the_desk_who_entered_cannot_confirm_and_another_names_the_signed_sheet() -> None:
    first, second = make.officer(), make.officer()
    ballot = counted(actor=first)
    assert client(first).post(step(ballot, "confirm"), {"signed_sheet": "1号"}).status_code == 422
    assert client(second).post(step(ballot, "confirm"), {"signed_sheet": ""}).status_code == 422
    assert client(second).post(step(ballot, "confirm"), {"signed_sheet": "1号"}).status_code == 302
    ballot.refresh_from_db()
    assert (ballot.state, ballot.confirmed_by) == (BallotState.CONFIRMED, second)


def test_a_role_of_another_job_looks_but_does_not_vote() -> None:
    from union_portal.accounts.enums import Role  # noqa: PLC0415

    ballot = counted(actor=make.officer())
    welfare = client(members.account_with_role(Role.WELFARE))
    assert welfare.get(reverse("admin:congress_ballot_change", args=[ballot.pk])).status_code == 200
    assert welfare.post(step(ballot, "confirm"), {"signed_sheet": "1号"}).status_code == 403
    assert welfare.post(step(ballot, "void"), {"reason": "x"}).status_code == 403
    stranger = client(members.account())
    assert stranger.get(reverse("admin:congress_ballot_change", args=[ballot.pk])).status_code in {302, 403}


def test_the_officer_opens_enters_and_the_refusal_keeps_what_was_typed() -> None:
    one = voting.sitting(due=9, present=7)
    item = voting.item(one)
    desk = client(make.officer())
    opened = desk.post(
        reverse("admin:congress_ballot_open_ballot"),
        {"item": item.pk, "method": "paper", "scrutineer": voting.voters(one)[-1].staff_number},
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
    one = voting.sitting(due=9)
    desk = client(make.officer())
    people = [members.member(name=name) for name in ("丁一", "王二", "李三")]
    data = {
        "sitting": one.pk,
        "committee": voting.committee().pk,
        "seats": 2,
        "min_surplus": 5,
        "method": "paper",
        "people": "\n".join(f"{person.staff_number} {person.name}" for person in people),
        "scrutineer": voting.voters(one)[-1].staff_number,
    }
    wrong = desk.post(reverse("admin:congress_election_open_election"), data | {"people": "nobody"})
    assert wrong.status_code == 422
    assert desk.post(reverse("admin:congress_election_open_election"), data).status_code == 302
    election = one.elections.get()
    votes = {f"votes_{one.pk}": count for one, count in zip(election.candidates.all(), (9, 3, 2), strict=True)}
    other = members.member(name="孙五")
    sheet = {"handed_out": 9, "returned": 9, "valid": 9, "void": 0, "written_in": f"{other.staff_number} 4", **votes}
    assert desk.post(reverse("admin:congress_election_enter_count", args=[election.pk]), sheet).status_code == 302
    phone = client(election.scrutineer.user if election.scrutineer else None)
    address = reverse("congress:election", args=[election.pk])
    assert "孙五" in phone.get(address).content.decode()
    assert phone.post(address, {"step": "confirm"}).status_code == 302
    page = desk.get(reverse("admin:congress_election_change", args=[election.pk])).content.decode()
    assert "second-round" in page or "second_round" in page
    assert [one.person.name for one in elections.elected_in(election=election)] == ["丁一"]


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
    desk, address = client(make.officer()), reverse("admin:congress_survey_change", args=[survey.pk])
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
    one = voting.sitting(due=6)
    desk = client(make.officer())
    address = reverse(f"admin:congress_{model}_changelist")

    def grow(count: int) -> None:
        for number in range(count):
            if model == "ballot":
                voting.ballot(one, method=BallotMethod.HANDS)
            elif model == "election":
                voting.election(one, seats=1, names=["丁一", "王二"])
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


def test_the_minutes_tell_attendance_votes_and_resolutions_and_leave_out_what_is_not_confirmed() -> None:
    officer = make.officer()
    ballot = counted(actor=officer)
    sitting = ballot.item.sitting
    said = text_of(sitting.session)
    assert "赞成5票" not in said
    ballots.confirm(ballot=ballot, actor=make.officer(), signed_sheet="1号")
    ballot.item.refresh_from_db()
    resolutions.adopt_resolution(sitting=sitting, item=ballot.item, title="关于绩效办法的决议", text="会议同意。")
    resolutions.write_minutes(session=sitting.session, text="代表们认真讨论。")
    sitting.session.refresh_from_db()
    said = text_of(sitting.session)
    for words in ("应到代表9人，实到9人", "赞成5票，反对4票", "关于绩效办法的决议", "代表们认真讨论。"):
        assert words in said
    assert timezone.localdate().strftime("%Y年") in said


def text_of(session: Any) -> str:
    found = context(session=session, union="某学院工会", title="会议纪要")
    return "\n".join(str(chapter) for chapter in found["chapters"]) + str(found["signed_on"])


def test_the_minutes_name_a_title_with_its_own_marks_once_and_a_by_election_by_its_own_word() -> None:
    from congress.renderers.minutes import _marked  # noqa: PLC0415

    assert _marked("《考核办法》（修订）") == "《考核办法》（修订）"
    assert _marked("关于通过《考核办法》的决议") == "《关于通过〈考核办法〉的决议》"
    assert _marked("学校工作报告") == "《学校工作报告》"
    one = voting.sitting(due=9)
    item = voting.item(one, kind=AgendaKind.ELECT)
    item.title = "补选工会委员会委员"
    item.save()
    said = text_of(one.session)
    assert "补选工会委员会委员" in said
    assert "选举补选" not in said


def test_the_page_of_an_election_asks_for_another_round_only_while_one_can_be_opened() -> None:
    one = voting.sitting(due=9)
    officer = make.officer()
    first = voting.election(one, seats=2, names=["甲", "乙", "丙"])
    votes = dict(zip(first.candidates.values_list("pk", flat=True), (9, 3, 3), strict=True))
    elections.enter_count(election=first, votes=votes, papers=Papers(9, 9, 9, 0), actor=make.officer())
    desk = client(officer)
    address = reverse("admin:congress_election_change", args=[first.pk])
    assert not desk.get(address).context["undecided"]
    elections.confirm(election=first, actor=officer, signed_sheet="1号")
    assert desk.get(address).context["undecided"]
    elections.second_round(election=first, actor=officer)
    assert not desk.get(address).context["undecided"]


def test_a_resolution_needs_an_item_that_was_passed() -> None:
    from union_portal.base.errors import Refused  # noqa: PLC0415

    one = voting.sitting(due=6)
    item = voting.item(one, kind=AgendaKind.PASS)
    with pytest.raises(Refused):
        resolutions.adopt_resolution(sitting=one, item=item, title="x", text="x")
