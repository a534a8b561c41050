"""Word to a department when proposals come to it: one mail a person for all that one step assigned."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from congress.bodies.services import mail_people
from congress.departments.enums import DepartmentDuty
from congress.departments.models import DepartmentPost
from congress.handling.models import Assignment
from members.people.models import Person


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
        lines = "\n".join(_line(one) for one in mine.values())
        mail_people(
            [person],
            subject=f"交给您部门办理的提案：{len(mine):,} 件",
            text=f"{person.name}：\n\n以下提案已交您的部门办理：\n{lines}\n\n请登录工会平台查看并答复。",
        )
    return len(found)


def _line(one: Assignment) -> str:
    due = one.proposal.due_on or "—"
    return f"· {one.proposal}（{one.department}，{one.get_duty_display()}），请于 {due} 前答复"
