"""Departments: founded, named anew, merged; and who answers for them."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from congress.departments.enums import DepartmentDuty
from congress.departments.models import Department, DepartmentPost
from congress.departments.signals import department_merged
from members.people import services as people
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Conflict, Refused
from union_portal.base.steps import hold


@transaction.atomic
def merge(*, department: Department, into: Department, on: dt.date, actor: User | None) -> int:
    """Close the department on the day and hand everything open to the other; return how many assignments moved.

    Its posts end with the day; what it answered stays in its name.
    """
    if department.pk == into.pk:
        raise Refused("部门只能并入另一个部门。", field="into")
    list(
        Department.objects.select_for_update().filter(pk__in=[department.pk, into.pk]).order_by("pk").values_list("pk")
    )
    held, heir = hold(department), hold(into)
    if held.merged_into_id is not None or held.closed_on is not None:
        raise Conflict(f"{held}已于 {held.closed_on} 撤销。")
    if heir.closed_on is not None:
        raise Refused(f"{heir}已于 {heir.closed_on} 撤销。", field="into")
    if on > timezone.localdate():
        raise Refused("请在合并当日登记，日期不能晚于今天。", field="on")
    held.closed_on, held.merged_into = on, heir
    held.save(update_fields=["closed_on", "merged_into"])
    Department.objects.filter(merged_into=held).update(merged_into=heir)
    told: list[tuple[Any, Any]] = department_merged.send(Department, department=held, into=heir, on=on, actor=actor)
    posts = DepartmentPost.objects.filter(department=held).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    posts.filter(valid_from__lte=on).update(valid_to=on)
    return sum(count or 0 for _receiver, count in told)


@transaction.atomic
def appoint(*, department: Department, person: Person, duty: DepartmentDuty, on: dt.date) -> DepartmentPost:
    """Make somebody contact, head or responsible leader from the day, with an account to sign in with.

    The same person is not appointed twice for the same duty; several may hold one duty.
    """
    held = hold(department)
    if held.closed_on is not None:
        raise Refused(f"{held}已于 {held.closed_on} 撤销。")
    there = DepartmentPost.objects.filter(department=held, person=person, duty=duty).in_force(on=on)
    if there.exists():
        raise Refused(
            f"{person}已担任{held}的这一职责。",
            field="person",
        )
    people.link_account(person=person)
    return DepartmentPost.objects.create(department=held, person=person, duty=duty, valid_from=on)


@transaction.atomic
def end_post(*, post: DepartmentPost, on: dt.date) -> DepartmentPost:
    """End a post with the day; from the next day its desk is closed to the person."""
    held = hold(post)
    if held.valid_to is not None and held.valid_to <= on:
        raise Conflict(f"该职责已于 {held.valid_to} 结束。")
    if on < held.valid_from:
        raise Refused("结束日期不能早于起始日期。", field="on")
    held.valid_to = on
    held.save(update_fields=["valid_to"])
    return held
