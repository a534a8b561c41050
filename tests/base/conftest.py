"""Somebody signed in who lends the samples, and their lists, known to the portal only while a test asks for them."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.factories.accounts import officer
from tests.sample.resources import LoanList, NoticeList
from union_portal.accounts.enums import Role
from union_portal.base.importing.kinds import register_kind, unregister_kind


@pytest.fixture
def sample_kinds() -> Iterator[None]:
    """Register the samples' lists."""
    for one in (LoanList, NoticeList):
        register_kind(one)
    yield
    for one in (LoanList, NoticeList):
        unregister_kind(one.kind.key)


@pytest.fixture
def desk(client: Client) -> Client:
    """Sign in at the desk of the activities' office."""
    client.force_login(officer(Role.ACTIVITIES))
    return client
