"""What mandates tell the rooms above; sent inside the transaction, so a receiver that fails undoes the act."""

from django.dispatch import Signal

# sender: Delegate. delegate (as it stands now), actor, former (the person it was before a correction, else None).
mandate_changed = Signal()
# sender: Delegate. delegate. Each receiver returns sentences that say what of its room hangs on the mandate.
mandate_asked = Signal()
# sender: Delegate. delegate: asked before a mandate ends; each receiver returns in words what would end with it.
mandate_end_foretold = Signal()
