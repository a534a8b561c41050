"""Households in hardship: the city's lines, files through committee and notice, aids of each year."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from members.people.models import Person
from union_portal.base.steps import record, take
from union_portal.demo.services.clock import Diary, Process
from union_portal.demo.services.register import World
from welfare.books.models import Fund, LedgerAccount
from welfare.disclosure import services as notices
from welfare.grants.services.four_eyes import own_and_kin
from welfare.hardship.enums import AidKind, AidPayer, Cause, FileState, HardshipKind
from welfare.hardship.models import (
    HardshipAid,
    HardshipAidRule,
    HardshipCost,
    HardshipFile,
    HardshipStandard,
    HouseholdMember,
)
from welfare.hardship.services import aids, files

DAY = dt.timedelta(days=1)
# type, aid, months of the line, share of the costs of a cause, cap, one kind only
CAPS: tuple[tuple[HardshipKind, AidKind, int | None, int | None, Cause | str, int | None, bool], ...] = (
    (HardshipKind.DEEP, AidKind.LIVING, 10, None, "", None, False),
    (HardshipKind.DEEP, AidKind.MEDICAL, None, 100, Cause.MEDICAL, 20_000, False),
    (HardshipKind.DEEP, AidKind.SCHOOLING, 10, None, "", None, False),
    (HardshipKind.RELATIVE, AidKind.LIVING, 8, None, "", None, True),
    (HardshipKind.RELATIVE, AidKind.MEDICAL, None, 80, Cause.MEDICAL, 16_000, True),
    (HardshipKind.RELATIVE, AidKind.SCHOOLING, 8, None, "", None, True),
    (HardshipKind.ACCIDENT, AidKind.TEMPORARY, None, 15, Cause.ACCIDENT, 10_000, False),
)
# income of the year, costs by cause, what the committee decides, the aid that follows
HOUSEHOLDS: tuple[tuple[int, dict[Cause, int], HardshipKind, AidKind, int], ...] = (
    (96_000, {Cause.MEDICAL: 46_000, Cause.TUITION: 12_000}, HardshipKind.DEEP, AidKind.LIVING, 7_500),
    (102_000, {Cause.MEDICAL: 38_000, Cause.TUITION: 8_000}, HardshipKind.RELATIVE, AidKind.SCHOOLING, 6_000),
    (131_000, {Cause.ACCIDENT: 60_000}, HardshipKind.ACCIDENT, AidKind.TEMPORARY, 8_500),
)
HOUSEHOLD = (("本人", False), ("配偶", False), ("子女", True), ("母亲", False))
# month and day, aid, sums to a person each
SINGLY: tuple[tuple[int, int, AidKind, AidPayer, tuple[int, ...]], ...] = (
    (1, 14, AidKind.VISIT, AidPayer.SCHOOL, (1_000, 1_000, 1_000, 1_000)),
    (6, 18, AidKind.SPECIAL, AidPayer.HIGHER, (5_000, 6_000, 6_000)),
    (10, 26, AidKind.TEMPORARY, AidPayer.UNION, (2_000, 3_000)),
)


def plan_hardship(world: World, diary: Diary) -> None:
    """Put the files, their re-checks and the aids of each year into the diary."""
    in_turn = iter(_people(world))
    for number, year in enumerate(world.years):
        standard = _standard(world, year, Decimal(760 + 20 * number))
        if number < len(HOUSEHOLDS):
            diary.add(dt.date(year, 2, 24), _file(world, next(in_turn), standard, number, diary))
        for month, day, kind, payer, sums in SINGLY:
            diary.add(dt.date(year, month, day), _singly(world, kind, payer, sums))
    # The last one waits for the committee.
    waiting = HardshipStandard.objects.order_by("-valid_from")[0]
    diary.add(world.today - 6 * DAY, _applied(world, next(in_turn), waiting, HOUSEHOLDS[0]))


def _people(world: World) -> list[Person]:
    """Return members whom nobody who decides is or is kin to."""
    deciding = [world.user(name) for name in ("welfare", "vice_chair", "chair")]
    own = {key for one in deciding for key in own_and_kin(user=one).values_list("pk", flat=True)}
    return [person for person in world.settled()[200:] if person.pk not in own]


def _standard(world: World, year: int, line: Decimal) -> HardshipStandard:
    told: dict[str, Any] = {
        "place": "星湖市",
        "line": line,
        "average": Decimal(45_000),
        "source": f"市民政局〔{year}〕8号",
    }
    until = None if year == world.anchor else dt.date(year, 12, 31)
    made = record(HardshipStandard(**told, valid_from=dt.date(year, 1, 1), valid_to=until), actor=None)
    for hardship, aid, months, share, share_of, cap, alone in CAPS:
        caps: dict[str, Any] = {"months": months, "share": share, "share_of": share_of, "cap": cap, "alone": alone}
        record(HardshipAidRule(standard=made, hardship=hardship, aid=aid, **caps), actor=None)
    return made


def _applied(
    world: World, person: Person, standard: HardshipStandard, home: tuple[int, dict[Cause, int], Any, Any, Any]
) -> Process:
    """Enter a file with its household and hand it to the committee."""
    today, officer = timezone.localdate(), world.user("welfare")
    if standard.valid_from > today:
        return
    told: dict[str, Any] = {"applied_on": today, "standard": standard, "year": today.year - 1, "income": f"{home[0]}"}
    made = files.enter(file=HardshipFile(person=person, **told), actor=officer)
    for relation, at_school in HOUSEHOLD:
        name = person.name if relation == "本人" else f"{person.name[:1]}某"
        record(HouseholdMember(file=made, name=name, relation=relation, at_school=at_school), actor=officer)
    for cause, amount in home[1].items():
        record(HardshipCost(file=made, year=made.year, cause=cause, amount=f"{amount}"), actor=officer)
    files.submit(subject=made, actor=officer)
    take(subject=made, action="endorse", actor=officer)
    yield from ()


def _file(world: World, person: Person, standard: HardshipStandard, number: int, diary: Diary) -> Process:
    """Take a file through committee and notice onto the list, give its aid, and check it anew a year later."""
    home = HOUSEHOLDS[number]
    yield from _applied(world, person, standard, home)
    yield timezone.localdate() + 10 * DAY
    made = _decided(world, HardshipFile.objects.get(person=person, state=FileState.COMMITTEE), home[2])
    yield timezone.localdate() + 14 * DAY
    if made.disclosure is not None:
        notices.end(subject=made.disclosure, actor=world.user("welfare"))
    made.refresh_from_db()
    told: dict[str, Any] = {"file": made, "kind": home[3], "amount": Decimal(home[4])}
    diary.add(timezone.localdate() + 3 * DAY, _aid(world, HardshipAid(person=person, **told)))


def _decided(world: World, made: HardshipFile, kind: HardshipKind) -> HardshipFile:
    today = timezone.localdate()
    told: dict[str, Any] = {"decided_kind": kind, "decided_on": today, "decision": f"民生委员会纪要〔{today.year}〕1号"}
    files.decide(subject=made, actor=world.user("vice_chair"), **told)
    files.disclose(rows=HardshipFile.objects.filter(pk=made.pk), actor=world.user("welfare"))
    made.refresh_from_db()
    return made


def _singly(world: World, kind: AidKind, payer: AidPayer, sums: tuple[int, ...]) -> Process:
    for person, amount in zip(world.random.sample(_people(world), len(sums)), sums, strict=True):
        yield from _aid(world, HardshipAid(person=person, kind=kind, payer=payer, amount=Decimal(amount)))


def _aid(world: World, aid: HardshipAid) -> Process:
    """Propose an aid, approve it and pay it; the union's own money goes through the ledger."""
    aid.asked_on = timezone.localdate()
    made = aids.propose(aid=aid, actor=world.user("welfare"))
    aids.approve(subject=made, actor=world.user("chair"))
    told: dict[str, Any] = {}
    if made.payer == AidPayer.UNION:
        told = {"fund": Fund.objects.get(code="UNION"), "account": LedgerAccount.objects.get(code="50204")}
    aids.pay(subject=made, actor=world.user("finance"), given_on=timezone.localdate(), **told)
    yield from ()
