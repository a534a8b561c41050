"""What departments tell the rooms above; sent inside the transaction, so a receiver that refuses undoes the act."""

from django.dispatch import Signal

# sender: Department. department, into, on, actor. Each receiver returns how many matters went over to `into`.
department_merged = Signal()
