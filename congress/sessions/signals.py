"""What sittings tell the rooms above; sent inside the transaction, so a receiver that refuses undoes the act."""

from django.dispatch import Signal

# sender: Sitting. sitting (locked). A receiver raises Refused while something of its room is unfinished.
sitting_closing = Signal()
