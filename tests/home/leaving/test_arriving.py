"""整体迁入 on the desk: an archive and its key, list by list, each whole or not at all; nothing of it stays behind."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.branches.models import Branch
from members.people.models import Person
from tests.factories import members, papers
from tests.factories.accounts import officer, signed_in
from union_portal.accounts.enums import Access, DataClass, Role
from union_portal.accounts.models import AccessEntry, User
from union_portal.base.age import KeyPair, new_key
from union_portal.base.errors import Conflict, Refused
from union_portal.home.imports.models import ImportRecord
from union_portal.home.leaving.enums import ListState
from union_portal.home.leaving.models import KEPT, Arrival
from union_portal.home.leaving.services import arriving, taking_in
from union_portal.home.leaving.services.archive import write_archive
from union_portal.home.leaving.tasks import STOPPED, sweep_arrivals, take_arrival

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor", "uploads")]
NAME = "独孤求败"


@pytest.fixture(scope="module")
def left(one_data_set: Path) -> tuple[bytes, KeyPair]:
    """Another portal's archive; of that portal nothing is there any more."""
    key, out = new_key(), io.BytesIO()
    with transaction.atomic():
        home = members.branch(code="B1", name="甲分工会")
        members.member(name=NAME, branch=home, on=dt.date(2015, 3, 1))
        write_archive(out, recipient=key.recipient, asked="申请人：甲；确认人：乙")
        transaction.set_rollback(True)
    return out.getvalue(), key


@pytest.fixture
def administrator(shared_rows: None) -> User:
    return officer(Role.ADMINISTRATOR)


@pytest.fixture
def upload(left: tuple[bytes, KeyPair]) -> dict[str, Any]:
    """What the form sends."""
    return {"file": SimpleUploadedFile("../整体导出.zip", left[0], "application/zip"), "key": left[1].secret}


def page(name: str, arrival: Arrival | None = None) -> str:
    return reverse(f"admin:home_arrival_{name}", args=[arrival.pk] if arrival else [])


def sent(client: Client, upload: dict[str, Any]) -> Arrival:
    response = client.post(page("add"), upload)
    assert response.status_code == 302, response.content.decode()
    made = Arrival.objects.latest("pk")
    assert response.headers["Location"] == page("change", made)
    return made


def states(arrival: Arrival) -> dict[str, str]:
    arrival.refresh_from_db()
    return {one["kind"]: one["state"] for one in arrival.lists}


