"""What happens to an approval on paper, for the rooms whose rounds, cases and covers it decides; they may refuse.

All are sent with `approval` and `actor` inside the transaction that holds the approval; `rejected` also with `why`.
"""

from django.dispatch import Signal

# Whether it may be confirmed by the actor, asked before anybody presses and again before it is.
confirming = Signal()
confirmed = Signal()
rejected = Signal()
