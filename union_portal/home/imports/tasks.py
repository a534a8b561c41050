"""What the worker does for imports."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from union_portal.accounts.enums import Access
from union_portal.accounts.models import User
from union_portal.accounts.services import log_access
from union_portal.base.daily import daily
from union_portal.base.files import MadeFile, maker
from union_portal.base.importing.kinds import kind as kind_of
from union_portal.base.importing.sheets import marked_up
from union_portal.base.making import Progress
from union_portal.base.spreadsheets.writing import XLSX_TYPE
from union_portal.home.imports.enums import Work
from union_portal.home.imports.models import ImportRecord, PendingImport
from union_portal.home.imports.services import taking_back, working
from union_portal.home.imports.services import uploads as imports

MARKED = "home.import_marked"


def hand_over(*, pending: PendingImport, actor: User, work: Work, answers: Mapping[str, str] | None = None) -> None:
    """Let the worker do it; two jobs of one upload never run at the same time. Raises what `working.begin` raises."""
    with transaction.atomic():
        working.begin(pending=pending, actor=actor, work=work, answers=answers)
        work_on_upload.configure(lock=working.key_of(pending)).defer(pending_id=str(pending.pk))


@app.task(name="home.work_on_upload")
def work_on_upload(pending_id: str) -> None:
    """Judge or save a large upload; running again after a crash does no harm."""
    working.run(pk=UUID(pending_id))


def hand_back(*, subject: ImportRecord, actor: User, why: str) -> None:
    """Let the worker take a large import back. Raises what `taking_back.begin` raises."""
    with transaction.atomic():
        taking_back.begin(subject=subject)
        job = take_back_import.configure(lock=taking_back.key_of(subject))
        job.defer(record_id=subject.pk, actor_id=actor.pk, why=why)


@app.task(name="home.take_back_import")
def take_back_import(record_id: int, actor_id: int, why: str) -> None:
    """Take a large import back, or say why not; running again after a crash does no harm."""
    subject, actor = ImportRecord.objects.get(pk=record_id), User.objects.get(pk=actor_id)
    taking_back.run(subject=subject, actor=actor, why=why)


@daily(at="03:17")
@app.task(name="home.sweep_uploads", queueing_lock="sweep_uploads", pass_context=False)
def sweep_uploads(timestamp: int) -> int:
    """Remove uploads that nobody confirmed in time, and papers that no record holds."""
    del timestamp
    return imports.sweep_uploads()


def _may_mark(user: Any, asked: Mapping[str, Any]) -> bool:
    return PendingImport.objects.visible_to(user).filter(pk=asked["pending"]).exists()


@maker(MARKED, may=_may_mark, refusal="上传的文件已删除或已过期，请重新上传。")
def make_marked(user: Any, asked: Mapping[str, Any], progress: Progress) -> MadeFile:
    """Write the upload back with its faulty cells marked."""
    pending = PendingImport.objects.without_fingerprints().get(pk=asked["pending"])
    progress(5, "正在读取文件")
    faults = imports.faults_found(pending=pending, actor=user)
    with imports.open_upload(pending=pending, actor=user) as file:
        progress(30, "正在标注有问题的单元格")
        content = marked_up(kind_of(pending.kind).kind, file, faults)
    log_access(user=user, action=Access.DOWNLOAD, kind=pending.kind, subject=str(pending.pk), rows=pending.total)
    name = f"{pending.file_name.rsplit('.', 1)[0]}-已标注.xlsx"
    return MadeFile(name=name, content=content, content_type=XLSX_TYPE, rows=pending.total)
