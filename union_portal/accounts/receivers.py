"""Sign-ins, refusals and sign-outs go to the access log."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from union_portal.accounts.enums import Access
from union_portal.accounts.models import User
from union_portal.accounts.services import log_access
from union_portal.base.importing.signals import exported, imported

if TYPE_CHECKING:
    from django.http import HttpRequest  # noqa: TID251  # a signal brings the request


@receiver(user_logged_in)
def log_sign_in(request: "HttpRequest | None", user: User, **_signal: Any) -> None:
    """Log a sign-in."""
    log_access(user=user, action=Access.SIGN_IN, request=request)


@receiver(user_logged_out)
def log_sign_out(request: "HttpRequest | None", user: User | None, **_signal: Any) -> None:
    """Log a sign-out."""
    if user is not None:
        log_access(user=user, action=Access.SIGN_OUT, request=request)


@receiver(user_login_failed)
def log_refusal(credentials: dict[str, Any], request: "HttpRequest | None" = None, **_signal: Any) -> None:
    """Log a refused sign-in with the number that was tried."""
    tried = str(credentials.get("username") or credentials.get("staff_number") or "")[:32]
    user = User.objects.filter(staff_number=tried).first()
    # What somebody typed may be a password in the wrong field: only numbers that exist are written down.
    log_access(user=user, action=Access.REFUSED, subject=tried if user else "", request=request)


@receiver(imported)
def log_import(actor: User | None, kind: Any, preview: Any, **_signal: Any) -> None:
    """Log what was imported, by kind and number of rows."""
    rows = len(preview.rows)
    log_access(user=actor, action=Access.IMPORT, kind=str(kind.key), rows=rows)


@receiver(exported)
def log_export(actor: User | None, kind: Any, purpose: str, rows: int, classification: Any, **_signal: Any) -> None:
    """Log an export with its purpose and the highest class of data in it."""
    log_access(
        user=actor,
        action=Access.EXPORT,
        kind=str(kind.key),
        purpose=purpose,
        rows=rows,
        data_class=classification or "",
    )
