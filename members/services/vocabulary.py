"""Starting vocabulary, kept in place after every migrate and flush; what staff add or rename stays theirs."""

from typing import Any

from members.enums import COHORT_KINDS
from members.models import CohortKind


def sync_cohort_kinds(*, using: str = "default", **_signal: Any) -> None:
    """Add the starting kinds of special group that are missing."""
    CohortKind.objects.using(using).bulk_create(
        (CohortKind(code=code, name=name, sensitive=sensitive) for code, name, sensitive in COHORT_KINDS),
        ignore_conflicts=True,
    )
