"""Loads the demo college into an empty portal, in one transaction; the same options load the same college."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from congress.departments.enums import DepartmentDuty
from members.branches.models import Branch
from members.people.models import Person
from members.people.services import link_accounts
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.demo.services import college, signins
from union_portal.demo.services.assembly import gather
from union_portal.demo.services.branch_congress import meet_in_the_branch
from union_portal.demo.services.cases import plan_cases
from union_portal.demo.services.claims import plan_claims
from union_portal.demo.services.clock import Diary
from union_portal.demo.services.committees import honour, work_of_committees
from union_portal.demo.services.desk import leave_work
from union_portal.demo.services.hardship import plan_hardship
from union_portal.demo.services.haste import in_one_go
from union_portal.demo.services.health import plan_health
from union_portal.demo.services.keeping import plan_keeping
from union_portal.demo.services.kindness import plan_kindness
from union_portal.demo.services.life import elect_committees, enter_groups, enter_kin, plan_register
from union_portal.demo.services.money import adopt_standards, plan_money
from union_portal.demo.services.motions import Play
from union_portal.demo.services.opinions import ask_around, suggest
from union_portal.demo.services.petitions import hear_petitions
from union_portal.demo.services.register import World, fill_register, found_branches
from union_portal.demo.services.rounds import plan_rounds
from union_portal.demo.services.telling import draft_reports, record_past

SEED = 20_240_601
# Who holds what: gender asked for ('' any), the branch's place in the list or None.
OFFICERS = {
    "chair": ("male", 0),
    "vice_chair": ("female", 1),
    "organisation": ("female", 0),
    "welfare": ("female", 1),
    "branch_chair": ("", 6),
    "finance": ("female", 0),
    "audit": ("male", 8),
    "women": ("female", 11),
    "activities": ("male", 10),
    "congress": ("female", 4),
    "delegate": ("male", 6),
    "contact": ("male", 2),
    "leader": ("male", 0),
    "administrator": ("male", 3),
    "member": ("female", 12),
}


@dataclass(frozen=True)
class Loaded:
    """What a run came to; `fresh` is false when the college was there already."""

    fresh: bool
    people: int
    signins: list[signins.SignIn]


def load(*, year: int | None = None, seed: int = SEED) -> Loaded:
    """Load the college whose last full year is the one before `year` (this year unless given), or reuse it.

    Raises Refused for a year to come or too long ago, and when the portal holds other people's data.
    """
    if Branch.objects.filter(code="00", name=college.UNION).exists():
        return Loaded(fresh=False, people=Person.objects.count(), signins=signins.read() or _issue_again())
    if Person.objects.exists() or Branch.objects.exists():
        raise Refused("本门户已有数据；演示学院只能装入空库。")
    now = timezone.localdate()
    anchor = year or now.year
    if not 2022 <= anchor <= now.year:
        raise Refused("演示的当前年度须在2022年至今年之间。")
    today = now if anchor == now.year else dt.date(anchor, 12, 31)
    world = World(anchor=anchor, today=today, random=Random(seed))  # noqa: S311 - the same college every time
    with transaction.atomic():
        with in_one_go(seed):
            _live(world)
        numbers = {key: str(person.staff_number) for key, person in world.officers.items()}
        made = signins.issue(numbers)
    return Loaded(fresh=True, people=Person.objects.count(), signins=made)


def _live(world: World) -> None:
    """Build the register, then play the years."""
    found_branches(world)
    fill_register(world)
    _choose_officers(world)
    link_accounts(people=Person.objects.filter(staff_number__isnull=False))
    for person in world.officers.values():
        person.refresh_from_db()
    signins.give_roles(world.officers, since=dt.date(world.anchor - 3, 1, 1))
    enter_groups(world)
    enter_kin(world)
    elect_committees(world)
    adopt_standards(world)
    diary = Diary()
    plan_register(world, diary)
    plan_money(world, diary)
    plan_rounds(world, diary)
    plan_cases(world, diary)
    plan_kindness(world, diary)
    plan_keeping(world, diary)
    plan_claims(world, diary)
    plan_health(world, diary)
    plan_hardship(world, diary)
    diary.play(until=world.today)
    leave_work(world)
    assembly = gather(world)
    work_of_committees(world, assembly)
    Play(world, assembly).everything()
    suggest(world, assembly)
    meet_in_the_branch(world, assembly)
    ask_around(world, assembly)
    hear_petitions(world)
    honour(world, assembly)
    record_past(world)
    draft_reports(world)


def _choose_officers(world: World) -> None:
    """Let experienced members who stay through the years hold the roles."""
    places = dict(Person.objects.filter(assignments__valid_to=None).values_list("pk", "assignments__branch"))
    staying = world.settled()
    for key, (gender, place) in OFFICERS.items():
        taken = {person.pk for person in world.officers.values()}
        world.officers[key] = next(
            person
            for person in staying
            if person.pk not in taken
            and places[person.pk] == world.branches[place].pk
            and gender in ("", person.gender)
            and person.employed_on is not None
            and (person.employed_on.year <= world.anchor - 11 or key == "member")
            and person.birth_date is not None
            and (key != "member" or world.anchor - person.birth_date.year <= 36)
        )


def _issue_again() -> list[signins.SignIn]:
    """Issue new sign-ins when the file is gone: officers are found by role, the others by what they are."""
    numbers = {}
    for key, role, _title in signins.ROLES:
        users = User.objects.filter(role_assignments__role=role) if role else _with_password(key)
        user = users.order_by("role_assignments__pk", "pk").first()
        if user is None:
            raise Refused(f"演示账号“{key}”已不存在。")
        numbers[key] = user.staff_number
    return signins.issue(numbers)


def _with_password(key: str) -> QuerySet[User]:
    """Find who signs in without a role by what they are in the congress."""
    users = User.objects.filter(role_assignments=None, is_superuser=False).exclude(
        password__startswith=UNUSABLE_PASSWORD_PREFIX
    )
    duties = {"contact": DepartmentDuty.CONTACT, "leader": DepartmentDuty.LEADER}
    if key in duties:
        return users.filter(person__department_posts__duty=duties[key])
    without_post = users.filter(person__department_posts=None)
    return (
        without_post.exclude(person__mandates=None) if key == "delegate" else without_post.filter(person__mandates=None)
    )
