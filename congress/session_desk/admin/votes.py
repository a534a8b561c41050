"""The votes on agenda items, as the session's page links them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from congress.elections.models import Election
from congress.sessions.enums import AgendaKind, AgendaOutcome, SittingState
from congress.sessions.models import AgendaItem
from congress.voting.enums import BallotState
from congress.voting.models import Ballot
from congress.voting.renderers import verdict


@dataclass(frozen=True)
class Vote:
    """A ballot or an election: how it stands, and its page."""

    label: str
    tone: str
    address: str


def votes_by_item(items: Any) -> dict[int, list[Vote]]:
    """Return the living votes by agenda item; two queries."""
    found: dict[int, list[Vote]] = defaultdict(list)
    for name, model, title in (("ballot", Ballot, "表决"), ("election", Election, "选举")):
        rows: Any = model
        for one in rows.objects.filter(item__in=items).exclude(state=BallotState.VOIDED).order_by("opened_at"):
            found[one.item_id].append(_vote(one, name, title))
    return found


def _vote(sheet: Any, name: str, title: str) -> Vote:
    stands = verdict(sheet)
    if name == "election" and sheet.first_round_id:
        title = "再次选举"
    label = f"{title} · {stands['label']}"
    if name == "ballot" and sheet.votes_for is not None:
        label += f" {sheet.votes_for}/{sheet.due}"
    return Vote(label, stands["tone"], reverse(f"admin:congress_{name}_change", args=[sheet.pk]))


def may_vote(item: AgendaItem) -> str:
    """Return the address that opens a vote on the item, empty when there is nothing to open."""
    votes = {AgendaKind.PASS: "ballot", AgendaKind.REVIEW: "ballot", AgendaKind.ELECT: "election"}
    kind = votes.get(AgendaKind(item.kind))
    if kind is None or item.outcome != AgendaOutcome.PENDING or item.sitting.state != SittingState.OPEN:
        return ""
    address = reverse(f"admin:congress_{kind}_open_{kind}")
    return f"{address}?item={item.pk}&sitting={item.sitting_id}"
