"""What a page says that closed while it was open: who did it, when, and to whom the matter went."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import reverse

from congress.bodies.models import Congress
from union_portal.accounts.models import User
from union_portal.base.moments import minute
from union_portal.base.portal import Contribution, FirstStep, contribute


def list_address(model: str, query: str = "") -> str:
    return f"{reverse(f'admin:congress_{model}_changelist')}{query}"


@dataclass(frozen=True)
class ClosedPage:
    """Why it is closed: in words; 409 where the matter moved on, 403 where the person's own duty ended."""

    subject: str
    words: str
    status: int
    back: str


def day_in_words(moment: dt.datetime | dt.date) -> str:
    if isinstance(moment, dt.datetime):
        return minute(moment)
    return f"{moment:%Y-%m-%d}"


def name_of(user: User | None) -> str:
    return (user.name or user.staff_number) if user else "系统"


def events_of(model: type[Model], **which: Any) -> Any:
    """Return the kept history of a tracked model, oldest first."""
    rows: Any = apps.get_model(f"{model._meta.label}Event")  # noqa: SLF001
    return rows.objects.filter(**which).select_related("pgh_context").order_by("pgh_id")


def changed_by(event: Any) -> str:
    """Name who made a change of which history keeps only the account's key."""
    metadata = event.pgh_context.metadata if event and event.pgh_context else {}
    key = metadata.get("user")
    return name_of(User.objects.filter(pk=key).first() if key else None)


def as_sentence(words: str) -> str:
    return words if words.endswith(("。", ".", "！", "!")) else words + "。"


contribute(
    Contribution(
        first_steps=(
            FirstStep(
                key="congress",
                rank=60,
                title="登记教代会、工代会的届次",
                why="代表、会议和提案都属于某一届",
                by="提案工作秘书",
                rows=Congress.objects.all,
                unit="届",
                page="admin:congress_congress_add",
                permission="congress.import_congress",
                kind="congresses",
            ),
        )
    )
)
