"""Where a row stands, in its list: the state as a pill, and the rows that wait for whoever looks."""

from functools import cache
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from union_portal.base.admin.filters import Question
from union_portal.base.admin.shim import display
from union_portal.base.rules import permission_of
from union_portal.base.states import machine_of


class StandingMixin:
    """Gives every list of a kind with states the column `state_shown`."""

    @display(description="状态", ordering="state", label={"on": "warning"})
    def state_shown(self, row: Any) -> tuple[str, str]:
        """Show the state as a pill, amber as long as a step leads on from it."""
        model: Any = type(row)
        return _tone(model, row.state), _words(model).get(row.state, str(row.state))


@cache
def _tone(model: type[Model], state: str) -> str:
    machine = machine_of(model)
    return "on" if machine is not None and machine.leads_on(state=state) else ""


@cache
def _words(model: type[Model]) -> dict[str, str]:
    field: Any = model._meta.get_field("state")  # noqa: SLF001
    return {value: str(words) for value, words in field.flatchoices}


class WaitsForMe(Question):
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
