"""The access log's one way in."""

from typing import TYPE_CHECKING, Any

from allauth.core import context
from allauth.core.internal.httpkit import get_client_ip

from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.models import AccessEntry, User

if TYPE_CHECKING:
    from django.http import HttpRequest  # noqa: TID251  # a signal brings the request


def log_access(
    *,
    user: User | None,
    action: Access,
    kind: str = "",
    subject: str = "",
    data_class: DataClass | str = "",
    purpose: str = "",
    rows: int | None = None,
    request: "HttpRequest | None" = None,
) -> AccessEntry:
    """Write one line of the access log; it can never be changed.

    `kind` is the model or page, `subject` its number (never a person's name), `purpose` what the user said it is for.
    The network address is that of the request under way, or of the one given; commands have none.
    """
    asked: Any = request or getattr(context, "request", None)
    return AccessEntry.objects.create(
        user=user,
        action=action,
        kind=kind[:64],
        subject=subject[:200],
        data_class=data_class,
        purpose=purpose[:200],
        rows=rows,
        # Behind as many proxies as the settings trust.
        address=get_client_ip(asked) if asked is not None else None,
    )
