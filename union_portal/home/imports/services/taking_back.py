"""A large import is taken back in the worker, as it was saved there; the page that waits sees how far it is."""

from django.db import transaction

from union_portal.accounts.models import User
from union_portal.base import jobs
from union_portal.base.errors import Refused
from union_portal.home.imports.enums import ImportState
from union_portal.home.imports.models import ImportRecord
from union_portal.home.imports.services import history, working


def is_large(subject: ImportRecord) -> bool:
    """Tell whether the worker takes the import back."""
    return subject.new + subject.changed > working.LARGE_ROWS


def key_of(subject: ImportRecord) -> str:
    """Return the key under which the page finds the progress."""
    return f"home.take_back:{subject.pk}"


@transaction.atomic
def begin(*, subject: ImportRecord) -> None:
    """Note that the worker is to take it back; refused while it is at it."""
    ImportRecord.objects.select_for_update().get(pk=subject.pk)
    if under_way(subject):
        raise Refused("这次导入正在撤回，请稍候。")
    jobs.start(key=key_of(subject), total=100, message="等待后台处理")


def under_way(subject: ImportRecord) -> bool:
    """Tell whether the worker is at it, as far as was heard of it."""
    progress = jobs.find(key_of(subject))
    return progress is not None and progress.is_running and not working.is_silent(progress.key)


def run(*, subject: ImportRecord, actor: User, why: str) -> None:
    """Take it back; a second run finds nothing to do."""
    key = key_of(subject)
    if subject.state != ImportState.SAVED:
        return
    with jobs.told(key=key, failed=working.FAILED, done="已撤回"), working.reported(key) as report:
        history.take_back(subject=subject, actor=actor, why=why, report=report)
