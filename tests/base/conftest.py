"""The samples' lists, known to the portal only while a test asks for them."""

from collections.abc import Iterator

import pytest

from tests.sample.resources import LoanList, NoticeList
from union_portal.base.importing.kinds import register_kind, unregister_kind


@pytest.fixture
def sample_kinds() -> Iterator[None]:
    """Register the samples' lists."""
    for one in (LoanList, NoticeList):
        register_kind(one)
    yield
    for one in (LoanList, NoticeList):
        unregister_kind(one.kind.key)
