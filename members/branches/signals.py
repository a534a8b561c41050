"""What branches tell the rooms and apps above; sent inside the transaction, so a receiver that fails undoes the act."""

from django.dispatch import Signal

# sender: Branch. person, branch, on (first day in the branch).
person_moved = Signal()
# sender: Branch. branch, into, on (first day of the merged branch).
branch_merged = Signal()
# sender: Branch. branch, on (first day without it).
branch_dissolved = Signal()
