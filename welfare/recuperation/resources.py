"""疗休养 by list: batches, and who went with them in past years."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Model, Q

from union_portal.base.importing.fields import Computed
from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from union_portal.base.importing.lookups import LOOKUPS, Standing
from union_portal.base.importing.rows import Row, refuse_changes
from welfare.recuperation.enums import ApplicationState, BatchState
from welfare.recuperation.models import RecuperationApplication, RecuperationBatch, RecuperationRule
from welfare.recuperation.services.batches import cancel
from welfare.rosters.resources import NAME, STAFF_NUMBER, People

# A cancelled one of the same name is meant by nobody.
LOOKUPS[RecuperationBatch] = lambda: Standing(RecuperationBatch, ("name",), gone=Q(state=BatchState.CANCELLED))


@register_kind
class RecuperationRuleList(ModelList):
    """Standards, from a day on; batches name theirs."""

    model, name, key, order = RecuperationRule, "recuperation_rules", ("name", "valid_from"), 63
    synonyms = {"name": ("标准名称", "疗休养标准"), "source": ("依据文件",)}


@register_kind
class RecuperationBatchList(ModelList):
    """Batches; those of past years are closed."""

    model, name, order, cancelled_by = RecuperationBatch, "recuperation_batches", 64, "cancel"
    key = ("name", "starts_on")
    fields_in_order = (
        *("name", "starts_on", "ends_on", "rule", "destination", "places", "price", "exception", "state"),
    )
    synonyms = {"name": ("批次", "疗休养批次"), "places": ("名额数",), "rule": ("标准",)}
    words = {"state": {"已完成": BatchState.CLOSED}}

    def cancel_made(self, *, model: type[Model], keys: Collection[Any], why: str) -> None:
        """Cancel one by one: a batch that people went with stays."""
        if model is not RecuperationBatch:
            super().cancel_made(model=model, keys=keys, why=why)
        for one in RecuperationBatch.objects.filter(pk__in=keys).order_by("pk"):
            cancel(subject=one, actor=self.actor, why=why)


@register_kind
class RecuperationList(ModelList):
    """Who went with a batch; what is running is applied for at the desk."""

    model, name, order, cancelled_by = RecuperationApplication, "recuperations", 65, "withdraw"
    key = ("batch", "staff_number")
    extra = (replace(STAFF_NUMBER, attribute="person"), replace(NAME, attribute=None, required=False))
    fields_in_order = (*("batch", "staff_number", "name", "companions", "policy", "union_share", "own_share", "state"),)
    synonyms = {"batch": ("批次", "期次"), "policy": ("保单号",), "companions": ("家属人数",)}
    words = {"state": {"参加": ApplicationState.GONE}}

    def prepare(self) -> None:
        """Fill every column, and the branch on the day of the batch."""
        self.present = list(self.kind.columns)
        self.computed = (Computed(("branch",), ("batch", "staff_number"), self._of),)  # type: ignore[misc]

    def _of(self, batch: Any, person: Any) -> tuple[Any, ...]:
        day = self.days.get(batch)
        return (self.people.branch_on(person, day) if day else None,)

    def load_current(self, rows: Sequence[Row]) -> None:
        """Read batches and people once."""
        super().load_current(rows)
        self.days = dict(RecuperationBatch.objects.order_by().values_list("pk", "starts_on"))
        self.people = People((row.values["staff_number"] for row in rows if "staff_number" in row.values), by="pk")

    def related_values(self, pks: Sequence[Any]) -> dict[Any, dict[str, Any]]:
        """Return the people's names."""
        names = RecuperationApplication.objects.filter(pk__in=pks).values_list("pk", "person__name")
        return {pk: {"name": name} for pk, name in names}

    def clean_row(self, row: Row) -> None:
        """Match the person by number and name; a new row is of somebody who went."""
        self.people.match(row)
        row.values.pop("name", None)
        if row.values.get("state") is None:
            row.values.pop("state", None)
            if row.is_new:
                row.values["state"] = ApplicationState.GONE
        if not row.is_new:
            refuse_changes(row, ("union_share", "own_share"))
        if row.is_new and row.values["state"] == ApplicationState.APPLIED:
            row.fault("state", "名单登记的是已参加的人；报名请在批次的页面上登记")
        super().clean_row(row)
