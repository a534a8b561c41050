"""Large uploads are judged and saved in the worker; the page that waits sees how far it is, whatever became of it."""

import datetime as dt
import time
import zipfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.base import jobs
from union_portal.base.errors import Refused
from union_portal.base.importing.kinds import kind as kind_of
from union_portal.base.importing.pending import check_pending
from union_portal.base.importing.questions import read_answers
from union_portal.home.imports.enums import Work
from union_portal.home.imports.models import PendingImport
from union_portal.home.imports.services import uploads
from union_portal.home.imports.services.history import Report

# What is larger unpacked, or longer, is the worker's: some 1,200 rows of twenty columns or 4,000 of five, each of
# which takes most of a second. Text says the same in a quarter of the bytes.
LARGE_BYTES = 1024 * 1024
LARGE_TEXT = LARGE_BYTES // 4
LARGE_ROWS = 2_000
# A worker that says nothing for so long was killed, is busy with others, or does not run at all.
SILENT = dt.timedelta(seconds=60)
FAILED = "处理中途出错，没有保存任何内容。请再试一次；仍不成功请联系管理员。"
_EVERY = 0.5


def is_large(file: Any) -> bool:
    """Tell whether the worker judges the file: by its bytes, unpacked where it is a workbook."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as book:
            large = sum(part.file_size for part in book.infolist()) > LARGE_BYTES
    except (zipfile.BadZipFile, OSError):
        large = file.seek(0, 2) > LARGE_TEXT
    file.seek(0)
    return large


def key_of(pending: PendingImport) -> str:
    """Return the key under which the page finds the progress."""
    return f"home.import:{pending.pk}"


@transaction.atomic
def begin(*, pending: PendingImport, actor: User, work: Work, answers: Mapping[str, str] | None = None) -> None:
    """Note what the worker is to do, so that the page shows it from the first moment.

    Raises `Refused` for anybody but the owner, after the upload's time and while the worker is at it, `DomainError` at
    the question whose answer cannot be read.
    """
    check_pending(pending, actor=actor)
    current = PendingImport.objects.select_for_update(of=("self",)).get(pk=pending.pk)
    if current.work and not is_silent(key_of(current)):
        raise Refused("这份文件正在处理，请稍候。")
    if answers is not None:
        read_answers(kind_of(pending.kind).questions, answers)
        pending.answers = {key: text for key, text in answers.items() if text}
    pending.work, pending.failure = work, ""
    pending.save(update_fields=["work", "failure", "answers"])
    jobs.start(key=key_of(pending), total=100, message="等待后台处理")


def is_silent(key: str) -> bool:
    """Tell whether nothing was heard of the work for too long."""
    progress = jobs.find(key)
    return progress is None or timezone.now() - progress.updated_at > SILENT


def run(*, pk: UUID) -> None:
    """Do what was noted; a second run finds nothing to do."""
    pending = PendingImport.objects.select_related("owner").filter(pk=pk).exclude(work="").first()
    if pending is None:
        return
    key = key_of(pending)

    def tell(failure: str) -> None:
        PendingImport.objects.filter(pk=pk).update(work="", failure=failure[:500])
        jobs.finish(key=key, message=failure or "已完成")

    with jobs.explained(key=key, failed=FAILED, tell=tell):
        with reported(key) as report:
            if pending.work == Work.JUDGING:
                uploads.look(pending=pending, actor=pending.owner, report=report)
            else:
                uploads.confirm_upload(pending=pending, actor=pending.owner, report=report)
        tell("")


def give_up(*, pending: PendingImport, actor: User) -> None:
    """Throw the upload away, also when the worker died over it; refused only while it is being saved."""
    check_pending(pending, actor=actor)
    try:
        with transaction.atomic():
            held = PendingImport.objects.select_for_update(nowait=True, of=("self",)).get(pk=pending.pk)
            if held.confirmed_at is None:
                uploads.discard_upload(pending=held)
    except OperationalError as error:
        raise Refused("正在保存，已不能放弃；请等它完成，再从导入记录撤回。") from error


@contextmanager
def reported(key: str) -> Iterator[Report]:
    """Yield what says how far the work is; at once visible, though the work itself is one transaction."""
    last = 0.0
    with ThreadPoolExecutor(max_workers=1) as aside:

        def report(share: float, words: str) -> None:
            nonlocal last
            if time.monotonic() - last >= _EVERY:
                last = time.monotonic()
                aside.submit(jobs.advance, key=key, done=round(share * 100), message=words)

        try:
            yield report
        finally:
            aside.submit(_hang_up)


def _hang_up() -> None:
    """Close the connection of the thread that runs this."""
    connection.close()
