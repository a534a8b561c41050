"""What the worker does for archives of everything, going and coming."""

from procrastinate.contrib.django import app

from union_portal.base import jobs
from union_portal.base.daily import daily
from union_portal.home.imports.services.working import reported
from union_portal.home.leaving.models import Arrival, Leaving
from union_portal.home.leaving.services import arriving, asking

FAILED = "整体导出中途出错，没有生成。请重新生成；仍不成功请联系管理员。"

STOPPED = "整体迁入中途出错，已导入的名单保留。请点“接着导入”；仍不成功请联系管理员。"


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


def queue_arrival(arrival: Arrival) -> None:
    """Let the worker take the lists in, in the transaction that keeps the archive or goes on with it."""
    jobs.queue(take_arrival, key=arrival.lock, arrival_id=arrival.pk)


@app.task(name="home.take_arrival", retry=jobs.AGAIN)
def take_arrival(arrival_id: int) -> None:
    """Take an archive's lists in, or say at which one it stopped; running again goes on with the next."""
    arrival = Arrival.objects.select_related("actor").filter(pk=arrival_id, is_open=True).first()
    if arrival is None:
        return
    with jobs.told(key=arrival.lock, failed=STOPPED, done="全部名单已处理"), reported(arrival.lock) as report:
        arriving.work(arrival=arrival, report=report)


@daily(at="03:39")
@app.task(queueing_lock="home.sweep_arrivals", name="home.sweep_arrivals", pass_context=False)
def sweep_arrivals(timestamp: int) -> int:
    """Give up archives that nobody went on with for days."""
    del timestamp
    return arriving.sweep()
