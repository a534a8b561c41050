"""Saving an import with what it did to every row, and taking it back."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet

from union_portal.accounts.models import User
from union_portal.base.importing import undoing
from union_portal.base.importing.kinds import kind as kind_of
from union_portal.base.importing.noting import noted
from union_portal.base.importing.preview import ImportPreview
from union_portal.base.importing.resource import ImportResource
from union_portal.base.importing.retelling import ChangedRow, retold
from union_portal.base.models import RowChange, StateMove
from union_portal.base.steps import hold, move, record
from union_portal.home.imports.models import ImportRecord

# Told how far something is, as a share of it, and what is being done.
Report = Callable[[float, str], None]


def _quietly(_share: float, _words: str) -> None:
    pass


@transaction.atomic
def bring_in(
    *,
    resource: ImportResource,
    file: IO[bytes],
    name: str,
    answers: Mapping[str, str],
    expected: Mapping[str, str] | None = None,
) -> tuple[ImportRecord, ImportPreview]:
    """Save the whole file or nothing, and write into the history what it made and changed.

    Raises what `ImportResource.confirm` raises.
    """
    batch = uuid4()
    with noted(batch):
        done = resource.confirm(file, expected=expected)
    made = ImportRecord(
        batch=batch,
        kind=resource.kind.key,
        label=resource.kind.label,
        file_name=Path(name).name[-200:],
        digest=done.digest,
        actor=resource.actor,
        new=done.new,
        changed=done.changed,
        unchanged=done.unchanged,
        answers=dict(answers),
    )
    return record(made, actor=resource.actor), done


def effects_of(subject: ImportRecord) -> list[dict[str, Any]]:
    """Return how many rows of each kind the import made, changed and removed; logs and the like left out."""
    return [
        {"label": one.label, "made": len(one.made), "changed": len(one.changed), "gone": len(one.gone)}
        for one in undoing.effects(subject.batch)
        if not issubclass(one.model, StateMove)
    ]


def changes_of(subject: ImportRecord) -> QuerySet[RowChange]:
    """Return the changes of rows that were there before."""
    return undoing.changes_of(subject.batch)


def in_words(changes: Iterable[RowChange]) -> list[ChangedRow]:
    """Return the changes as people read them."""
    return retold(changes)


def answers_in_words(subject: ImportRecord) -> list[str]:
    """Return what was answered to the list's questions."""
    asked = {question.key: question for question in kind_of(subject.kind).questions}
    found = [(asked[key], text) for key, text in subject.answers.items() if key in asked]
    return [f"{question.words}{question.parser.show(question.read(text))}" for question, text in found]


@transaction.atomic
def take_back(*, subject: ImportRecord, actor: User, why: str, report: Report = _quietly) -> ImportRecord:
    """撤回: remove what the import made, or let its room cancel what may not be removed; restore what it changed.

    All or nothing. Raises `Refused` naming what changed since, what hangs on it, or what was written once.
    """
    held: Any = hold(subject)
    move(held, "take_back", actor=actor, why=why)
    report(0.05, "正在核对此后的改动")
    found = undoing.effects(held.batch)
    cancel = partial(kind_of(held.kind)(actor=actor).cancel_made, why=f"撤回导入：{why}")
    undoing.refuse_what_is_in_the_way(held.batch, found)
    for model, keys in undoing.written_once(found).items():
        cancel(model=model, keys=keys)
    report(0.4, "正在撤销已按步骤登记的内容")
    kept = undoing.logged(found)
    for model, keys in kept.items():
        cancel(model=model, keys=keys)
    report(0.6, "正在删除新增的行、恢复原值")
    undoing.restore(held.batch, found, kept=kept)
    return subject
