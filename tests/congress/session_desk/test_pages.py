"""Sessions over HTTP: the delegate's phone, the door, the hall, the desk; and who must not get in."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congress.attendance.models import RollEntry
from congress.attendance.services import roll
from congress.bodies.enums import Body
from congress.sessions.enums import AgendaKind, SittingState
from congress.sessions.models import Session, SessionDocument, Sitting
from congress.sessions.services import agenda
from tests.factories import attendance, bodies, members, papers
from tests.factories import sessions as make
from tests.factories.accounts import signed_in
from union_portal.accounts.models import AccessEntry, User
from union_portal.base.errors import DomainError


def prepared(count: int) -> Sitting:
    """Return a sitting of today with so many delegates on its roll."""
    return attendance.sitting(due=count, present=0, opened=False)


def owner(entry: RollEntry) -> User:
    user = entry.person.user
    assert user is not None
    return user


def paper(sitting: Sitting, *, published: bool) -> SessionDocument:
    item = agenda.add_item(sitting=sitting, kind=AgendaKind.REVIEW, title="工作报告")
    file = papers.sent("report.pdf")
    return agenda.add_document(item=item, title="工作报告", file=file, published=published)


def test_a_delegate_sees_the_own_code_and_nobody_elses() -> None:
    sitting = prepared(2)
    mine, other = sitting.roll.all()
    page = signed_in(owner(mine)).get(reverse("congress:session", args=[sitting.session_id])).content.decode()
    assert mine.code in page
    assert other.code not in page


def test_a_stranger_sees_neither_session_nor_code_nor_documents() -> None:
    sitting = prepared(1)
    document = paper(sitting, published=True)
    stranger = signed_in(members.account(of=members.member()))
    for name, pk in (("session", sitting.session_id), ("document", document.pk), ("quorum", sitting.session_id)):
        assert stranger.get(reverse(f"congress:{name}", args=[pk])).status_code == 404
    assert stranger.get(reverse("congress:door", args=[sitting.session_id])).status_code == 403
    assert "工作报告" not in stranger.get(reverse("congress:sessions")).content.decode()


def test_documents_open_for_delegates_once_published_and_are_logged() -> None:
    sitting = prepared(1)
    document = paper(sitting, published=False)
    client = signed_in(owner(sitting.roll.get()))
    address = reverse("congress:document", args=[document.pk])
    assert client.get(address).status_code == 404
    agenda.publish_documents(sitting=sitting)
    given: Any = client.get(address)
    assert (given.status_code, given["Content-Type"]) == (200, "application/pdf")
    # Read to the end, which closes the file.
    assert b"".join(given.streaming_content).startswith(b"%PDF")
    assert AccessEntry.objects.filter(kind="congress.sessiondocument", subject=str(document.pk)).count() == 1


def test_a_file_that_is_not_what_its_name_says_is_refused() -> None:
    item = agenda.add_item(sitting=prepared(1), kind=AgendaKind.HEAR, title="报告")
    for name, content in (("a.pdf", b"MZ......"), ("a.exe", b"MZ"), ("a.html", b"<script>"), ("a.ofd", b"PK\x03\x04")):
        with pytest.raises(DomainError):
            agenda.add_document(item=item, title="", file=ContentFile(content, name=name), published=True)


def test_the_door_takes_one_code_after_another_and_says_what_is_wrong() -> None:
    sitting = prepared(2)
    client = signed_in(bodies.officer())
    address = reverse("congress:door", args=[sitting.session_id])
    entry = sitting.roll.select_related("person").first()
    assert entry is not None
    first = client.post(address, {"code": entry.code}, follow=True).content.decode()
    assert "up-message--success" in first
    assert entry.person.name in first
    twice = client.post(address, {"code": entry.code}, follow=True).content.decode()
    assert "up-message--warning" in twice
    for wrong in ("", "abc", "1"):
        assert "up-message--error" in client.post(address, {"code": wrong}, follow=True).content.decode()
    assert sitting.roll.here().count() == 1


def test_a_delegate_cannot_sign_anybody_in() -> None:
    sitting = prepared(2)
    mine, other = sitting.roll.all()
    client = signed_in(owner(mine))
    assert client.post(reverse("congress:door", args=[sitting.session_id]), {"code": other.code}).status_code == 403
    step = reverse("admin:congress_sitting_roll_step", args=[sitting.pk, other.pk])
    assert client.post(step, {"step": "came"}).status_code == 302
    assert not sitting.roll.here().exists()


def test_the_roll_ticks_off_excuses_and_takes_back() -> None:
    sitting = prepared(1)
    client = signed_in(bodies.officer())
    entry = sitting.roll.get()
    step = reverse("admin:congress_sitting_roll_step", args=[sitting.pk, entry.pk])
    for data, excused, here in (
        ({"step": "excuse", "reason": ""}, "", False),
        ({"step": "excuse", "reason": "出差"}, "出差", False),
        ({"step": "came"}, "", True),
        ({"step": "take_back"}, "", False),
    ):
        client.post(step, data)
        entry.refresh_from_db()
        assert (entry.excused, entry.came_at is not None) == (excused, here)
    assert client.get(step).status_code == 404


def test_the_desk_opens_at_the_quorum_and_not_below() -> None:
    sitting = prepared(3)
    client = signed_in(bodies.officer())
    address = reverse("admin:congress_sitting_step_open", args=[sitting.pk])
    first, second, _third = sitting.roll.all()
    roll.check_in_from_list(entry=first, actor=None)
    assert client.post(address).status_code == 422
    roll.check_in_from_list(entry=second, actor=None)
    assert client.post(address).status_code == 302
    sitting.refresh_from_db()
    assert (sitting.state, sitting.due, sitting.present) == (SittingState.OPEN, 3, 2)


def test_a_sitting_that_is_not_held_says_why_on_the_sessions_page() -> None:
    sitting = prepared(1)
    client = signed_in(bodies.officer())
    address = reverse("admin:congress_sitting_step_cancel", args=[sitting.pk])
    assert client.post(address, {"why": " "}).status_code == 422
    page = client.post(address, {"why": "台风停课"}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("admin:congress_session_change", args=[sitting.session_id])
    assert "台风停课" in page.content.decode()
    sitting.refresh_from_db()
    assert sitting.state == SittingState.CANCELLED
    assert "step_open" not in page.content.decode()


def test_an_officer_convenes_a_joint_session_and_records_a_past_one() -> None:
    staff, union = bodies.congress(), bodies.congress(body=Body.UNION)
    client = signed_in(bodies.officer())
    day = timezone.localdate() + dt.timedelta(days=20)
    form = {"staff": staff.pk, "union": union.pk, "convened_on": day, "kind": "regular", "title": "", "place": "礼堂"}
    assert client.post(reverse("admin:congress_session_add"), form).status_code == 302
    assert Session.objects.get().sittings.count() == 2
    form = {"staff": staff.pk, "staff_number": 7, "convened_on": staff.began_on, "source": "年鉴"}
    assert client.post(reverse("admin:congress_session_record"), form).status_code == 302
    recorded = Session.objects.get(recorded=True).sittings.get()
    assert (recorded.number, recorded.state) == (7, SittingState.CLOSED)
    assert client.post(reverse("admin:congress_session_add"), {"convened_on": day}).status_code == 200


def queries(client: Client, address: str) -> int:
    return len(asked(client, address))


def asked(client: Client, address: str) -> list[str]:
    """Return the queries of a page that was shown before."""
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return [one["sql"] for one in seen.captured_queries]


def test_the_page_of_a_session_without_rolls_asks_nothing_twice() -> None:
    session = make.session(bodies.congress(), bodies.congress(body=Body.UNION))
    page = reverse("admin:congress_session_change", args=[session.pk])
    officer = signed_in(bodies.officer())
    assert officer.get(page).content.decode().count("没有有表决权的代表") == 2
    found = [one for one in asked(officer, page) if not one.startswith(("SAVEPOINT", "RELEASE"))]
    assert [one for one in found if found.count(one) > 1] == []


def test_pages_ask_the_same_queries_at_two_sizes() -> None:
    small, large = prepared(2), prepared(25)
    for sitting, count in ((small, 1), (large, 9)):
        for _number in range(count):
            paper(sitting, published=True)
        for entry in sitting.roll.all():
            roll.check_in_from_list(entry=entry, actor=None)
    officer = signed_in(bodies.officer())
    for name, key in (
        ("admin:congress_session_change", "session_id"),
        ("admin:congress_sitting_roll", "pk"),
        ("admin:congress_congress_change", "congress_id"),
        ("congress:door", "session_id"),
        ("congress:quorum", "session_id"),
    ):
        counts = {queries(officer, reverse(name, args=[getattr(one, key)])) for one in (small, large)}
        assert len(counts) == 1, (name, counts)
    lists = [reverse(f"admin:congress_{name}_changelist") for name in ("session", "congress", "delegate", "delegation")]
    before = [queries(officer, address) for address in lists]
    prepared(20)
    assert [queries(officer, address) for address in lists] == before
    phone = [
        queries(signed_in(owner(one.roll.all()[0])), reverse("congress:session", args=[one.session_id]))
        for one in (small, large)
    ]
    assert len(set(phone)) == 1


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
