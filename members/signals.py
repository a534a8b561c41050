"""What the register tells the apps above it; sent inside the transaction, so a receiver that fails undoes the act."""

from django.dispatch import Signal

# sender: Membership. person, membership, on (first day).
person_joined = Signal()
# sender: Membership. person, membership, on (last day of membership), way (MembershipEnd).
person_left = Signal()
# sender: Person. person, on.
person_retired = Signal()
# sender: Person. person, on.
person_died = Signal()
# sender: Branch. person, branch, on (first day in the branch).
person_moved = Signal()
# sender: Branch. branch, into, on (first day of the merged branch).
branch_merged = Signal()
# sender: Branch. branch, on (first day without it).
branch_dissolved = Signal()
