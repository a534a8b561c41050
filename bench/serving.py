"""The tests' settings for servers that a benchmark starts: with the addresses that show nothing, no second factor."""

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "bench.empty"
PORTAL_STAFF_TOTP = False
