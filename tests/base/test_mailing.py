"""A letter is written down with what makes it necessary; what did not leave is tried again, then given up."""

import json

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.letters import posted
from union_portal.base import mailing

pytestmark = pytest.mark.django_db


def test_what_did_not_leave_is_tried_again_for_an_hour_and_then_given_up() -> None:
    mailing.mail(["lin@example.org"], subject="提醒", text="请登录。")
    job = ProcrastinateJob.objects.get(task_name="base.deliver")
    assert mailing.RETRY.get_retry_decision(exception=TimeoutError(), job=job.procrastinate_job)
    job.attempts = 5
    assert mailing.RETRY.get_retry_decision(exception=TimeoutError(), job=job.procrastinate_job) is None


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
