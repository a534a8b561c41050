"""What memberships tell the apps above; sent inside the transaction, so a receiver that fails undoes the act."""

from django.dispatch import Signal

# sender: Membership. episodes: the memberships that begin, each with the key of its person.
people_joined = Signal()
# sender: Membership. person, membership, on (last day of membership), way (MembershipEnd).
person_left = Signal()
# sender: Person. person, on.
person_retired = Signal()
# sender: Person. person, on.
person_died = Signal()
# sender: Person. person, on, change (MembershipChange), told (Undone): what was recorded for this day did not happen.
# Each receiver opens again what it had closed for it, and tells what came back and what did not.
person_returned = Signal()
# sender: Person. people (keys), touched (a set of keys): asked before many memberships are written at once. Whoever
# receives `person_left`, `person_retired` or `person_died` adds those of whom it has what these would change.
ends_sought = Signal()
# sender: Person. person, change, on, ahead (Ahead): asked before a step is taken, and nothing is changed. Each receiver
# adds what of its room ends with it, and what goes on until somebody sees to it.
steps_foretold = Signal()
