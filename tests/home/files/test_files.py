"""What takes long is made by the worker as whoever asked, and leaves only for him, while he may still have it."""

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from members.branches.models import BranchRole
from tests import workers
from tests.factories import members
from tests.factories.accounts import officer, signed_in
from union_portal.accounts.enums import Access, Role
from union_portal.accounts.models import AccessEntry, RoleAssignment, User
from union_portal.base import making
from union_portal.base.models.papers import CUT_OFF, PaperState
from union_portal.home.files import services
from union_portal.home.files.models import AskedFile
from union_portal.home.files.portal import untaken_files

pytestmark = pytest.mark.django_db
EXPORT = "/admin/members/person/export/"


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT, settings.PORTAL_STAFF_TOTP = tmp_path, False
    monkeypatch.setattr("union_portal.base.files.AT_ONCE", 2)


@pytest.fixture
def people() -> list[Any]:
    return [members.member(name=name) for name in ("陈一", "陈二", "陈三", "李四")]


@pytest.fixture
def keeper() -> User:
    return officer(Role.ORGANISATION)


def ask(client: Client, query: str = "q=陈", **more: Any) -> Any:
    return client.post(f"{EXPORT}?{query}", {"format": 0, "resource": 0, **more})


def asked_by(client: Client, query: str = "q=陈", **more: Any) -> AskedFile:
    """Return the file that the account now waits for."""
    response = ask(client, query, **more)
    assert response.status_code == 302, response.content.decode()
    return AskedFile.objects.get(pk=response["Location"].strip("/").rpartition("/")[2])


def made_for(client: Client, query: str = "q=陈", **more: Any) -> AskedFile:
    """Return the file once the worker has made it."""
    file = asked_by(client, query, **more)
    services.make(pk=file.pk)
    file.refresh_from_db()
    assert file.state == PaperState.DONE, file.message
    return file


def page(client: Client, file: AskedFile, name: str = "file", method: str = "get") -> Any:
    return getattr(client, method)(reverse(f"home:{name}", args=[file.pk]))


def rows_of(data: bytes) -> list[Any]:
    return list(openpyxl.load_workbook(io.BytesIO(data)).active.values)  # type: ignore[union-attr]


def queued() -> int:
    return ProcrastinateJob.objects.filter(task_name=services.TASK).count()


