"""How often something was handed out: `welfare.rounds` by what it was for, by the day of the handing out."""

from django.db.models import Q

from union_portal.base.figures.kind import Kind
from welfare.grants.enums import RoundState
from welfare.grants.models import Round

KINDS = [
    Kind(
        "welfare.rounds",
        "发放批次",
        unit="次",
        records=Round.objects.all(),
        # What completes a round, by people left out or a difference in price, is no handing out of its own.
        where=Q(state__in=(RoundState.APPROVED, RoundState.CLOSED), parent__isnull=True),
        day="handed_out_on",
        amount="released_amount",
        part="benefit__category",
        title="name",
        columns=("name", "benefit__name", "handed_out_on", "released_heads", "released_amount"),
    )
]
