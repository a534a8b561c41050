"""Uploads that wait for their confirmation, on the desk."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from union_portal.base.admin.returning import opened_from
from union_portal.base.importing.kinds import kinds
from union_portal.base.importing.lookups import NAMES
from union_portal.base.portal import DeskItem
from union_portal.base.prepared import own
from union_portal.home.imports.models import PendingImport
from union_portal.home.imports.querysets import may_import

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def add_page(user: "User", label: str, word: str, *, back: str) -> str:
    """Return the form for a new row of that name, which leads back once it is saved; empty for who may not add one."""
    app, _dot, name = label.partition(".")
    if not label or not user.has_perm(f"{app}.add_{name}"):
        return ""
    fields = {field.name for field in apps.get_model(label)._meta.concrete_fields}  # noqa: SLF001
    goes_by = next((one for one in NAMES if one in fields), "name")
    try:
        return opened_from(reverse(f"admin:{app}_{name}_add"), back=back, user=user, **{goes_by: word})
    except NoReverseMatch:
        return ""


def waiting_uploads(user: "User") -> Iterator[DeskItem]:
    """Yield the uploads that the account can still confirm."""
    labels = {resource.kind.key: resource.kind.label for resource in kinds()}
    kinds_read, now = may_import(user), timezone.now()
    # What runs out in the course of the day is left out below.
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)

    def asked(account: "User") -> Any:
        return PendingImport.objects.of(account, kinds_read).waiting(now=midnight)

    for pending in own(user, ("uploads", *kinds_read), asked):
        if pending.expires_at <= now:
            continue
        yield DeskItem(
            title="待确认的导入",
            detail=f"{labels.get(pending.kind, pending.kind)} · {pending.file_name}",
            address=reverse("home:import_preview", args=[pending.pk]),
            due_on=timezone.localdate(pending.expires_at),
        )
