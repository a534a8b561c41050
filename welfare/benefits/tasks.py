"""What the years bring: their festivals."""

from django.utils import timezone
from procrastinate.contrib.django import app

from union_portal.base.daily import daily
from welfare.benefits.services import place_festivals


@daily(at="03:07")
@app.task(queueing_lock="welfare.place_festivals", name="welfare.place_festivals")
def place_coming_festivals(timestamp: int) -> int:
    """Have this year's and the next year's festivals ready for rounds; running again adds nothing twice."""
    del timestamp
    year = timezone.localdate().year
    return len(place_festivals(years=(year, year + 1)))
