"""Keeping an upload and what its preview found, looking again, confirming it once, throwing it away."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import IO, Any

from django.core.files.base import File
from django.db import models, transaction
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.importing.kinds import kind as kind_of
from union_portal.base.importing.pending import LIFETIME, check_pending, file_digest, open_pending, sealed, sweep
from union_portal.base.importing.preview import (
    AnswersNeeded,
    CellFault,
    ImportPreview,
    ImportRefused,
    RegisterMoved,
    RowOutcome,
    Status,
)
from union_portal.base.importing.questions import Question
from union_portal.base.importing.questions import open_questions as unanswered
from union_portal.base.importing.resource import ImportResource
from union_portal.base.intake.sweeping import sweep_papers, sweep_strays
from union_portal.home.imports.enums import Section
from union_portal.home.imports.models import PendingImport, PreviewPage
from union_portal.home.imports.services.history import Report, bring_in
from union_portal.home.imports.services.meanings import words_of

ENTRIES_ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One page of one list of a preview; `count` and `pages` are the whole list's."""

    section: Section
    number: int
    pages: int
    count: int
    entries: list[Any]


def keep_upload(*, owner: User, kind: str, file: "File[Any]", name: str, large: bool = False) -> PendingImport:
    """Preview an upload and keep it for confirmation; a file that is no such table is refused and not kept.

    A large one is kept as it is: the worker previews it.
    """
    stream: Any = file
    digest = file_digest(stream)
    preview = None if large else kind_of(kind)(actor=owner, meanings=words_of(kind)).preview(stream)
    stream.seek(0)
    pending = PendingImport(owner=owner, kind=kind, file_name=name[-200:], digest=digest, large=large)
    pending.expires_at = timezone.now() + LIFETIME
    pending.file.save(name, sealed(stream), save=False)
    if preview is None:
        pending.save()
    else:
        _keep(pending, preview, fresh=True)
    return pending


def look(*, pending: PendingImport, actor: User, report: Report | None = None) -> ImportPreview:
    """Read the file again, say what it would do now, and remember that this was shown."""
    with open_pending(pending, actor=actor) as file:
        preview = _resource(pending, actor, report).preview(file)
    _keep(pending, preview)
    return preview


def answer(*, pending: PendingImport, actor: User, answers: Mapping[str, str]) -> ImportPreview:
    """Take the answers to what the list asks of the file, and judge the file by them.

    Raises `DomainError` at the question whose answer cannot be read; the earlier answers then stand.
    """
    earlier, pending.answers = pending.answers, {key: text for key, text in answers.items() if text}
    try:
        return look(pending=pending, actor=actor)
    except DomainError:
        pending.answers = earlier
        raise


def open_questions(pending: PendingImport) -> list[Question]:
    """Return what is still to be answered before the upload can be confirmed."""
    return unanswered(questions_of(pending), pending.answers)


def questions_of(pending: PendingImport) -> list[Question]:
    """Return what the list asks of this file."""
    return [question for question in kind_of(pending.kind).questions if question.key in pending.asked]


