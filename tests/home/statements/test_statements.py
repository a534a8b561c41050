"""The benefit statement: one's own on the phone, a person's at the desk, both as PDF."""

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from members.people.models import Person
from tests import workers
from tests.factories import members
from tests.factories import rounds as welfare
from union_portal.accounts.enums import Role
from union_portal.accounts.models import AccessEntry, User
from union_portal.base.making import finish
from union_portal.base.models.papers import PaperState
from welfare.rounds.services import handing_out
from welfare.statement.models import StatementPaper
from welfare.statement.services import papers
from welfare.statement.tasks import render_person_statement


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.PORTAL_STAFF_TOTP = False


def given(price: str = "500") -> Person:
    """Return a member who received the Spring Festival goods of 2024, worth `price` yuan."""
    person = members.member(name="陈堃", branch=members.branch(name="信息工程分工会"))
    made = welfare.approved(price=price)
    handing_out.collect(subject=made, on=dt.date(2024, 2, 1), branch=None, received_by=None, actor=welfare.officer())
    return person


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def status(client: Client, address: str) -> int:
    """Fetch a file to its end, which closes it, and return how the portal answered."""
    response: Any = client.get(address)
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    return int(response.status_code)


def made(person: Person, by: User, year: int | None = None) -> StatementPaper:
    """Return a statement that the worker has made."""
    paper = papers.ask_for_statement(person=person, actor=by, year=year)
    finish(paper, name="statement.pdf", content=b"%PDF-1.7", pages=1)
    return paper


def test_a_member_reads_the_own_statement_of_all_years_or_one(client: Client) -> None:
    person = given()
    signed_in(client, members.account(of=person))
    everything = client.get("/statement/").content.decode()
    assert "500.00" in everything
    assert "?year=2024" in everything
    assert "500.00" in client.get("/statement/?year=2024").content.decode()
    assert "500.00" not in client.get(f"/statement/?year={timezone.localdate().year}").content.decode()
    assert client.get("/statement/?year=nonsense").status_code == 200


def test_an_account_without_a_person_is_told_so(client: Client) -> None:
    signed_in(client, members.account())
    assert client.get("/statement/").status_code == 200
    assert client.post("/statement/ask/").status_code == 404


def test_asking_gives_the_worker_one_job_and_shows_how_far_it_is_or_that_it_was_lost(client: Client) -> None:
    person = given()
    signed_in(client, members.account(of=person))
    assert client.post("/statement/ask/", {"year": "2024"})["Location"] == "/statement/?year=2024"
    assert ProcrastinateJob.objects.filter(task_name="welfare.render_statement").count() == 1
    paper = StatementPaper.objects.get()
    assert (paper.person, paper.year, paper.state) == (person, 2024, PaperState.WAITING)
    waiting = client.get("/statement/?year=2024").content.decode()
    assert 'http-equiv="refresh"' in waiting
    assert "<progress" in waiting
    assert client.get(f"/statement/{paper.pk}.pdf").status_code == 404
    workers.at_work(lock=paper.lock, worker=workers.heard_of(seconds_ago=300))
    lost = client.get("/statement/?year=2024").content.decode()
    assert 'http-equiv="refresh"' not in lost
    assert "后台任务中断" in lost
    assert "重新生成 PDF" in lost


def test_only_the_owner_gets_the_finished_file_and_it_is_logged(client: Client) -> None:
    person, stranger = given(), members.member()
    owner = members.account(of=person)
    paper = made(person, owner)
    assert status(signed_in(client, owner), f"/statement/{paper.pk}.pdf") == 200
    entry = AccessEntry.objects.get(kind="welfare.statementpaper")
    assert (entry.user, entry.action, entry.subject) == (owner, "download", str(person.pk))
    assert signed_in(client, members.account(of=stranger)).get(f"/statement/{paper.pk}.pdf").status_code == 404
    assert AccessEntry.objects.filter(kind="welfare.statementpaper").count() == 1


def test_the_desk_shows_statements_to_who_may_see_grants_and_the_person(client: Client) -> None:
    person = given()
    address = f"/admin/statements/{person.pk}/"
    own = Person.objects.with_branch(on=timezone.localdate()).get(pk=person.pk).branch_id_on
    branch = person.assignments.get(branch=own).branch
    other = members.branch()
    expected = {
        members.account_with_role(Role.WELFARE): 200,
        members.account_with_role(Role.BRANCH_CHAIR, branches=(branch,)): 200,
        members.account_with_role(Role.BRANCH_CHAIR, branches=(other,)): 404,
        members.account_with_role(Role.CONGRESS): 403,
        members.account(of=members.member()): 403,
    }
    for user, answer in expected.items():
        assert signed_in(client, user).get(address).status_code == answer, user
        assert signed_in(client, user).post(f"{address}ask/").status_code == (302 if answer == 200 else answer)
    looks = AccessEntry.objects.filter(kind="welfare.statement")
    assert looks.count() == 2
    assert set(looks.values_list("data_class", flat=True)) == {"health"}


def test_an_officers_file_is_for_that_officer(client: Client) -> None:
    person = given()
    officer, colleague = members.account_with_role(Role.WELFARE), members.account_with_role(Role.FINANCE)
    address = f"/admin/statements/{person.pk}/{made(person, officer).pk}.pdf"
    assert status(signed_in(client, officer), address) == 200
    assert signed_in(client, colleague).get(address).status_code == 404


def test_a_statement_asked_for_again_replaces_the_earlier_and_old_ones_are_swept(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    person = given()
    owner = members.account(of=person)
    with django_capture_on_commit_callbacks(execute=True):
        first = made(person, owner)
        made(person, owner)
    assert not StatementPaper.objects.filter(pk=first.pk).exists()
    assert len(list(tmp_path.rglob("*.pdf"))) == 1
    StatementPaper.objects.update(requested_at=timezone.now() - dt.timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        assert papers.sweep() == 1
    assert not list(tmp_path.rglob("*.pdf"))


def test_a_statement_whose_replacement_came_to_nothing_keeps_its_file() -> None:
    person = given()
    owner = members.account(of=person)
    first = made(person, owner)
    with transaction.atomic():
        papers.ask_for_statement(person=person, actor=owner)
        transaction.set_rollback(True)
    first.refresh_from_db()
    assert first.file.storage.exists(str(first.file.name))


@pytest.mark.skipif(not settings.PORTAL_FONTS_DIR.exists(), reason="fonts are prepared by the set-up")
def test_the_worker_makes_the_pdf_with_name_years_and_sum() -> None:
    person = given("1234.50")
    paper = papers.ask_for_statement(person=person, actor=None)
    render_person_statement(paper.pk)
    paper.refresh_from_db()
    assert (paper.state, paper.done, paper.pages) == (PaperState.DONE, 100, 1)
    with paper.file.open("rb") as file:
        text = PdfReader(io.BytesIO(file.read())).pages[0].extract_text()
    for part in ("会员福利享受单", "陈堃", "信息工程分工会", "2024年", f"{Decimal('1234.50'):,}"):
        assert part in text


def test_a_failed_statement_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = papers.ask_for_statement(person=given(), actor=None)

    def broken(**_options: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr("welfare.statement.tasks.render_statement", broken)
    with pytest.raises(ValueError, match="broken"):
        render_person_statement(paper.pk)
    paper.refresh_from_db()
    assert paper.state == PaperState.FAILED


pytestmark = pytest.mark.django_db
