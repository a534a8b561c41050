"""What happens to data, told to whoever logs it; a receiver that fails undoes the act."""

from django.dispatch import Signal

# sender: the Resource class; actor, kind, preview. Sent inside the transaction that saved.
imported = Signal()
# sender: the Resource class; actor, kind, purpose, rows, classification, columns. Sent before the file leaves.
exported = Signal()
