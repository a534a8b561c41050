"""An archive that came by the desk: kept while the worker takes its lists in, one after the other; then thrown away."""

import datetime as dt
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.models import User
from union_portal.accounts.services import log_access
from union_portal.base.errors import Conflict, Refused
from union_portal.base.importing.preview import AnswersNeeded, ImportPreview, ImportRefused
from union_portal.base.steps import saved
from union_portal.home.imports.services.history import Report
from union_portal.home.leaving.enums import ListState
from union_portal.home.leaving.models import KEPT, Arrival
from union_portal.home.leaving.services import taking_in

# So many faults of a list are kept to be shown; of the others it is said how many there are.
SHOWN_FAULTS = 500
_OVER = "这次整体迁入已经办完。"


@transaction.atomic
def receive(*, file: Any, key: str, actor: User) -> Arrival:
    """Keep an archive for the worker.

    Raises `Conflict` while another one is open, `Refused` for what is no archive, for another archive's key, and where
    the portal has a register of its own that no earlier archive, given up half-way, brought.
    """
    if Arrival.objects.filter(is_open=True).exists():
        raise Conflict("已有一份整体迁入没有办完，请先接着导入或放弃。")
    if not goes_on():
        taking_in.refuse_filled()
    secret = taking_in.key_in(key)
    taking_in.look_at(file, secret=secret)
    made = Arrival(name=Path(str(file.name)).name[-200:], key=secret, actor=actor)
    made.file.save(made.name, File(file), save=False)
    saved(made)
    _log(made, actor, "上传")
    return made


def goes_on() -> bool:
    """Tell whether the register holds what came by an archive that was given up half-way."""
    last = Arrival.objects.order_by("-pk").first()
    return last is not None and last.done_at is None and any(one["state"] == ListState.DONE for one in last.lists)


def work(*, arrival: Arrival, report: Report) -> None:
    """Take in every list that is not in yet; raises `Refused` at the first that is refused, all before it stand."""
    if not arrival.is_open:
        return
    report(0.01, "正在解密")
    with arrival.file.open("rb") as file, taking_in.opened(file, secret=str(arrival.key)) as archive:
        _note(arrival, archive)
        found = archive.lists
        for place, one in enumerate(found):
            if _entry(arrival, one.path)["state"] in {ListState.DONE, ListState.SKIPPED}:
                continue
            _take(arrival, archive, one, _part(report, 0.05 + 0.9 * place / len(found), 0.9 / len(found), one.label))
    with transaction.atomic():
        arrival.done_at = timezone.now()
        _close(arrival)


def _note(arrival: Arrival, archive: taking_in.Archive) -> None:
    """Write down whose archive it is and which lists it has, the first time it is opened."""
    arrival.union = str(archive.told["union"])[:200]
    arrival.made_at = parse_datetime(str(archive.told["made_at"]))
    if not arrival.lists:
        arrival.lists = [
            {"kind": one.kind, "label": one.label, "path": one.path, "rows": one.rows}
            | {"state": ListState.WAITING, "faults": [], "more": 0}
            for one in archive.lists
        ]
    saved(arrival, fields=["union", "made_at", "lists"])


def _entry(arrival: Arrival, path: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in arrival.lists if one["path"] == path)
    return found


def _part(report: Report, begins: float, length: float, label: str) -> Report:
    """Return what tells how far one list is, as a part of the whole."""
    return lambda share, words: report(begins + length * share, f"{label}：{words}")


def _take(arrival: Arrival, archive: taking_in.Archive, one: taking_in.List, report: Report) -> None:
    entry = _entry(arrival, one.path)
    report(0.0, "正在读取")
    try:
        with transaction.atomic():
            done = taking_in.take_list(archive, one, actor=arrival.actor, report=report)
            entry |= {"state": ListState.DONE, "new": done.new, "changed": done.changed, "unchanged": done.unchanged}
            entry |= {"faults": [], "more": 0}
            saved(arrival, fields=["lists"])
    except (ImportRefused, AnswersNeeded) as error:
        entry |= {"state": ListState.REFUSED, **_told(error.preview)}
        saved(arrival, fields=["lists"])
        raise Refused(f"{one.label}没有导入，其后的名单都在等它。原因列在下面。") from error


def _told(preview: ImportPreview) -> dict[str, Any]:
    """Return why a list was refused: by row and field; what stood in the cell is not kept."""
    faults: list[dict[str, Any]] = [
        {"sheet": fault.sheet, "row": fault.row, "label": fault.label, "reason": fault.reason}
        for fault in preview.faults
    ]
    faults += [{"sheet": "", "row": 0, "label": "", "reason": asked.words} for asked in preview.unanswered]
    return {"faults": faults[:SHOWN_FAULTS], "more": len(faults[SHOWN_FAULTS:]) + preview.unlisted}


@transaction.atomic
def skip(*, arrival: Arrival, actor: User) -> Arrival:
    """Leave out the list that was refused; what it holds is brought by hand. Raises Refused where none was."""
    held = _held(arrival)
    if held.refused is None:
        raise Refused("没有被退回的名单。")
    label = held.refused["label"]
    held.refused.update(state=ListState.SKIPPED, faults=[], more=0)
    _log(held, actor, f"跳过{label}")
    return saved(held, fields=["lists"])


@transaction.atomic
def give_up(*, arrival: Arrival, actor: User) -> None:
    """Take nothing more in; what is in stays. Raises Refused where it is over already."""
    held = _held(arrival)
    _log(held, actor, "放弃")
    _close(held)


def sweep() -> int:
    """Give up what nobody finished within days, so that no key lies there longer; return how many."""
    with transaction.atomic():
        found = list(Arrival.objects.over(moment=timezone.now() - KEPT).select_for_update(of=("self",)))
        for one in found:
            _close(one)
        return len(found)


def _held(arrival: Arrival) -> Arrival:
    held: Arrival = Arrival.objects.select_for_update(of=("self",)).get(pk=arrival.pk)
    if not held.is_open:
        raise Refused(_OVER)
    return held


def _close(arrival: Arrival) -> None:
    place, arrival.file, arrival.key, arrival.is_open = str(arrival.file.name), None, "", False
    # What faults tell may name people: it is of use only while somebody puts them right.
    for one in arrival.lists:
        one["faults"] = []
    saved(arrival, fields=["file", "key", "is_open", "lists", "done_at"])
    if place:
        transaction.on_commit(partial(default_storage.delete, place))


def kept_until(arrival: Arrival) -> dt.date:
    """Return the last day on which an open one can be gone on with."""
    return timezone.localdate(arrival.at + KEPT)


def _log(arrival: Arrival, actor: User, step: str) -> None:
    log_access(
        user=actor,
        action=Access.IMPORT,
        kind="home.arrival",
        subject=str(arrival.pk),
        data_class=DataClass.HEALTH,
        purpose=f"整体迁入 {arrival.name}：{step}"[:200],
    )
