"""The portal's pulse."""

import pytest
from django.test import Client


def test_the_pulse_is_open(client: Client) -> None:
    assert client.get("/health/").content == b"ok"


pytestmark = pytest.mark.django_db
