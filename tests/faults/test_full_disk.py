"""A disk that is full in the middle of a file: whoever waits hears it in words, and not even a part is left."""

import errno
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congress.regulations.models import RegulationVersion
from tests.factories import papers, regulations
from tests.factories.accounts import signed_in
from tests.factories.members import account_with_role, member
from tests.factories.reports import started, submitted
from tests.members.register import hr_spreadsheet
from union_portal.accounts.enums import Role
from union_portal.annual_report.reports import tasks
from union_portal.annual_report.reports.enums import ReportState
from union_portal.annual_report.reports.services.freezing import begin_freeze
from union_portal.base.errors import Refused
from union_portal.base.models import KeptPaper
from union_portal.base.storage import FULL
from union_portal.base.uploading import NamelessFileUploadHandler
from union_portal.home.imports.models import PendingImport

pytestmark = [pytest.mark.django_db, pytest.mark.attack, pytest.mark.usefixtures("one_factor")]


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file that is stored find room for its first bytes alone."""

    def few(file: File[bytes], *_size: Any) -> Iterator[bytes]:
        file.seek(0)
        yield file.read(10)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(File, "chunks", few)


@pytest.fixture
def web() -> Client:
    return signed_in(account_with_role(Role.ORGANISATION))


def left(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_an_upload_comes_back_with_words(web: Client, full_disk: None, uploads: Path) -> None:
    member()
    sheet = SimpleUploadedFile("人事信息.xlsx", hr_spreadsheet.sheet("工号 姓名", ["1", "张三"]).read())
    told = web.post(reverse("home:import_upload"), {"kind": "people", "file": sheet})
    assert told.status_code == 422
    assert FULL in told.content.decode()
    assert not PendingImport.objects.exists()
    assert left(uploads) == []


def test_a_paper_is_refused_with_its_record(full_disk: None, uploads: Path) -> None:
    with pytest.raises(Refused, match="存储空间不足"):
        regulations.enact(title="办法", act="adopted", on=timezone.localdate(), file=papers.sent("办法.pdf"))
    assert not RegulationVersion.objects.exists()
    assert not KeptPaper.objects.exists()
    assert left(uploads) == []


def test_a_large_upload_that_finds_no_room_on_its_way_in_is_told_so(
    web: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def full(handler: NamelessFileUploadHandler, *_chunk: Any) -> None:
        handler.upload_interrupted()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(NamelessFileUploadHandler, "receive_data_chunk", full)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    web.raise_request_exception = False
    file = SimpleUploadedFile("人事信息.xlsx", b"x" * 100)
    told = web.post(reverse("home:import_upload"), {"kind": "people", "file": file})
    assert (told.status_code, told["Retry-After"]) == (503, "60")
    assert FULL in told.content.decode()
    assert f"编号：<code>{told['X-Request-ID']}</code>" in told.content.decode()


def test_a_report_whose_pdf_finds_no_room_waits_again_and_says_why(
    full_disk: None, uploads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    member()
    report = started()
    monkeypatch.setattr(tasks, "render_pdf", lambda *_args, **_more: SimpleNamespace(pdf=b"%PDF-1.7" * 9, pages=1))
    chair = account_with_role(Role.CHAIR)
    begin_freeze(report=submitted(report), actor=chair)
    tasks.render_frozen(report.pk)
    report.refresh_from_db()
    assert (report.state, report.failure, report.snapshot, report.pdf.name) == (ReportState.SUBMITTED, FULL, None, "")
    shown = signed_in(chair).get(reverse("admin:annual_report_annualreport_change", args=[report.pk]))
    assert FULL in shown.content.decode()
    assert left(uploads) == []
