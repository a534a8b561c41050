"""The portal's pulse, and what the administrator hears of the background service."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import workers
from tests.factories.members import account_with_role
from union_portal.accounts.enums import Role
from union_portal.base.mailing import mail

pytestmark = pytest.mark.django_db


def pulse(client: Client) -> list[str]:
    return client.get("/health/").content.decode().splitlines()


def test_the_pulse_is_open_and_says_when_the_worker_is_missing(client: Client) -> None:
    assert pulse(client) == ["database: ok", "worker: missing, last heard never"]
    worker = workers.heard_of()
    assert pulse(client) == ["database: ok", "worker: ok"]
    workers.killed(worker)
    told = client.get("/health/")
    assert told.status_code == 200
    assert "worker: missing, last heard 20" in told.content.decode()


def test_the_administrator_sees_a_missing_worker_and_what_was_given_up_and_leads_it_on(
    client: Client, one_factor: None
) -> None:
    client.force_login(account_with_role(Role.ADMINISTRATOR))
    desk, page = reverse("admin:index"), reverse("home:jobs")
    assert "后台服务没有运行" in client.get(desk).content.decode()
    workers.heard_of()
    assert "后台服务没有运行" not in client.get(desk).content.decode()
    for address in ("lin@example.org", "wu@example.org"):
        mail([address], subject="提醒", text="请登录。")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert "没有完成的后台任务" in client.get(desk).content.decode()
    shown = client.get(page).content.decode()
    assert "发送邮件 · lin@example.org" in shown
    first, second = ProcrastinateJob.objects.order_by("pk").values_list("pk", flat=True)
    client.post(page, {"job": first, "again": ""})
    client.post(page, {"job": second, "drop": ""})
    client.post(page, {"job": "x\x00", "drop": ""})
    assert list(ProcrastinateJob.objects.values_list("pk", "status")) == [(first, "todo")]
    assert "没有失败的任务" in client.get(page).content.decode()
