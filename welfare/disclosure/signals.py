"""What a notice tells the rooms whose matters it discloses, in the transaction that changes it.

`disclosure`, `actor` and `why` come with each; a receiver may refuse.
"""

from django.dispatch import Signal

# Nobody objected within the term.
disclosure_ended = Signal()
# Somebody objected, or the notice was taken down: what it disclosed is to be decided anew.
disclosure_broken = Signal()
