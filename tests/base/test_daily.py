"""Jobs of every day run by the portal's own clock, once a day, and a day missed is made up."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from congress.reminders.tasks import send_reminders
from union_portal.base import daily
from union_portal.base.tasks import tick

pytestmark = pytest.mark.django_db


class Job:
    """A job that keeps the moments it was due."""

    name = "samples.daily"

    def __init__(self) -> None:
        self.due: list[str] = []

    def defer(self, *, timestamp: int) -> None:
        """Keep the moment, by the portal's clock."""
        moment = dt.datetime.fromtimestamp(timestamp, tz=timezone.get_default_timezone())
        self.due.append(f"{moment:%d %H:%M}")


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setattr(daily, "_jobs", {})
    return daily.daily(at="07:30")(Job())


def at(day: int, hour: int, minute: int = 0) -> list[str]:
    """Tick at this time of the portal's clock."""
    moment = dt.datetime(2026, 3, day, hour, minute, tzinfo=timezone.get_default_timezone())
    with time_machine.travel(moment, tick=False):
        return daily.queue_due()


def test_half_past_seven_is_half_past_seven_here_and_once_a_day(job: Job) -> None:
    assert at(10, 12) == []
    assert at(11, 7, 29) == []
    assert at(11, 7, 30) == [job.name]
    assert at(11, 7, 31) == at(11, 15, 30) == []
    assert at(12, 7, 33) == [job.name]
    assert job.due == ["11 07:30", "12 07:30"]


def test_what_was_missed_while_the_worker_was_down_is_made_up_once(job: Job) -> None:
    at(10, 12)
    assert at(11, 15) == [job.name]
    assert at(13, 2) == [job.name]
    assert at(13, 7, 30) == [job.name]
    assert at(17, 9) == [job.name]
    assert at(17, 10) == []
    assert job.due == ["11 07:30", "12 07:30", "13 07:30", "17 07:30"]


def test_the_tick_queues_the_reminders_by_the_portals_clock_and_never_twice_over() -> None:
    assert str(timezone.get_default_timezone()) == "Asia/Shanghai"
    for day in (10, 11, 12):
        with time_machine.travel(dt.datetime(2026, 3, day, 23, 31, tzinfo=dt.UTC), tick=False):
            tick(timestamp=0)
    waiting = ProcrastinateJob.objects.filter(task_name=send_reminders.name).get()
    assert waiting.args == {"timestamp": int(dt.datetime(2026, 3, 11, 23, 30, tzinfo=dt.UTC).timestamp())}
    queued = set(ProcrastinateJob.objects.values_list("task_name", flat=True))
    assert queued >= {"base.sweep_sent_forms", "welfare.sweep_statements", "home.sweep_uploads"}
