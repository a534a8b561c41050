"""What members and departments say and read, over HTTP: their own, and nothing of others."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congress.departments.enums import DepartmentDuty
from congress.departments.models import Department
from congress.handling.enums import ReplyKind
from congress.petitions import services as petitions
from congress.petitions.enums import PetitionChannel
from congress.petitions.models import Petition
from congress.regulations.enums import RegulationAct
from congress.suggestions import portal as suggestions_portal
from congress.suggestions import services as suggestions
from congress.suggestions.enums import SuggestionSource, SuggestionState
from congress.suggestions.models import Suggestion, SuggestionDrive
from members.people.models import Person
from tests.factories import bodies, departments, members, regulations
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import Standing
from union_portal.base.steps import record
from union_portal.home.desk.portal import desk_items

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
WORDS = {"title": "感应灯", "text": "走廊改用感应灯，每年省电。"}


def someone(**details: Any) -> tuple[Person, User]:
    person = members.member(**details)
    user = members.account(of=person)
    person.refresh_from_db()
    return person, user


def phone(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def drive(**fields: Any) -> SuggestionDrive:
    return SuggestionDrive.objects.create(
        title="金点子征集", **{"opens_on": TODAY - 9 * DAY, "closes_on": TODAY + DAY, **fields}
    )


def at(name: str, *args: Any) -> str:
    return reverse(f"congress:{name}", args=args)


def sent(department: Department, **fields: Any) -> Suggestion:
    words = {"source": SuggestionSource.DISCUSSION, "title": "食堂", "text": "延长供餐", "collected_on": TODAY}
    one = record(Suggestion(**(words | fields)), actor=None)
    suggestions.send(rows=only(one), department=department, due_on=TODAY + 9 * DAY, actor=None)
    one.refresh_from_db()
    return one


def only(one: Suggestion) -> Any:
    return Suggestion.objects.filter(pk=one.pk)


def test_a_member_hands_in_a_suggestion_once_and_reads_its_answer() -> None:
    person, user = someone()
    client, open_drive = phone(user), drive()
    assert open_drive.title in client.get(at("voices")).content.decode()
    for _press in range(2):
        response = client.post(at("suggestion_drive", open_drive.pk), WORDS)
        assert response.status_code == 302
    one = Suggestion.objects.get(author=person)
    suggestions.answer(rows=only(one), answer="暑假改造。", actor=None)
    assert "暑假改造" in client.get(at("suggestion", one.pk)).content.decode()
    assert any(item.address == at("suggestion", one.pk) for item in suggestions_portal.member_items(user))


def test_a_drive_that_closed_while_the_form_was_open_keeps_the_words() -> None:
    _person, user = someone()
    closed = drive(closes_on=TODAY - DAY)
    response = phone(user).post(at("suggestion_drive", closed.pk), WORDS)
    assert response.status_code == 409
    assert WORDS["text"] in response.content.decode()
    assert not Suggestion.objects.exists()


def test_an_empty_suggestion_is_refused_at_its_field() -> None:
    _person, user = someone()
    response = phone(user).post(at("suggestion_drive", drive().pk), {"title": "空", "text": "  "})
    assert response.status_code == 422
    assert 'href="#id_text"' in response.content.decode()


def test_who_is_no_member_hands_nothing_in() -> None:
    person = members.person()
    client = phone(members.account(of=person))
    assert client.post(at("suggestion_drive", drive().pk), WORDS).status_code == 404
    assert client.get(at("voices")).status_code == 200
    assert phone(members.account()).get(at("voices")).status_code == 404


def test_nobody_opens_anothers_suggestion_be_he_of_the_office() -> None:
    person, _user = someone()
    one = suggestions.hand_in(drive=drive(), author=person, actor=None, **WORDS)
    for other in (someone()[1], bodies.officer(), departments.post(of=departments.department())):
        assert phone(other).get(at("suggestion", one.pk)).status_code in {302, 404}


def test_published_answers_are_read_by_all_and_name_nobody() -> None:
    person, _user = someone(name="欧阳问渠")
    shown = suggestions.hand_in(drive=drive(), author=person, actor=None, **WORDS)
    hidden = suggestions.hand_in(drive=drive(opens_on=TODAY), author=person, title="不公开", text="不公开", actor=None)
    suggestions.answer(rows=only(shown), answer="已安排。", actor=None, published=True)
    suggestions.answer(rows=only(hidden), answer="不公开的答复", actor=None)
    page = phone(someone()[1]).get(at("answers")).content.decode()
    assert "已安排" in page
    assert "欧阳问渠" not in page
    assert "不公开" not in page
    assert "已安排" not in phone(someone()[1]).get(at("answers"), {"q": "不存在的字眼"}).content.decode()


def test_a_department_answers_what_was_sent_to_it_and_only_that() -> None:
    mine, others = departments.department(), departments.department()
    contact = departments.post(of=mine)
    own, foreign = sent(mine), sent(others, title="别处的建议")
    client = phone(contact)
    page = client.get(at("department_suggestions")).content.decode()
    assert "食堂" in page
    assert "别处的建议" not in page
    assert client.get(at("department_suggestion", foreign.pk)).status_code == 404
    assert client.post(at("department_suggestion", foreign.pk), {"answer": "越权"}).status_code == 404
    assert client.post(at("department_suggestion", own.pk), {"answer": " "}).status_code == 422
    told = {"answer": "下月延长。", "reply_kind": ReplyKind.PLANNED}
    assert client.post(at("department_suggestion", own.pk), told | {"reply_kind": "?"}).status_code == 422
    assert client.post(at("department_suggestion", own.pk), told).status_code == 302
    assert Suggestion.objects.get(pk=own.pk).reply_kind == ReplyKind.PLANNED
    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (own.state, own.answered_by, own.published) == (SuggestionState.ANSWERED, contact, False)
    assert foreign.state == SuggestionState.SENT
    assert suggestions_portal.suggestions_waiting(contact) == (0, None)


def test_two_of_a_department_answering_at_once_lose_no_words() -> None:
    department = departments.department()
    first, second = departments.post(of=department), departments.post(of=department)
    one = sent(department)
    assert phone(first).post(at("department_suggestion", one.pk), {"answer": "先答"}).status_code == 302
    response = phone(second).post(at("department_suggestion", one.pk), {"answer": "后写的长答复"})
    assert response.status_code == 409
    assert "后写的长答复" in response.content.decode()
    one.refresh_from_db()
    assert one.answer == "先答"


def test_a_department_gives_back_what_is_not_its_own_and_sees_it_no_more() -> None:
    department = departments.department()
    client, one = phone(departments.post(of=department)), sent(department)
    step = {"step": "give_back", "reason": "应由后勤处答复"}
    assert client.post(at("department_suggestion", one.pk), {**step, "reason": ""}).status_code == 422
    assert client.post(at("department_suggestion", one.pk), step).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.department) == (SuggestionState.COLLECTED, None)
    assert one.moves.get(action="take_back").reason == "应由后勤处答复"
    gone = client.get(at("department_suggestion", one.pk))
    assert gone.status_code == 409
    assert "延长供餐" not in gone.content.decode()


def test_the_responsible_leader_reads_and_does_not_answer() -> None:
    department = departments.department()
    leader, one = phone(departments.post(of=department, duty=DepartmentDuty.LEADER)), sent(department)
    assert "食堂" in leader.get(at("department_suggestions")).content.decode()
    assert "<textarea" not in leader.get(at("department_suggestion", one.pk)).content.decode()
    assert leader.post(at("department_suggestion", one.pk), {"answer": "越权"}).status_code == 403


def test_the_departments_list_is_closed_to_members_and_to_whose_post_ended() -> None:
    department = departments.department()
    contact = departments.post(of=department)
    one = sent(department)
    department.posts.update(valid_to=TODAY - DAY)
    for user in (contact, someone()[1]):
        assert phone(user).get(at("department_suggestions")).status_code == 404
        assert phone(user).post(at("department_suggestion", one.pk), {"answer": "x"}).status_code == 404


def test_a_petition_from_the_phone_reaches_those_chosen_and_nobody_else() -> None:
    officer, women, chair = (members.account_with_role(role) for role in (Role.CONGRESS, Role.WOMEN, Role.CHAIR))
    person, user = someone()
    client = phone(user)
    page = client.get(at("petition_new")).content.decode()
    assert officer.name in page
    assert women.name in page
    data = {"role": Role.WOMEN.value, "subject": "哺乳时间", "text": "希望落实哺乳时间。"}
    for _press in range(2):
        assert client.post(at("petition_new"), data).status_code == 302
    one = Petition.objects.get()
    assert (one.person, one.channel, list(one.handlers.all())) == (person, PetitionChannel.PORTAL, [women])
    assert Petition.objects.visible_to(women).exists()
    for other in (officer, chair, user):
        assert not Petition.objects.visible_to(other).exists()
    assert "希望落实哺乳时间" in client.get(at("petition", one.pk)).content.decode()


def test_a_petition_needs_words_and_an_office_that_takes_petitions() -> None:
    bodies.officer()
    _person, user = someone()
    client = phone(user)
    data = {"role": Role.CONGRESS.value, "subject": "某事", "text": "经过如下"}
    for wrong in ({"role": Role.AUDIT.value}, {"role": ""}, {"subject": ""}, {"text": " "}):
        response = client.post(at("petition_new"), {**data, **wrong})
        assert response.status_code == 422
    assert not Petition.objects.exists()


def test_nobody_reads_anothers_petition_on_the_members_pages() -> None:
    officer = bodies.officer()
    person, user = someone()
    one = petitions.file_own(person=person, subject="某事", text="经过", role=Role.CONGRESS, actor=user)
    on_paper = petitions.receive(
        channel=PetitionChannel.VISIT, subject="口述", text="", received_on=TODAY, actor=officer, person=person
    )
    for other in (someone()[1], officer, members.account_with_role(Role.CHAIR)):
        assert phone(other).get(at("petition", one.pk)).status_code in {302, 404}
    # What an officer noted down after a visit is the officer's record, not the member's page.
    assert phone(user).get(at("petition", on_paper.pk)).status_code == 404


def test_an_officer_does_not_handle_the_own_petition() -> None:
    person = members.member()
    user = members.account_with_role(Role.CONGRESS, of=person)
    colleague = bodies.officer()
    made = petitions.file_own(person=person, subject="某事", text="经过", role=Role.CONGRESS, actor=user)
    assert list(made.handlers.all()) == [colleague]


def test_the_desk_says_what_is_overdue_to_whom_it_concerns() -> None:
    officer = bodies.officer()
    one = sent(departments.department())
    Suggestion.objects.filter(pk=one.pk).update(due_on=TODAY - DAY)
    petitions.receive(
        channel=PetitionChannel.VISIT, subject="x", text="", received_on=TODAY, actor=officer, due_on=TODAY
    )
    titles = {item.address.partition("?")[2] for item in desk_items(officer)}
    assert titles >= {"waits=overdue", "due=open"}
    other = bodies.officer()
    assert "due=open" not in {item.address.partition("?")[2] for item in desk_items(other)}
    assert not list(desk_items(members.account_with_role(Role.FINANCE)))


def test_an_open_drive_stands_on_every_members_first_page() -> None:
    running = drive()
    drive(opens_on=TODAY + DAY, closes_on=TODAY + DAY)
    (item,) = list(suggestions_portal.member_items(someone()[1]))
    assert (item.address, item.standing) == (at("suggestion_drive", running.pk), Standing.HOLDS)


def test_the_pages_take_as_many_queries_for_many_rows_as_for_few() -> None:
    department = departments.department()
    contact = departments.post(of=department)
    person, user = someone()
    bodies.officer()
    counts: dict[str, list[int]] = {}
    its_drive = drive()
    for start, end in ((0, 2), (2, 20)):
        for number in range(start, end):
            sent(department, title=f"建议{number}")
            own = suggestions.hand_in(drive=its_drive, author=person, title=f"点子{number}", text="x", actor=None)
            suggestions.answer(rows=only(own), answer="y", actor=None, published=True)
            petitions.file_own(person=person, subject=f"诉求{number}", text="x", role=Role.CONGRESS, actor=user)
            regulations.enact(title=f"制度{number}", act=RegulationAct.ADOPTED, on=TODAY)
        for name, who in (
            ("voices", user),
            ("answers", user),
            ("regulations", user),
            ("department_suggestions", contact),
        ):
            client = phone(who)
            client.get(at(name))
            with CaptureQueriesContext(connection) as seen:
                assert client.get(at(name)).status_code == 200
            counts.setdefault(name, []).append(len(seen))
        with CaptureQueriesContext(connection) as seen:
            list(suggestions_portal.member_items(user))
        counts.setdefault("member_items", []).append(len(seen))
    assert {name: pair for name, pair in counts.items() if pair[1] > pair[0]} == {}


pytestmark = pytest.mark.django_db
