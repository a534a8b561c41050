"""A process of its own that posts a round as the portal's web server does, to be killed while it works."""

import sys

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse

from union_portal.accounts.models import User

START = "import django; django.setup(); from tests.welfare.ledger import posting_process; posting_process.main()"


def main() -> None:
    """Sign the officer in, open the step's page and send its form: `python -c START ROUND OFFICER DAY`.

    Says "ready" when started, waits for a line, says "posting" with its database process when it sends the form, and
    "answered" with the status if it lives to see one.
    """
    round_id, officer, day = sys.argv[1:]
    setup_test_environment()
    settings.PORTAL_STAFF_TOTP = False
    step = reverse("admin:welfare_round_step_post", args=[round_id])
    _say("ready")
    sys.stdin.readline()
    web = Client()
    web.force_login(User.objects.get(staff_number=officer))
    if web.get(step).status_code != 200:
        raise SystemExit("the step's page does not open")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        _say("posting", cursor.fetchone()[0])
    _say("answered", web.post(step, {"on": day}).status_code)


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()