def parts(*, pending: PendingImport, actor: User, wanted: Mapping[Section, int]) -> list[Part]:
    """Return a page of each list that the upload's preview found, as kept then; 1 where no page is wanted.

    The register may have moved since: confirming compares again. Raises `Refused` for anybody but the owner, and after
    the upload's time.
    """
    check_pending(pending, actor=actor)
    if pending.checked_at is None:
        look(pending=pending, actor=actor)
    asked = models.Q(pk=None)
    numbers = {}
    for section in Section:
        pages = -(-_count(pending, section) // ENTRIES_ON_A_PAGE)
        numbers[section] = max(1, min(wanted.get(section, 1), pages)), pages
        asked |= models.Q(section=section, number=numbers[section][0])
    found = {page.section: page.entries for page in pending.pages.filter(asked)}
    return [
        Part(section, number, pages, _count(pending, section), found.get(section, []))
        for section, (number, pages) in numbers.items()
    ]


def faults_found(*, pending: PendingImport, actor: User) -> list[CellFault]:
    """Return every fault that the upload's preview found, in the sheet's order."""
    check_pending(pending, actor=actor)
    if pending.checked_at is None:
        look(pending=pending, actor=actor)
    pages = pending.pages.filter(section=Section.FAULTS).order_by("number")
    named = [CellFault(**entry) for page in pages for entry in page.entries]
    return named + [CellFault(**entry) for one in pending.unknown for entry in one["cells"]]


def _resource(pending: PendingImport, actor: User, report: Report | None) -> ImportResource:
    told: dict[str, Any] = {"answers": pending.answers, "meanings": words_of(pending.kind), "brought": pending.brought}
    resource = kind_of(pending.kind)(actor=actor, **told)
    if report is not None:
        resource.progress = report
        report(0.02, "正在读取文件")
    return resource


def refuse_unready(pending: PendingImport) -> None:
    """Raise `Refused` for an upload whose preview already says that it cannot be saved; nothing is read for it."""
    if pending.counts.get("faulty"):
        raise Refused(f"文件还有 {pending.counts['faulty']:,} 行有问题，没有保存任何内容。改正后请重新上传或重新比对。")
    if left := open_questions(pending):
        raise Refused(f"还有问题没有回答，没有保存任何内容：{'；'.join(one.words for one in left)}")


def confirm_upload(*, pending: PendingImport, actor: User, report: Report | None = None) -> bool:
    """Save the whole upload or nothing; returns False when it was saved before (a second press of the button).

    Reads and judges the whole file again, unless faults were found before: `Refused`. Raises `RegisterMoved` when rows
    would now come out otherwise than shown, `ImportRefused` when a cell is faulty now, `AnswersNeeded` when a question
    is open; what was found then is what is shown next.
    """
    try:
        return _confirm(pending=pending, actor=actor, report=report)
    except (RegisterMoved, ImportRefused, AnswersNeeded) as refusal:
        _keep(pending, refusal.preview)
        raise


@transaction.atomic
def _confirm(*, pending: PendingImport, actor: User, report: Report | None) -> bool:
    current: PendingImport = PendingImport.objects.select_for_update(of=("self",)).get(pk=pending.pk)
    if current.owner_id != actor.pk:
        raise Refused("这个上传文件属于别人。")
    if current.confirmed_at is not None:
        return False
    refuse_unready(current)
    with open_pending(current, actor=actor) as file:
        resource = _resource(current, actor, report)
        given = {"answers": current.answers, "expected": current.fingerprint}
        _record, done = bring_in(resource=resource, file=file, name=current.file_name, **given)
    _note(current, done)
    current.confirmed_at = timezone.now()
    current.save(update_fields=["counts", "fingerprint", "ignored_columns", "confirmed_at"])
    current.pages.all().delete()
    transaction.on_commit(partial(current.file.storage.delete, str(current.file.name)), robust=True)
    return True


def open_upload(*, pending: PendingImport, actor: User) -> IO[bytes]:
    """Open the stored file for its owner."""
    return open_pending(pending, actor=actor)


def discard_upload(*, pending: PendingImport) -> None:
    """Throw an upload away."""
    sweep([pending])


def sweep_uploads() -> int:
    """Remove uploads whose time is over, papers that no record holds, and files that no row names; return how many."""
    return sweep(PendingImport.objects.over(now=timezone.now())) + sweep_papers() + sweep_strays()


@transaction.atomic
def _keep(pending: PendingImport, preview: ImportPreview, *, fresh: bool = False) -> None:
    """Write down what a preview found, in place of what an earlier one did; nothing for an upload given up since."""
    held = PendingImport.objects.select_for_update(of=("self",)).filter(pk=pending.pk).first()
    if held is None and not fresh:
        return
    _note(pending, preview)
    pending.checked_at = timezone.now()
    pending.save()
    pending.pages.all().delete()
    PreviewPage.objects.bulk_create(_pages(pending, preview))


def _note(pending: PendingImport, preview: ImportPreview) -> None:
    pending.counts = {str(status): count for status, count in preview.counts.items()}
    explained = _unknown_cells(preview)
    pending.unknown = [asdict(one) | {"cells": explained[one.column, one.word]} for one in preview.unknown]
    pending.counts |= {"leavers": len(preview.leavers), "faults": len(_other_faults(preview))}
    pending.counts |= {"warnings": len(preview.warnings), "unlisted": preview.unlisted}
    pending.ignored_columns = [str(name) for name in preview.ignored_columns]
    pending.fingerprint = preview.fingerprint
    pending.asked = [question.key for question in preview.questions]


def _unknown_cells(preview: ImportPreview) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return by column and word the cells of words that may be explained: of each word one fault, not one a row."""
    places = {(one.column, name): one.word for one in preview.unknown for name in one.rows}
    found: dict[tuple[str, str], list[dict[str, Any]]] = {(one.column, one.word): [] for one in preview.unknown}
    for fault in preview.faults:
        word = places.get((fault.column, _name_of(fault)))
        if word is not None:
            found[fault.column, word].append(asdict(fault))
    return found


def _other_faults(preview: ImportPreview) -> list[CellFault]:
    places = {(one.column, name) for one in preview.unknown for name in one.rows}
    return [fault for fault in preview.faults if (fault.column, _name_of(fault)) not in places]


def _name_of(fault: CellFault) -> str:
    return f"{fault.sheet}!{fault.row}" if fault.sheet else str(fault.row)


def _count(pending: PendingImport, section: Section) -> int:
    count: int = pending.counts.get(section, 0)
    return count


def _pages(pending: PendingImport, preview: ImportPreview) -> Iterator[PreviewPage]:
    lists: dict[Section, list[Any]] = {
        Section.FAULTS: [asdict(fault) for fault in _other_faults(preview)],
        Section.WARNINGS: [asdict(warning) for warning in preview.warnings],
        Section.CHANGED: [_entry(row) for row in preview.rows if row.status is Status.CHANGED],
        Section.NEW: [_entry(row) for row in preview.rows if row.status is Status.NEW],
        Section.LEAVERS: [
            {"pk": leaver.pk, "label": leaver.label, "detail": leaver.detail} for leaver in preview.leavers
        ],
    }
    for section, entries in lists.items():
        for place in range(0, len(entries), ENTRIES_ON_A_PAGE):
            yield PreviewPage(
                pending=pending,
                section=section,
                number=place // ENTRIES_ON_A_PAGE + 1,
                entries=entries[place : place + ENTRIES_ON_A_PAGE],
            )


def _entry(row: RowOutcome) -> dict[str, Any]:
    entry: dict[str, Any] = {"sheet": row.sheet, "row_number": row.row_number, "label": row.label}
    # Not every new row's cells are kept: see DETAILED_NEW_ROWS.
    entry["changes"] = [{"label": c.label, "old": c.old, "new": c.new} for c in row.changes]
    return entry
