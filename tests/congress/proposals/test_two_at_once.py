"""From a draft to the committee: the drive's rules, numbers without gaps, what comes late, what is taken back."""

import threading

import pytest
from django.db import connection

from congress.proposals.models import Proposal
from tests.factories import drives
from tests.factories.proposals import drafted, submit


@pytest.mark.django_db(transaction=True)
def test_two_submissions_at_once_take_two_numbers() -> None:
    drive = drives.drive(code="2031", min_seconders=0)
    proposals = [drafted(drive, title=title) for title in ("甲", "乙")]
    gate = threading.Barrier(2)
    numbers: list[str] = []

    def run(proposal: Proposal) -> None:
        try:
            gate.wait(timeout=10)
            numbers.append(submit(proposal).number)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(one,)) for one in proposals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(numbers) == ["2031-001", "2031-002"]


pytestmark = pytest.mark.django_db
