"""What an invoice of a round tells the rooms above, in the transaction that enters it; a receiver may refuse."""

from django.dispatch import Signal

# With `purchase`.
invoice_entered = Signal()
