"""Keeps the database's vocabulary equal to the code's after every migrate and flush."""

from typing import Any

from union_portal.base.models import AllowedMove
from union_portal.base.states import MACHINES


def sync_allowed_moves(*, using: str = "default", **_signal: Any) -> None:
    """Make the table of allowed moves say exactly what the machines in code say."""
    wanted = {(name, source, target) for name, machine in MACHINES.items() for source, target in machine.pairs()}
    rows = AllowedMove.objects.using(using)
    present = {(row.machine, row.source, row.target): row.pk for row in rows.all()}
    rows.filter(pk__in=[pk for key, pk in present.items() if key not in wanted]).delete()
    rows.bulk_create(
        AllowedMove(machine=machine, source=source, target=target)
        for machine, source, target in sorted(wanted - present.keys())
    )
