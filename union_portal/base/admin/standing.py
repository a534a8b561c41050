"""Where a row stands, in its list: the state as a pill, and the rows that wait for whoever looks."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest

from union_portal.base.admin.shim import display
from union_portal.base.rules import permission_of
from union_portal.base.states import machine_of


class StandingMixin:
    """Gives every list of a kind with states the column `state_shown`."""

    @display(description="状态", ordering="state", label={"on": "warning"})
    def state_shown(self, row: Any) -> tuple[str, str]:
        """Show the state as a pill, amber as long as a step leads on from it."""
        machine = machine_of(row)
        on = machine is not None and bool(machine.leads_on(state=row.state))
        return ("on" if on else ""), str(row.get_state_display())


class WaitsForMe(SimpleListFilter):
    """The rows that whoever looks can take on from where they stand."""

    title, parameter_name = "待我处理", "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the question to whoever may take a step that leads on."""
        model = model_admin.model
        machine: Any = machine_of(model)
        on = [move for state in {one.source for one in machine.moves} for move in machine.leads_on(state=state)]
        self.states = {move.source for move in on if request.user.has_perm(permission_of(model, move))}
        return [("yes", "待我处理")] if self.states else []

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Leave the rows in these states."""
        del request
        return queryset.filter(state__in=self.states) if self.value() == "yes" else queryset


def leads_on(model: Any) -> bool:
    """Tell whether rows of the model can wait for somebody: their table has a step that leads on."""
    machine = machine_of(model)
    return machine is not None and any(machine.leads_on(state=move.source) for move in machine.moves)
