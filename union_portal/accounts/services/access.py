"""The access log's one way in."""

from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.models import AccessEntry, User


def log_access(
    *,
    user: User | None,
    action: Access,
    kind: str = "",
    subject: str = "",
    data_class: DataClass | str = "",
    purpose: str = "",
    rows: int | None = None,
    address: str | None = None,
) -> AccessEntry:
    """Write one line of the access log; it can never be changed.

    `kind` is the model or page, `subject` its number (never a person's name), `purpose` what the user said it is for.
    """
    return AccessEntry.objects.create(
        user=user,
        action=action,
        kind=kind[:64],
        subject=subject[:200],
        data_class=data_class,
        purpose=purpose[:200],
        rows=rows,
        address=address,
    )
