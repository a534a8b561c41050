"""Putting a first step aside, for schools that do not need it, and taking it up again."""

from collections.abc import Collection

from django.db import transaction

from union_portal.base import profile
from union_portal.base.models import UnionProfile
from union_portal.base.models.profile import THE_ONE
from union_portal.base.steps import saved


@transaction.atomic
def put_aside(*, keys: Collection[str], aside: bool) -> None:
    """Put these steps aside for everybody, or take them up again; only a list on the desk, nothing else changes."""
    row = UnionProfile.objects.select_for_update().filter(pk=THE_ONE).first() or UnionProfile()
    kept = set(row.steps_aside)
    row.steps_aside = sorted(kept | set(keys) if aside else kept - set(keys))
    profile.keep(saved(row))