def test_an_archive_comes_in_by_the_desk_and_leaves_neither_file_nor_key(
    administrator: User, upload: dict[str, Any], left: tuple[bytes, KeyPair], django_capture_on_commit_callbacks: Any
) -> None:
    client = signed_in(administrator)
    assert "不能再整体迁入" not in client.get(page("add")).content.decode()
    arrival = sent(client, upload)
    shown = client.get(page("change", arrival)).content.decode()
    assert "等待后台处理" in shown
    assert left[1].secret not in shown
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM home_arrival")
        assert left[1].secret not in str(cursor.fetchall())
    place = str(arrival.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        take_arrival(arrival_id=arrival.pk)
    take_arrival(arrival_id=arrival.pk)
    assert set(states(arrival).values()) == {ListState.DONE}
    assert (arrival.is_open, arrival.key, bool(arrival.file)) == (False, "", False)
    assert not default_storage.exists(place)
    assert Person.objects.get().name == NAME
    assert set(ImportRecord.objects.values_list("actor", flat=True)) == {administrator.pk}
    shown = client.get(page("change", arrival)).content.decode()
    assert "已全部处理" in shown
    assert 'name="_save"' not in shown
    assert "已导入" in shown
    log = AccessEntry.objects.get(kind="home.arrival", action=Access.IMPORT)
    assert (log.user, log.data_class, log.subject) == (administrator, DataClass.HEALTH, str(arrival.pk))
    # What is filled now takes no other one.
    upload["file"].seek(0)
    refused = client.post(page("add"), upload)
    assert refused.status_code == 200
    assert "已有人员登记" in refused.content.decode()
    assert "不能再整体迁入" in client.get(page("add")).content.decode()


@pytest.mark.attack
def test_what_is_no_archive_and_another_key_are_refused_at_their_field(
    administrator: User, left: tuple[bytes, KeyPair], uploads: Path
) -> None:
    client, whole = signed_in(administrator), left[0]
    for content, key, words in (
        (whole, new_key().secret, "密钥不对"),
        (whole, "AGE-SECRET-KEY-1", "这不是密钥"),
        (papers.pdf(), left[1].secret, "不是整体导出"),
        (whole[:-200], left[1].secret, "不是整体导出"),
        (b"", left[1].secret, "空"),
    ):
        file = SimpleUploadedFile("a.zip", content)
        refused = client.post(page("add"), {"file": file, "key": key})
        assert refused.status_code == 200
        assert words in refused.content.decode()
    refused = client.post(page("add"), {"file": SimpleUploadedFile("a.exe", whole), "key": left[1].secret})
    assert refused.status_code == 200
    assert not Arrival.objects.exists()
    assert not list(uploads.rglob("*.zip"))


@pytest.mark.attack
def test_nobody_but_the_administrator_sends_one(upload: dict[str, Any], administrator: User) -> None:
    for role in (Role.CHAIR, Role.AUDIT, Role.ORGANISATION):
        upload["file"].seek(0)
        assert signed_in(officer(role)).post(page("add"), upload).status_code == 403
    assert not Arrival.objects.exists()
    upload["file"].seek(0)
    arrival = arriving.receive(**upload, actor=administrator)
    arriving.work(arrival=arrival, report=lambda _share, _words: None)
    assert signed_in(officer(Role.AUDIT)).get(page("change", arrival)).status_code == 200
    for step in ("go_on", "skip", "give_up"):
        assert signed_in(officer(Role.AUDIT)).post(page(step, arrival)).status_code == 403
    with pytest.raises(IntegrityError), transaction.atomic():
        Arrival.objects.update(key="x")


@pytest.fixture
def in_the_way(administrator: User) -> Branch:
    """A branch of another code that bears a name of the archive's: the list of branches cannot come in."""
    return members.branch(code="X9", name="甲分工会")


def test_a_list_that_is_refused_says_why_and_goes_on_once_it_is_put_right(
    administrator: User, upload: dict[str, Any], in_the_way: Branch
) -> None:
    client = signed_in(administrator)
    arrival = sent(client, upload)
    take_arrival(arrival_id=arrival.pk)
    found = states(arrival)
    assert found["branches"] == ListState.REFUSED
    assert ListState.DONE not in found.values()
    assert not Person.objects.exists()
    shown = client.get(page("change", arrival)).content.decode()
    (refused,) = [one for one in arrival.lists if one["faults"]]
    for words in ("没有导入", "接着导入", refused["label"], *(one["reason"] for one in refused["faults"])):
        assert words in shown
    upload["file"].seek(0)
    with pytest.raises(Conflict, match="没有办完"):
        arriving.receive(**upload, actor=administrator)
    Branch.objects.filter(pk=in_the_way.pk).delete()
    address = page("go_on", arrival)
    assert client.post(address).status_code == 302
    take_arrival(arrival_id=arrival.pk)
    assert set(states(arrival).values()) == {ListState.DONE}
    assert Person.objects.count() == 1


def test_a_list_is_left_out_or_all_is_given_up_and_begun_again(
    administrator: User, upload: dict[str, Any], in_the_way: Branch
) -> None:
    client = signed_in(administrator)
    arrival = sent(client, upload)
    take_arrival(arrival_id=arrival.pk)
    assert client.post(page("skip", arrival)).status_code == 302
    take_arrival(arrival_id=arrival.pk)
    found = states(arrival)
    # The branch that the people stand in is there by its name.
    assert (found["branches"], found["people"]) == (ListState.SKIPPED, ListState.DONE)
    if arrival.is_open:
        client.post(page("give_up", arrival))
        arrival.refresh_from_db()
    assert (arrival.is_open, arrival.key) == (False, "")
    with pytest.raises(Refused, match="办完"):
        arriving.give_up(arrival=arrival, actor=administrator)
    assert all(not one["faults"] for one in arrival.lists)


def test_what_was_given_up_half_way_may_be_sent_again(administrator: User, upload: dict[str, Any]) -> None:
    arrival = arriving.receive(**upload, actor=administrator)
    members.member()
    Arrival.objects.filter(pk=arrival.pk).update(lists=[{"state": ListState.DONE, "faults": []}])
    arriving.give_up(arrival=arrival, actor=administrator)
    upload["file"].seek(0)
    again = arriving.receive(**upload, actor=administrator)
    Arrival.objects.filter(pk=again.pk).update(at=timezone.now() - KEPT)
    assert sweep_arrivals(timestamp=0) == 1
    upload["file"].seek(0)
    with pytest.raises(Refused, match="已有人员登记"):
        arriving.receive(**upload, actor=administrator)


def test_a_failure_is_told_and_gone_on_with(
    administrator: User, upload: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(administrator)
    arrival, whole = sent(client, upload), taking_in.take_list

    def broken(archive: Any, one: Any, **more: Any) -> Any:
        if one.kind == "people":
            raise KeyError("no room")
        return whole(archive, one, **more)

    with monkeypatch.context() as patch:
        patch.setattr(taking_in, "take_list", broken)
        with pytest.raises(KeyError, match="no room"):
            take_arrival(arrival_id=arrival.pk)
    assert states(arrival)["branches"] == ListState.DONE
    assert STOPPED in client.get(page("change", arrival)).content.decode()
    client.post(page("go_on", arrival))
    take_arrival(arrival_id=arrival.pk)
    assert set(states(arrival).values()) == {ListState.DONE}
