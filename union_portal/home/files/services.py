"""Files that take long: asked for here, made by the worker, given to whoever asked, thrown away after some days."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from union_portal.accounts.models import User
from union_portal.base import making
from union_portal.base.encryption import seal, unseal
from union_portal.base.errors import Refused
from union_portal.base.files import maker_of
from union_portal.base.making import Progress
from union_portal.base.models.papers import PaperState
from union_portal.home.files.models import AskedFile

KEPT_DAYS = 7
TASK = "home.make_file"
_CONTEXT = "home.askedfile"
_NO_MORE = "您的角色或权限在文件生成后有变动，不能再下载；如仍需要，请重新导出。"


@transaction.atomic
def ask_for(*, key: str, asked: Mapping[str, Any], title: str, actor: User) -> AskedFile:
    """Let the worker make the file; asked for twice while it is made, it is one file.

    What the worker gave up meanwhile is begun again.
    """
    told = json.dumps([key, asked], sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(told.encode()).hexdigest()
    try:
        with transaction.atomic():
            made = AskedFile.objects.create(
                title=title[:200],
                maker=key,
                asked=dict(asked),
                digest=digest,
                requested_by=actor,
                message=PaperState.WAITING.label,
            )
    except IntegrityError:  # the first asking is under way: this one waited for it at the unique index
        first: AskedFile = AskedFile.objects.visible_to(actor).under_way().get(digest=digest)
        if first.failure:
            again(file=first)
        return first
    making.queue(made, task=TASK)
    return made


@transaction.atomic
def again(*, file: AskedFile) -> None:
    """Let the worker begin anew what came to nothing; refused while it is at it and once the file is there."""
    held = AskedFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if not held.failure:
        raise Refused("这份文件已经生成，或正在生成，不必重试。")
    held.state, held.done, held.message = PaperState.WAITING, 0, PaperState.WAITING.label
    try:
        held.save(update_fields=["state", "done", "message"])
    except IntegrityError as error:
        raise Refused("同样的文件已另行申请，正在生成。") from error
    making.queue(held, task=TASK)


def make(*, pk: int) -> None:
    """Make the file as the account that asked for it, with what it may see now; a second run finds nothing to do."""
    file = AskedFile.objects.filter(pk=pk).first()
    if file is not None:
        making.make(file, name=f"{file.pk}.sealed", work=partial(_made, file))


def _made(file: AskedFile, progress: Progress) -> tuple[bytes, int | None]:
    user = User.objects.get(pk=file.requested_by_id)
    if not user.is_active or not user.is_staff:
        raise Refused("申请人的账号已停用，或已不再担任角色。")
    standing = standing_of(user)
    made = maker_of(file.maker).make(user, file.asked, progress)
    progress(98, "正在保存文件")
    file.name, file.content_type, file.rows = made.name[:200], made.content_type, made.rows
    file.data_class, file.shown, file.standing, file.words = made.data_class, made.shown, standing, made.words[:500]
    file.save(update_fields=["name", "content_type", "rows", "data_class", "shown", "standing", "words"])
    return seal(made.content, context=_CONTEXT), made.pages


def content_of(*, file: AskedFile, actor: User, sealed: bytes) -> bytes:
    """Return what the stored file says, for its asker, and note that it was taken.

    Refused to whoever has lost a right by which it was made.
    """
    lost = set(map(tuple, file.standing)) - set(map(tuple, standing_of(actor)))
    if lost or not maker_of(file.maker).may(actor, file.asked):
        raise Refused(_NO_MORE)
    content = unseal(sealed, context=_CONTEXT)
    note_taken(file=file)
    return content


def note_taken(*, file: AskedFile) -> None:
    """Note that whoever asked has it: it waits on no desk any more."""
    AskedFile.objects.filter(pk=file.pk, taken_at=None).update(taken_at=timezone.now())


def standing_of(user: User) -> list[list[str]]:
    """Return what the account is today: its roles with their branches, and whose roles it was lent."""
    today = timezone.localdate()
    own = user.role_assignments.in_force(on=today).values_list("role", "branches__branch")
    lent = user.delegations_received.in_force(on=today).values_list("role", "delegator")
    told = {("own", str(role), str(branch or "")) for role, branch in own}
    told |= {("lent", str(role), str(delegator)) for role, delegator in lent}
    return sorted(map(list, told | ({("all", "", "")} if user.is_superuser else set())))


def remove(*, file: AskedFile) -> None:
    """Throw a file away that its asker needs no longer; refused while the worker is at it."""
    if file.is_running:
        raise Refused("这份文件正在生成，请等它完成后再删除。")
    _throw_away([file])


def sweep() -> int:
    """Throw away what is older than KEPT_DAYS; returns how many."""
    return _throw_away(AskedFile.objects.older_than(timezone.now() - dt.timedelta(days=KEPT_DAYS)))


def _throw_away(files: Any) -> int:
    """Delete the rows, and the files once that holds: a row that comes back must find its file."""
    count = 0
    for file in files:
        with transaction.atomic():
            if file.file:
                transaction.on_commit(partial(default_storage.delete, str(file.file.name)))
            file.delete()
        count += 1
    return count
