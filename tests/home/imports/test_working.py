"""A large file is the worker's: the page shows how far it is, and can leave whatever state a killed worker left."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from members.branches.services.assignments import assign_branch
from members.people.models import Person
from tests.factories import members
from tests.factories.accounts import signed_in
from tests.home.imports.uploads import page, upload
from tests.members.register.hr_spreadsheet import sheet as hr
from union_portal.accounts.models import User
from union_portal.base.importing.kinds import kind as kind_of
from union_portal.base.models import JobProgress
from union_portal.home.imports.enums import Work
from union_portal.home.imports.models import ImportRecord, PendingImport
from union_portal.home.imports.services import uploads, working
from union_portal.home.imports.services.history import bring_in
from union_portal.home.imports.tasks import take_back_import, work_on_upload


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> None:
    monkeypatch.setattr(working, "LARGE_BYTES", 10)
    monkeypatch.setattr(working, "LARGE_TEXT", 10)


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="home.work_on_upload").count()


def worked(pending: PendingImport) -> None:
    """Do what the worker would."""
    work_on_upload(pending_id=str(pending.pk))
    pending.refresh_from_db()


def send(client: Client, capture: Any, name: str, pending: PendingImport, **answers: str) -> Any:
    with capture(execute=True):
        return client.post(reverse(f"home:{name}", args=[pending.pk]), answers, follow=True)


def test_a_large_file_is_judged_and_saved_by_the_worker(officer: User, django_capture_on_commit_callbacks: Any) -> None:
    client, capture = signed_in(officer), django_capture_on_commit_callbacks
    with capture(execute=True):
        pending = upload(client, ["1", "张三", "讲师"], ["2", "李四", "教授"])
    assert (pending.work, pending.checked_at, jobs()) == (Work.JUDGING, None, 1)
    waiting = page(client, "import_preview", pending).content.decode()
    assert "等待后台处理" in waiting
    assert "再试一次" not in waiting
    worked(pending)
    shown = page(client, "import_preview", pending)
    assert "张三" in shown.content.decode()
    send(client, capture, "import_confirm", pending)
    pending.refresh_from_db()
    assert (pending.work, Person.objects.count(), jobs()) == (Work.SAVING, 0, 2)
    assert "正在保存" in page(client, "import_preview", pending).content.decode()
    worked(pending)
    worked(pending)
    assert (Person.objects.count(), ImportRecord.objects.count()) == (2, 1)
    done = client.get(reverse("home:import_preview", args=[pending.pk]), headers={"HX-Request": "true"})
    assert "已保存" in done.content.decode()
    assert done["HX-Refresh"] == "true"


def test_a_refusal_in_the_worker_is_said_on_the_page_and_can_be_left(
    officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    client, capture = signed_in(officer), django_capture_on_commit_callbacks
    file = SimpleUploadedFile("人事信息.xlsx", b"x" * 100)
    with capture(execute=True):
        client.post(reverse("home:import_upload"), {"kind": "people", "file": file})
    pending = PendingImport.objects.get()
    worked(pending)
    shown = page(client, "import_preview", pending).content.decode()
    assert pending.failure
    assert pending.failure in shown
    assert "再试一次" in shown
    page(client, "import_discard", pending, post=True)
    assert not PendingImport.objects.exists()


def test_a_killed_worker_leaves_a_state_the_screen_can_leave(
    officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    client, capture = signed_in(officer), django_capture_on_commit_callbacks
    pending = upload(client, ["1", "张三", "讲师"])
    refused = send(client, capture, "import_retry", pending)
    assert "正在处理" in refused.content.decode()
    JobProgress.objects.update(updated_at=timezone.now() - dt.timedelta(minutes=5))
    assert "再试一次" in page(client, "import_preview", pending).content.decode()
    send(client, capture, "import_retry", pending)
    assert jobs() == 2  # the lost one, which finds nothing to do if it comes back, and this
    worked(pending)
    assert "张三" in page(client, "import_preview", pending).content.decode()


def test_who_gave_up_finds_the_worker_doing_nothing_more(officer: User) -> None:
    client = signed_in(officer)
    pending = upload(client, ["1", "张三", "讲师"])
    page(client, "import_discard", pending, post=True)
    work_on_upload(pending_id=str(pending.pk))
    assert not PendingImport.objects.exists()


def test_an_upload_given_up_while_it_was_judged_does_not_come_back(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(officer)
    pending = upload(client, ["1", "张三", "讲师"])
    judge = uploads._resource

    def judged(*args: Any) -> Any:
        PendingImport.objects.all().delete()
        return judge(*args)

    monkeypatch.setattr(uploads, "_resource", judged)
    work_on_upload(pending_id=str(pending.pk))
    assert not PendingImport.objects.exists()


def test_a_fault_of_the_system_leaves_the_page_with_words(officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(officer)
    pending = upload(client, ["1", "张三", "讲师"])

    def broken(*_args: Any) -> Any:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(uploads, "_resource", broken)
        with pytest.raises(RuntimeError):
            work_on_upload(pending_id=str(pending.pk))
    pending.refresh_from_db()
    assert "请再试一次" in pending.failure
    assert "再试一次" in page(client, "import_preview", pending).content.decode()


pytestmark = pytest.mark.django_db


def test_a_large_import_is_taken_back_by_the_worker(
    officer: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    client, capture = signed_in(officer), django_capture_on_commit_callbacks
    monkeypatch.setattr(working, "LARGE_ROWS", 1)
    resource = kind_of("people")(actor=officer)
    rows = [["1", "张三"], ["2", "李四"]]
    record, _done = bring_in(resource=resource, file=hr("工号 姓名", *rows), name="人事信息.xlsx", answers={})
    step, own = (reverse(f"admin:home_importrecord_{page}", args=[record.pk]) for page in ("step_take_back", "change"))
    waiting = reverse("home:import_taking_back", args=[record.pk])
    with capture(execute=True):
        assert client.post(step, {"why": "拿错了"})["Location"] == waiting
    job = ProcrastinateJob.objects.get(task_name="home.take_back_import")
    assert "等待后台处理" in client.get(waiting).content.decode()
    assert waiting in client.get(own).content.decode()
    assert "正在撤回，请稍候" in client.post(step, {"why": "拿错了"}).content.decode()
    hanging = assign_branch(person=Person.objects.get(name="张三"), branch=members.branch(), on=dt.date(2026, 1, 1))
    take_back_import(**job.args)
    shown = client.get(waiting).content.decode()
    assert "已登记在它的人员上" in shown
    assert "再试一次" in shown
    hanging.delete()
    take_back_import(**job.args)
    take_back_import(**job.args)
    assert not Person.objects.filter(name__in=["张三", "李四"]).exists()
    assert client.get(waiting)["Location"] == own
    assert client.get(waiting, headers={"HX-Request": "true"})["HX-Redirect"] == own
    assert record.moves.get(action="take_back").actor == officer
