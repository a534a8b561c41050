"""Files that the account asked for and has not taken, on the desk."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse

from union_portal.base.models.papers import PaperState
from union_portal.base.portal import DeskItem
from union_portal.base.prepared import own
from union_portal.home.files.models import AskedFile

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User

_TOLD = {
    PaperState.WAITING: "正在生成的文件",
    PaperState.WORKING: "正在生成的文件",
    PaperState.DONE: "已生成、可下载的文件",
    PaperState.FAILED: "没有生成的文件",
}


def _untaken(user: "User") -> "QuerySet[AskedFile]":
    found: QuerySet[AskedFile] = AskedFile.objects.visible_to(user).not_taken().only("title", "state")
    return found


def untaken_files(user: "User") -> Iterator[DeskItem]:
    for file in own(user, "untaken files", _untaken):
        address = reverse("home:file", args=[file.pk])
        yield DeskItem(title=_TOLD[PaperState(file.state)], detail=file.title, address=address)
