"""Days that tests count from."""

import datetime as dt

import pytest
from django.utils import timezone

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db
