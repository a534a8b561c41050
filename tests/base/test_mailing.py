"""A mail server that accepts and says nothing holds no page; what did not leave is tried again, then given up."""

import json
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.letters import posted
from union_portal.base import mailing

pytestmark = pytest.mark.django_db


@pytest.fixture
def silent_server(settings: Any) -> Iterator[None]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 0.2
        yield


def test_only_the_worker_waits_for_a_server_that_says_nothing_and_not_for_ever(silent_server: None) -> None:
    mailing.mail(["lin@example.org"], subject="提醒", text="请登录。")
    job = ProcrastinateJob.objects.get(task_name="base.deliver")
    began = time.monotonic()
    with pytest.raises(OSError, match="timed out") as silent:
        mailing.deliver(**job.args)
    assert time.monotonic() - began < 3
    again = mailing.RETRY.get_retry_decision(exception=silent.value, job=job.procrastinate_job)
    assert again
    job.attempts = 5
    assert mailing.RETRY.get_retry_decision(exception=silent.value, job=job.procrastinate_job) is None


def test_a_letter_waits_unreadable_is_undone_with_its_cause_and_has_one_line_as_subject() -> None:
    with transaction.atomic():
        mailing.mail(["lin@example.org"], subject="作废", text="。")
        transaction.set_rollback(True)
    mailing.mail(["lin@example.org"], subject="邀请您附议：食堂\r\n夜宵", text="请登录。")
    job = ProcrastinateJob.objects.get(task_name="base.deliver")
    assert "lin" not in json.dumps(job.args)
    assert mailing.addressee(job.args["letter"]) == "lin@example.org"
    (letter,) = posted()
    assert (letter.to, letter.subject, letter.body) == (["lin@example.org"], "邀请您附议：食堂 夜宵", "请登录。")
