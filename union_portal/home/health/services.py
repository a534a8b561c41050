"""Jobs that were given up: what they were, for the administrator, who has them tried again or lets them go."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from union_portal.accounts.models import User
from union_portal.base.encryption import KeyTrouble
from union_portal.base.errors import Refused
from union_portal.base.mailing import addressee

NAMES = {
    "base.deliver": "发送邮件",
    "accounts.mail_code": "发送登录码",
    "annual_report.render_frozen": "报告定稿",
    "annual_report.render_preview": "报告预览",
    "congress.render_proposal_report": "提案工作报告排版",
    "congress.send_reminders": "提案办理提醒",
    "welfare.render_sheets": "签收表排版",
    "welfare.render_statement": "福利享受单排版",
    "home.make_leaving": "整体导出",
    "home.take_arrival": "整体迁入",
    "home.work_on_upload": "处理导入文件",
    "home.take_back_import": "撤回导入",
}
# The minute's own jobs: the next minute does what this one could not.
_OF_THE_MINUTE = ("base.tick", "base.retry_stalled_jobs")


@dataclass(frozen=True)
class GivenUp:
    """A job that failed as often as it may: what it was to do, for whom, and when it was given up."""

    pk: int
    what: str
    whom: str
    at: dt.datetime | None


def given_up() -> "QuerySet[ProcrastinateJob]":
    """Return the jobs that failed for good."""
    return ProcrastinateJob.objects.filter(status="failed").exclude(task_name__in=_OF_THE_MINUTE)


def told(limit: int = 100) -> Iterator[GivenUp]:
    """Yield the newest of them in words."""
    for job in given_up().annotate(ended=Max("procrastinateevent__at")).order_by("-pk")[:limit]:
        yield GivenUp(job.pk, NAMES.get(job.task_name, job.task_name), _whom(job), job.ended)


def try_again(*, pk: int) -> None:
    """Queue the job again; refused when it is no longer among those given up."""
    _named(pk)
    app.job_manager.retry_job_by_id(pk, retry_at=timezone.now())


def let_go(*, pk: int) -> None:
    """Forget the job; refused when it is no longer among those given up."""
    _named(pk)
    # The library's manager only reads.
    QuerySet(ProcrastinateJob).filter(pk=pk, status="failed").delete()


def _named(pk: int) -> None:
    if not given_up().filter(pk=pk).exists():
        raise Refused("这项任务已不在列表中，可能已由他人处理。")


def _whom(job: ProcrastinateJob) -> str:
    if job.task_name == "base.deliver":
        try:
            return addressee(job.args["letter"])
        except KeyTrouble:
            return ""
    if job.task_name == "accounts.mail_code":
        return str(User.objects.filter(pk=job.args["user_id"]).first() or "")
    return str(job.lock or "")
