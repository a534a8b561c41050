"""The morning's digests."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congress.ratings import services as ratings
from congress.reminders import services as reminders
from union_portal.base.daily import daily


@daily(at="07:30")
@app.task(queueing_lock="congress.send_reminders", name="congress.send_reminders")
def send_reminders(timestamp: int) -> int:
    """Close what nobody rated in time and send the morning's digests; running again sends nothing twice."""
    del timestamp
    today = timezone.localdate()
    ratings.close_unrated(on=today)
    return reminders.send(on=today)
