"""Word to a department when proposals come to it: one mail a person for all that one step assigned."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy

from congress.enums import DepartmentDuty
from congress.models import Assignment, DepartmentPost
from congress.services.telling import tell
from members.models import Person


def announce(assignments: Iterable[Assignment]) -> int:
    """Mail contacts and heads of the departments what was assigned to them, with duty and deadline; return how many.

    Reminders before the deadline follow in the daily digest.
    """
    given: dict[int, list[Assignment]] = defaultdict(list)
    for one in assignments:
        given[one.department_id].append(one)
    posts: Any = DepartmentPost.objects.filter(
        department__in=given, duty__in=[DepartmentDuty.CONTACT, DepartmentDuty.HEAD], person__died_on=None
    )
    found: dict[Person, dict[int, Assignment]] = defaultdict(dict)
    for post in posts.in_force(on=timezone.localdate()).select_related("person__user").order_by("pk"):
        found[post.person].update({one.pk: one for one in given[post.department_id]})
    for person, mine in found.items():
        tell(
            [person],
            subject=gettext_lazy("Proposals assigned to your department: %(count)d"),
            text=gettext_lazy(
                "%(name)s,\n\nthese were assigned:\n%(lines)s\n\nSign in to the union portal to read and answer them."
            ),
            name=person.name,
            count=len(mine),
            lines=lazystr(_Lines(mine.values())),
        )
    return len(found)


class _Lines:
    """One line an assignment, in the language of whoever reads the mail."""

    def __init__(self, assignments: Iterable[Assignment]) -> None:
        self.assignments = list(assignments)

    def __str__(self) -> str:
        line = gettext_lazy("· %(proposal)s (%(department)s, %(duty)s), to be answered by %(day)s")
        return "\n".join(
            str(line)
            % {
                "proposal": one.proposal,
                "department": one.department,
                "duty": one.get_duty_display(),
                "day": one.proposal.due_on or "—",
            }
            for one in self.assignments
        )
