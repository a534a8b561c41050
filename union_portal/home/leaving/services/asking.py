"""Two people: one asks for the archive, another confirms it; what leaves, and through whom, is logged."""

import tempfile
from functools import partial

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from union_portal.accounts.enums import SECOND_PEOPLE, Access, DataClass
from union_portal.accounts.models import User
from union_portal.accounts.services import log_access
from union_portal.accounts.services.by_two import confirmed
from union_portal.base.age import new_key
from union_portal.base.errors import Conflict, Refused
from union_portal.base.importing.pending import file_digest
from union_portal.base.steps import saved
from union_portal.home.imports.services.history import Report
from union_portal.home.leaving.models import KEPT, Leaving
from union_portal.home.leaving.services.archive import write_archive


@transaction.atomic
def ask(*, reason: str, actor: User) -> Leaving:
    """Ask for everything in one archive; refused while another asking waits for its second person."""
    if Leaving.objects.select_for_update(of=("self",)).standing().filter(confirmed_by=None).exists():
        raise Conflict("已有整体导出的申请待确认。")
    made = saved(Leaving(reason=reason.strip(), asked_by=actor))
    log_leaving(user=actor, action=Access.EXPORT, subject=str(made.pk), purpose=f"申请：{made.reason}")
    return made


@transaction.atomic
def confirm(*, asked: Leaving, actor: User) -> tuple[Leaving, str]:
    """Agree to what somebody else asks for. Return it with the key, which is kept nowhere."""
    held, key = confirmed(asked, by=actor), new_key()
    held.recipient = key.recipient
    log_leaving(user=actor, action=Access.EXPORT, subject=str(held.pk), purpose=f"确认：{held.reason}")
    return saved(held, fields=["recipient"]), key.secret


def make(*, asked: Leaving, report: Report) -> None:
    """Write the archive and keep it; a second run finds nothing to do."""
    if asked.made_at is not None or asked.confirmed_by is None or asked.asked_by is None:
        return
    words = in_words(asked_by=asked.asked_by, confirmed_by=asked.confirmed_by, reason=asked.reason)
    with tempfile.TemporaryFile() as out:
        write_archive(out, recipient=asked.recipient, asked=words, report=report)
        asked.size, asked.digest = out.tell(), file_digest(out)
        out.seek(0)
        report(0.97, "正在保存文件")
        asked.file.save(f"{asked.pk}-{asked.digest[:12]}.zip", File(out), save=False)
    asked.made_at = timezone.now()
    saved(asked, fields=["file", "size", "digest", "made_at"])


def sweep() -> int:
    """Throw the archives away that were made some days ago; that they were asked for stays. Return how many."""
    return sum(_throw_away(one) for one in Leaving.objects.over(moment=timezone.now() - KEPT))


@transaction.atomic
def discard(*, asked: Leaving, actor: User) -> None:
    """Throw an archive away before its time. Raises Refused where it is gone already."""
    held = Leaving.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if not held.file:
        raise Refused("文件已删除，无需再删。")
    log_leaving(user=actor, action=Access.EXPORT, subject=str(held.pk), purpose="删除文件")
    _throw_away(held)


@transaction.atomic
def _throw_away(one: Leaving) -> int:
    place, one.file = str(one.file.name), None
    one.save(update_fields=["file"])
    transaction.on_commit(partial(default_storage.delete, place))
    return 1


def two_people(*, asked_by: User, confirmed_by: User) -> None:
    """Refuse one person for both, and anybody who is neither administrator nor chair today."""
    if asked_by == confirmed_by:
        raise Refused("申请人和确认人须是两个人。")
    for user in (asked_by, confirmed_by):
        if not (user.is_active and user.has_role(*SECOND_PEOPLE)):
            raise Refused(f"{user}今天不担任系统管理员或主席，不能申请或确认整体导出。")


def log_leaving(*, user: User, action: Access, subject: str, purpose: str) -> None:
    """Write down that somebody asked for everything, confirmed it, or took it away."""
    log_access(
        user=user,
        action=action,
        kind="home.leaving",
        subject=subject,
        data_class=DataClass.HEALTH,
        purpose=purpose,
    )


def in_words(*, asked_by: User, confirmed_by: User, reason: str) -> str:
    """Say in the archive who wanted it."""
    return f"申请人：{asked_by}；确认人：{confirmed_by}；用途：{reason}"
