"""Uploads that wait for their confirmation, on the desk."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode

from union_portal.base.importing.kinds import kinds
from union_portal.base.portal import DeskItem
from union_portal.home.imports.models import PendingImport

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def add_page(user: "User", label: str, word: str) -> str:
    """Return the page on which a new row of that name is added, for whoever may add one."""
    app, _dot, name = label.partition(".")
    if not label or not user.has_perm(f"{app}.add_{name}"):
        return ""
    try:
        return f"{reverse(f'admin:{app}_{name}_add')}?{urlencode({'name': word})}"
    except NoReverseMatch:
        return ""


def waiting_uploads(user: "User") -> Iterator[DeskItem]:
    labels = {resource.kind.key: resource.kind.label for resource in kinds()}
    for pending in PendingImport.objects.visible_to(user).waiting():
        yield DeskItem(
            title="待确认的导入",
            detail=f"{labels.get(pending.kind, pending.kind)} · {pending.file_name}",
            address=reverse("home:import_preview", args=[pending.pk]),
            due_on=timezone.localdate(pending.expires_at),
        )
