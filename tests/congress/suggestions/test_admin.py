"""The desk for suggestions, inspections, petitions, committees and regulations, over HTTP."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congress.committees.enums import CommitteeKind, CommitteePost
from congress.committees.models import Committee, Meeting, ReviewedDocument
from congress.inspections.models import Finding, Inspection
from congress.petitions import services as petitions
from congress.petitions.enums import PetitionChannel
from congress.regulations.enums import RegulationAct
from congress.regulations.models import Regulation
from congress.suggestions.enums import SuggestionSource, SuggestionState
from congress.suggestions.models import Suggestion, SuggestionDrive, SuggestionGroup
from tests.factories import bodies, committees, departments, members, regulations
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.steps import record

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(model: str, *args: Any, step: str = "") -> str:
    name = step or ("change" if args else "changelist")
    return reverse(f"admin:congress_{model}_{name}", args=args)


def fill(count: int, **fields: Any) -> list[Suggestion]:
    fields = {"source": SuggestionSource.DISCUSSION, "text": "请延长供餐时间。", "collected_on": TODAY, **fields}
    return Suggestion.objects.bulk_create(Suggestion(title=f"第{number}条建议", **fields) for number in range(count))


def bulk(client: Client, action: str, rows: list[Suggestion], **data: Any) -> Any:
    keys = [one.pk for one in rows]
    chosen = {"_selected_action": keys} if len(keys) < 100 else {"_selected_action": keys[0], "select_across": "1"}
    first = client.post(address("suggestion"), {"action": action, **chosen})
    assert first.status_code == 200
    sent = {
        "action": action,
        "select_across": "1",
        "_selected_action": keys[0],
        "keys": ",".join(str(key) for key in keys),
        **data,
    }
    return client.post(address("suggestion"), sent)


def test_the_office_sends_groups_answers_and_publishes_many_at_once() -> None:
    client, department, rows = desk(bodies.officer()), departments.department(), fill(3)
    assert bulk(client, "gather", rows, title="食堂").status_code == 302
    assert SuggestionGroup.objects.get().suggestions.count() == 3
    due = (TODAY + 9 * DAY).isoformat()
    assert bulk(client, "all_send", rows[:2], department=department.pk, due_on=due).status_code == 302
    assert Suggestion.objects.filter(state=SuggestionState.SENT, department=department).count() == 2
    assert bulk(client, "all_answer", rows, answer="下月起延长。").status_code == 302
    assert bulk(client, "publish_chosen", rows[:1]).status_code == 302
    assert Suggestion.objects.published_answers().count() == 1
    assert all(one.moves.filter(action="answer").count() == 1 for one in rows)


def test_a_bulk_step_goes_for_all_or_for_none_and_keeps_what_was_typed() -> None:
    client, rows = desk(bodies.officer()), fill(2)
    rows += fill(1, state=SuggestionState.ANSWERED, answer="已答复", answered_on=TODAY)
    response = bulk(client, "all_set_aside", rows, why="不属于工会职责范围")
    assert response.status_code == 422
    assert "不属于工会职责范围" in response.content.decode()
    assert not Suggestion.objects.filter(state=SuggestionState.SET_ASIDE).exists()


def test_two_thousand_suggestions_are_listed_and_sent_in_as_many_queries_as_twenty() -> None:
    client, department = desk(bodies.officer()), departments.department()
    listed, sent = [], []
    for count in (20, 2000):
        rows = fill(count)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address("suggestion")).status_code == 200
        listed.append(len(seen))
        with CaptureQueriesContext(connection) as seen:
            bulk(client, "all_send", rows, department=department.pk, due_on=(TODAY + DAY).isoformat())
        sent.append(len(seen))
    assert Suggestion.objects.filter(state=SuggestionState.SENT).count() == 2020
    assert listed[1] <= listed[0]
    # The moves are written in batches of a thousand parameters.
    assert sent[1] <= sent[0] + 4


def test_who_is_not_of_the_office_changes_no_suggestion() -> None:
    (one,) = fill(1)
    for role in (Role.AUDIT, Role.CHAIR):
        client = desk(members.account_with_role(role))
        assert client.get(address("suggestion", one.pk)).status_code == 200
        step = address("suggestion", one.pk, step="step_answer")
        assert client.post(step, {"answer": "越权答复"}).status_code == 403
        assert bulk_refused(client, one)
    client = desk(members.account_with_role(Role.WELFARE))
    assert client.get(address("suggestion", one.pk)).status_code in {302, 403}
    one.refresh_from_db()
    assert one.state == SuggestionState.COLLECTED


def bulk_refused(client: Client, one: Suggestion) -> bool:
    sent = {"action": "all_answer", "select_across": "1", "_selected_action": one.pk, "keys": one.pk, "answer": "x"}
    client.post(address("suggestion"), sent)
    return Suggestion.objects.filter(pk=one.pk, state=SuggestionState.COLLECTED).exists()


def test_the_words_of_a_suggestion_are_entered_once() -> None:
    client = desk(bodies.officer())
    data = {"source": "letter", "title": "停车", "text": "增加车位", "collected_on": TODAY.isoformat()}
    assert client.post(address("suggestion", step="add"), data).status_code == 302
    one = Suggestion.objects.get()
    assert one.moves.get().target == SuggestionState.COLLECTED
    assert client.post(address("suggestion", one.pk), {**data, "text": "改写"}).status_code == 403
    future = {**data, "collected_on": (TODAY + DAY).isoformat()}
    response = client.post(address("suggestion", step="add"), future)
    assert response.status_code == 200
    assert "增加车位" in response.content.decode()
    assert Suggestion.objects.count() == 1


def committee(seats: int = 3) -> Committee:
    made = Committee.objects.create(
        kind=CommitteeKind.FINANCE_REVIEW, name="经费审查委员会", began_on=TODAY - 400 * DAY, ends_on=TODAY + 10 * DAY
    )
    for _ in range(seats):
        committees.seat(committee=made, person=members.member(), on=TODAY - 300 * DAY)
    return made


def test_a_meeting_below_its_quorum_is_recorded_with_a_warning() -> None:
    client, body = desk(bodies.officer()), committee()
    data = {"committee": body.pk, "held_on": TODAY.isoformat(), "title": "季度会", "present": "1", "due": ""}
    assert client.post(address("meeting", step="add"), data).status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.due == 3
    paper = {"meeting": meeting.pk, "title": "预算执行情况", "handling": "passed"}
    assert client.post(address("revieweddocument", step="add"), paper)["Location"] == address("meeting", meeting.pk)
    page = client.get(address("meeting", meeting.pk)).content.decode()
    assert "up-confirmation--grave" in page
    assert "预算执行情况" in page
    assert client.post(address("meeting", step="add"), {**data, "present": "9", "title": "x"}).status_code == 200
    assert "已登记此文件" in client.post(address("revieweddocument", step="add"), paper).content.decode()


def test_a_seat_is_given_once_and_ended() -> None:
    client, body, person = desk(bodies.officer()), committee(0), members.member()
    data = {"committee": body.pk, "person": person.pk, "post": "chair", "valid_from": TODAY.isoformat()}
    assert client.post(address("committeeseat", step="add"), data)["Location"] == address("committee", body.pk)
    assert "已是委员会成员" in client.post(address("committeeseat", step="add"), data).content.decode()
    seat = body.seats.get()
    page = address("committeeseat", seat.pk)
    late = {"post": "chair", "valid_to": (TODAY - DAY).isoformat()}
    assert "不能早于" in client.post(page, late).content.decode()
    assert client.post(page, {**late, "valid_to": TODAY.isoformat()}).status_code == 302
    seat.refresh_from_db()
    assert seat.valid_to == TODAY
    assert person.name in client.get(address("committee", body.pk)).content.decode()


def test_a_regulation_is_adopted_and_repealed_at_the_desk() -> None:
    client = desk(bodies.officer())
    assert (
        client.post(address("regulation", step="add"), {"title": "工会经费管理办法", "keeper": ""}).status_code == 302
    )
    one = Regulation.objects.get()
    step = address("regulationversion", step="add")
    data = {"regulation": one.pk, "act": "adopted", "on": (TODAY - 2 * DAY).isoformat(), "text": "第一条……"}
    assert client.post(step, data)["Location"] == address("regulation", one.pk)
    assert client.post(step, data).status_code == 200
    assert client.post(step, {**data, "act": "repealed", "on": (TODAY - DAY).isoformat()}).status_code == 302
    assert "已于" in client.post(step, {**data, "act": "revised", "on": TODAY.isoformat()}).content.decode()
    assert one.versions.count() == 2
    assert list(Regulation.objects.repealed(on=TODAY)) == [one]
    assert client.get(address("regulation", one.pk)).status_code == 200
    assert client.get(address("regulation") + "?force=no").status_code == 200
    assert client.get(address("regulationversion", one.versions.all()[0].pk)).status_code == 200


def test_every_list_of_the_desk_takes_as_many_queries_for_many_rows_as_for_few() -> None:
    officer = bodies.officer()
    client, body = desk(officer), committee(0)
    models = (
        "suggestiondrive", "suggestiongroup", "inspection", "finding", "petition", "committee", "committeeseat",
        "meeting", "revieweddocument", "regulation", "regulationversion",
    )  # fmt: skip
    counts: dict[str, list[int]] = {model: [] for model in models}
    for start, end in ((0, 3), (3, 24)):
        for number in range(start, end):
            drive = SuggestionDrive.objects.create(title=f"征集{number}", opens_on=TODAY, closes_on=TODAY)
            group = SuggestionGroup.objects.create(title=f"组{number}")
            fill(2, drive=drive, group=group)
            look = Inspection.objects.create(title=f"巡视{number}", held_on=TODAY)
            record(Finding(inspection=look, text="x", department=departments.department()), actor=None)
            petitions.receive(channel=PetitionChannel.PHONE, subject="某事", text="", received_on=TODAY, actor=officer)
            committees.seat(committee=body, person=members.member(), on=TODAY)
            Committee.objects.create(kind=CommitteeKind.OTHER, name=f"委员会{number}", began_on=TODAY)
            held = committees.meeting(committee=body, title=str(number), papers=("报告",))
            assert held.documents.count() == 1
            regulations.enact(title=f"制度{number}", act=RegulationAct.ADOPTED, on=TODAY)
        for model in models:
            with CaptureQueriesContext(connection) as seen:
                response = client.get(address(model))
            assert response.status_code == 200
            counts[model].append(len(seen))
    assert ReviewedDocument.objects.count() == 24
    # Finding out that a filter's list of choices is longer than the page costs nothing more either.
    assert {model: pair for model, pair in counts.items() if pair[1] > pair[0]} == {}


def test_a_committee_reads_from_its_chair_down() -> None:
    body = Committee.objects.create(kind=CommitteeKind.UNION, name="工会委员会", began_on=TODAY - 200 * DAY)
    order = [CommitteePost.CHAIR, CommitteePost.VICE_CHAIR, CommitteePost.MEMBER]
    for post in reversed(order):
        committees.seat(committee=body, person=members.member(), on=TODAY - 100 * DAY, post=post)
    client = desk(bodies.officer())
    assert [seat.post for seat in client.get(address("committeeseat")).context["cl"].result_list] == order


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
