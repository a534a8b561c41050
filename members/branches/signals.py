"""What branches tell the rooms and apps above; sent inside the transaction, so a receiver that fails undoes the act."""

from django.dispatch import Signal

# sender: Branch. arrivals: the keys of person and branch, and the first day there, of everybody who moved.
people_moved = Signal()
# sender: Branch. branch, into, on (first day of the merged branch).
branch_merged = Signal()
# sender: Branch. branch, on (first day without it).
branch_dissolved = Signal()