@pytest.mark.usefixtures("people")
def test_a_long_list_by_the_worker_is_the_list_given_at_once(keeper: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(keeper)
    long, text = made_for(client), made_for(client, format=1)
    assert (long.rows, long.name) == (3, f"人员-{timezone.localdate():%Y%m%d}.xlsx")
    assert text.name.endswith(".csv")
    by_worker, as_text = page(client, long, "file_take"), page(client, text, "file_take")
    monkeypatch.setattr("union_portal.base.files.AT_ONCE", 3)
    at_once = ask(client)
    assert at_once.status_code == 200
    assert [row[0] for row in rows_of(at_once.content)] == ["姓名", "陈二", "陈三", "陈一"]
    assert rows_of(by_worker.content) == rows_of(at_once.content)
    assert as_text.content == ask(client, format=1).content
    for header in ("Content-Type", "Content-Disposition"):
        assert by_worker[header] == at_once[header]
    # Through the disk, row by row, it is the same list still.
    monkeypatch.setattr("union_portal.base.importing.exporting._LONG", 1)
    assert rows_of(ask(client).content) == rows_of(at_once.content)


@pytest.mark.usefixtures("people")
def test_the_page_says_how_far_it_is_and_the_desk_where_it_is(keeper: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("union_portal.base.importing.exporting._TOLD_EVERY", 1)
    client, told = signed_in(keeper), []
    file = asked_by(client)
    waiting = page(client, file).content.decode()
    assert ("排队等待生成" in waiting, "刷新进度" in waiting, 'hx-trigger="every 2s"' in waiting) == (True, True, True)
    assert "file_take" not in waiting
    assert page(client, file, "file_take").status_code == 404
    tell = making._tell

    def seen(paper: Any, **words: Any) -> None:
        tell(paper, **words)
        told.append(words["message"])
        if words["done"] == 31:
            assert '<progress class="up-progress__bar" value="31" max="100">' in page(client, file).content.decode()

    monkeypatch.setattr(making, "_tell", seen)
    services.make(pk=file.pk)
    assert told == ["已写入 1 / 3 行", "已写入 2 / 3 行", "已写入 3 / 3 行", "正在保存文件"]
    assert [item.title for item in untaken_files(keeper)] == ["已生成、可下载的文件"]
    there = client.get(reverse("home:file", args=[file.pk]), headers={"HX-Request": "true"})
    assert there["HX-Refresh"] == "true"
    assert reverse("home:file_take", args=[file.pk]) in there.content.decode()
    assert file.title in client.get(reverse("home:files")).content.decode()
    page(client, file, "file_take")
    assert list(untaken_files(keeper)) == []
    logged = AccessEntry.objects.filter(user=keeper).order_by("pk").values_list("action", "rows")
    assert list(logged)[-2:] == [(Access.EXPORT, 3), (Access.DOWNLOAD, 3)]


@pytest.mark.usefixtures("people")
def test_pressed_twice_it_is_one_job_and_otherwise_asked_it_is_another(keeper: User) -> None:
    client = signed_in(keeper)
    first, second = asked_by(client), asked_by(client)
    assert (first.pk, queued()) == (second.pk, 1)
    assert asked_by(client, "").pk != first.pk
    assert asked_by(signed_in(officer(Role.ORGANISATION))).pk != first.pk
    services.make(pk=first.pk)
    services.make(pk=first.pk)  # the job of a killed worker, run again
    assert asked_by(client).pk != first.pk, "what is made is not asked for again: the register has moved on"


@pytest.mark.usefixtures("people")
def test_nobody_else_finds_it(keeper: User) -> None:
    file = made_for(signed_in(keeper))
    for stranger in (officer(Role.ORGANISATION), officer(Role.CHAIR), officer(Role.ADMINISTRATOR)):
        client = signed_in(stranger)
        answers = [page(client, file, name).status_code for name in ("file", "file_take")]
        answers += [page(client, file, name, "post").status_code for name in ("file_again", "file_remove")]
        assert answers == [404] * 4
        assert file.title not in client.get(reverse("home:files")).content.decode()
    assert AskedFile.objects.filter(pk=file.pk).exists()


def lose(user: User, *others: Role) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    RoleAssignment.objects.filter(user=user).update(valid_to=yesterday)
    for role in others:
        RoleAssignment.objects.create(user=user, role=role, valid_from=yesterday)


@pytest.mark.usefixtures("people")
def test_a_right_lost_before_it_is_made_or_taken_gives_nothing(keeper: User) -> None:
    client = signed_in(keeper)
    there, waiting = made_for(client), asked_by(client, "")
    lose(keeper, Role.ACTIVITIES)
    services.make(pk=waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.message) == (PaperState.FAILED, "您已没有导出这份内容的权限。")
    assert "没有导出这份内容的权限" in page(client, waiting).content.decode()
    taken = client.get(reverse("home:file_take", args=[there.pk]), follow=True)
    assert "角色或权限在文件生成后有变动" in taken.content.decode()
    assert taken["Content-Type"].startswith("text/html")
    assert not AccessEntry.objects.filter(action=Access.DOWNLOAD).exists()
    lose(keeper)
    assert page(client, there, "file_take").status_code == 403


def test_a_chair_who_changed_branches_takes_nothing_of_the_old_one() -> None:
    old, new = members.branch(), members.branch()
    for _each in range(3):
        members.member(branch=old)
    chair = members.account_with_role(Role.BRANCH_CHAIR, branches=(old,))
    client = signed_in(chair)
    file = made_for(client, "")
    assert file.rows == 3
    BranchRole.objects.filter(assignment__user=chair).update(branch=new)
    assert page(client, file, "file_take").status_code == 302


@pytest.mark.usefixtures("people")
def test_what_a_killed_worker_left_is_begun_again(keeper: User) -> None:
    client = signed_in(keeper)
    file = asked_by(client)
    worker = workers.heard_of()
    workers.at_work(lock=file.lock, worker=worker)
    assert page(client, file, "file_again", "post").status_code == 302
    assert queued() == 1, "a living worker is at it"
    workers.killed(worker)
    told = page(client, file).content.decode()
    assert (CUT_OFF in told, "重新生成" in told, "every 2s" in told) == (True, True, False)
    page(client, file, "file_again", "post")
    assert queued() == 2
    assert "排队等待生成" in page(client, file).content.decode()
    services.make(pk=file.pk)
    assert page(client, file, "file_take").status_code == 200


@pytest.mark.usefixtures("people")
def test_asked_for_again_it_is_begun_again_where_the_worker_left_it(keeper: User) -> None:
    client = signed_in(keeper)
    file, worker = asked_by(client), workers.heard_of()
    workers.at_work(lock=file.lock, worker=worker)
    workers.killed(worker)
    assert asked_by(client).pk == file.pk
    assert queued() == 2


@pytest.mark.usefixtures("people")
def test_a_fault_is_told_and_a_list_too_long_for_a_sheet_refused(keeper: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("union_portal.base.importing.exporting._SHEET", 3)
    client = signed_in(keeper)
    file = asked_by(client)
    services.make(pk=file.pk)
    assert "一张工作表最多容纳 2 行；请缩小筛选范围，或导出为 csv" in page(client, file).content.decode()
    assert made_for(client, format=1).rows == 3
    page(client, file, "file_again", "post")

    def fails(*_asked: Any) -> Iterator[Any]:
        raise ZeroDivisionError

    monkeypatch.setattr("union_portal.base.importing.exporting._SHEET", 1000)
    monkeypatch.setattr("union_portal.base.admin.exporting.ListExport.iter_queryset", fails)
    with pytest.raises(ZeroDivisionError):
        services.make(pk=file.pk)
    assert "请重试；仍不成功请联系管理员" in page(client, file).content.decode()


@pytest.mark.usefixtures("people")
def test_it_lies_sealed_and_goes_after_some_days_or_when_it_is_thrown_away(
    keeper: User, django_capture_on_commit_callbacks: Any
) -> None:
    client = signed_in(keeper)
    kept, away = made_for(client, format=1), made_for(client, "", format=1)
    with default_storage.open(str(kept.file.name)) as stored:
        lying = stored.read()
    assert lying.startswith(b"aes1:")
    assert "陈二".encode() not in lying
    assert "陈二".encode() in page(client, kept, "file_take").content
    with django_capture_on_commit_callbacks(execute=True):
        assert page(client, away, "file_remove", "post")["Location"] == reverse("home:files")
    assert not default_storage.exists(str(away.file.name))
    AskedFile.objects.update(requested_at=timezone.now() - dt.timedelta(days=services.KEPT_DAYS, minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert services.sweep() == 1
    assert not default_storage.exists(str(kept.file.name))
    assert page(client, kept).status_code == 404
