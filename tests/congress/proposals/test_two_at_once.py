"""From a draft to the committee: the drive's rules, numbers without gaps, what comes late, what is taken back."""

from functools import partial

import pytest

from tests.database import at_once
from tests.factories import drives
from tests.factories.proposals import drafted, submit


@pytest.mark.django_db(transaction=True)
def test_two_submissions_at_once_take_two_numbers() -> None:
    drive = drives.drive(code="2031", min_seconders=0)
    proposals = [drafted(drive, title=title) for title in ("甲", "乙")]
    made = at_once(*(partial(submit, one) for one in proposals))
    assert sorted(one.number for one in made) == ["2031-001", "2031-002"]


pytestmark = [pytest.mark.attack, pytest.mark.django_db]
