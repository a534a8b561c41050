"""What the worker does for archives of everything."""

from procrastinate.contrib.django import app

from union_portal.base import jobs
from union_portal.base.daily import daily
from union_portal.home.imports.services.working import reported
from union_portal.home.leaving.models import Leaving
from union_portal.home.leaving.services import asking

FAILED = "整体导出中途出错，没有生成。请重新生成；仍不成功请联系管理员。"


def queue(asked: Leaving) -> None:
    """Let the worker write the archive, in the transaction that confirms it."""
    jobs.queue(make_leaving, key=asked.lock, leaving_id=asked.pk)


@app.task(queue="paper", name="home.make_leaving", retry=jobs.AGAIN)
def make_leaving(leaving_id: int) -> None:
    """Write the archive that was asked for; running again after a crash does no harm."""
    asked = Leaving.objects.filter(pk=leaving_id).first()
    if asked is None:
        return
    with jobs.told(key=asked.lock, failed=FAILED), reported(asked.lock) as report:
        asking.make(asked=asked, report=report)


@daily(at="03:37")
@app.task(queueing_lock="home.sweep_leavings", name="home.sweep_leavings", pass_context=False)
def sweep_leavings(timestamp: int) -> int:
    """Throw archives away whose days are over."""
    del timestamp
    return asking.sweep()
