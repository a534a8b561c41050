"""What the background service leaves for the administrator's desk."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from union_portal.base.living import worker_runs
from union_portal.base.portal import Contribution, DeskItem, Place, contribute
from union_portal.home.health.services import given_up

if TYPE_CHECKING:
    from union_portal.accounts.models import User


def of_the_service(user: "User") -> Iterator[DeskItem]:
    """Yield that the worker is missing, and that jobs were given up."""
    if not user.has_perm("home.watch_jobs"):
        return
    if not worker_runs():
        yield DeskItem(
            "后台服务没有运行",
            "邮件、导入、定稿和每日任务都在等待；请在服务器上启动后台服务",
            reverse("home:jobs"),
            urgent=True,
        )
    if count := given_up().count():
        yield DeskItem("没有完成的后台任务", "邮件或后台任务多次失败，请查看", reverse("home:jobs"), count=count)


contribute(
    Contribution(
        desk_items=of_the_service,
        places=(
            Place(job="settings", label="后台任务", name="home:jobs", permission="home.watch_jobs", icon="schedule"),
        ),
    )
)
