"""W11: bands by the age of the year, refunds up to the standard, next due year, quotas; places are never oversold."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from members.people.enums import Gender, PersonKind
from members.people.models import Person
from tests.factories import members
from tests.factories.health_checks import check, day, hospital, package
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import record, take
from welfare.health_checks.enums import Audience, BookingState, Payer
from welfare.health_checks.models import CheckBooking, HealthCheck, TurnoutQuota
from welfare.health_checks.services import booking, refunding, turnout
from welfare.health_checks.services.dues import due_list

pytestmark = pytest.mark.django_db
CAME = dt.date(2023, 6, 1)


def born(year: int, gender: Gender = Gender.FEMALE) -> Person:
    return members.member(birth_date=dt.date(year, 12, 31), gender=gender)


def ningxia(year: int = 2023) -> HealthCheck:
    made = check(year=year)
    for age_from, age_to, cap in ((0, 35, "800"), (36, 45, "1000"), (46, 60, "1350")):
        package(made, cap, age_from=age_from, age_to=age_to)
    return made


def attended(health_check: HealthCheck, person: Person, **place: Any) -> CheckBooking:
    one = booking.book(health_check=health_check, person=person, actor=None, **place)
    return take(subject=one, action="attend", actor=None, attended_on=dt.date(health_check.year, 6, 1))


@pytest.mark.parametrize(
    ("year", "invoice", "refund"),
    [(1977, "1420", "1350"), (1977, "1200", "1200"), (1978, "1420", "1000"), (1988, "900", "800")],
)
def test_an_invoice_is_refunded_up_to_the_standard_of_the_age_of_the_year(year: int, invoice: str, refund: str) -> None:
    one = attended(ningxia(), born(year))
    paid = refunding.refund(
        subject=one, invoice_number="1", invoice_amount=Decimal(invoice), refunded_on=CAME, actor=None
    )
    assert (paid.state, paid.refund) == (BookingState.REFUNDED, Decimal(refund))


def test_an_invoice_is_refunded_once_and_free_again_when_it_was_a_mistake() -> None:
    whole = ningxia()
    told: dict[str, Any] = {"invoice_number": "880", "invoice_amount": Decimal(500), "refunded_on": CAME, "actor": None}
    first = refunding.refund(subject=attended(whole, born(1980)), **told)
    second = attended(whole, born(1981))
    with pytest.raises(DomainError, match="已经登记报销"):
        refunding.refund(subject=second, **told)
    back = refunding.take_refund_back(subject=first, actor=None, why="登错人")
    assert (back.state, back.refund, back.invoice_number) == (BookingState.ATTENDED, None, "")
    assert refunding.refund(subject=second, **told).refund == 500


def test_at_a_hospital_that_the_school_pays_nothing_is_refunded() -> None:
    whole = ningxia()
    one = attended(whole, born(1980), day=day(hospital(whole)))
    with pytest.raises(Refused, match="统一结算"):
        refunding.refund(subject=one, invoice_number="1", invoice_amount=Decimal(500), refunded_on=CAME, actor=None)


@pytest.mark.parametrize(
    ("gender", "age", "due"), [(Gender.FEMALE, 36, 2026), (Gender.MALE, 38, 2027), (Gender.FEMALE, 45, 2025)]
)
def test_the_next_year_follows_from_the_band_of_the_last_check(gender: Gender, age: int, due: int) -> None:
    whole = check(year=2024)
    for whose, bands in (
        (Gender.FEMALE, ((0, 34, 3), (35, 44, 2), (45, None, 1))),
        (Gender.MALE, ((0, 39, 3), (40, 49, 2), (50, None, 1))),
    ):
        for age_from, age_to, years in bands:
            package(whole, "1000", gender=whose, age_from=age_from, age_to=age_to, every_years=years)
    one = booking.book(health_check=whole, person=born(2024 - age, gender), actor=None)
    assert one.next_year is None
    assert take(subject=one, action="attend", actor=None, attended_on=dt.date(2024, 6, 1)).next_year == due


def test_bands_that_share_an_age_are_refused() -> None:
    whole = ningxia()
    with pytest.raises(DomainError, match="重叠"):
        package(whole, "1000", gender=Gender.MALE, age_from=60)
    assert package(whole, "1500", age_from=61).age_to is None


@pytest.mark.parametrize(("heads", "wanted"), [(39, 28), (40, 24), (159, 96), (160, 80)])
def test_quotas_step_down_with_the_size_of_a_branch(heads: int, wanted: int) -> None:
    bands = [TurnoutQuota(members_from=start, percent=part) for start, part in ((0, 70), (40, 60), (160, 50))]
    assert turnout.wanted_of(bands, heads) == wanted
    assert turnout.wanted_of(bands[1:], 39) is None


def test_a_branch_is_told_how_many_came_and_were_to_come() -> None:
    branch, whole = members.branch(), ningxia()
    record(TurnoutQuota(health_check=whole, members_from=0, percent=70), actor=None)
    people = [members.member(branch=branch) for _number in range(3)]
    attended(whole, people[0])
    booking.book(health_check=whole, person=people[1], actor=None)
    [told] = [one for one in turnout.turnout(health_check=whole) if one.branch == branch]
    assert (told.members, told.came, told.wanted) == (3, 1, 3)


def test_who_is_not_meant_is_refused_in_words() -> None:
    late = members.member(employed_on=dt.date(2023, 5, 4))
    retiree = members.person(kind=PersonKind.RETIREE, retired_on=dt.date(2020, 1, 1))
    whole = check(roster_on=dt.date(2023, 4, 30))
    for person, words in ((late, "晚于人员截止日"), (retiree, "对象是在职教职工")):
        with pytest.raises(DomainError, match=words):
            booking.book(health_check=whole, person=person, actor=None)
    assert booking.book(health_check=check(audience=Audience.RETIRED), person=retiree, actor=None).pk
    with pytest.raises(Refused, match="不能预约"):
        booking.book(health_check=check(opened=False), person=late, actor=None)


def test_the_union_pays_upon_a_commission_alone() -> None:
    with pytest.raises(DomainError, match="书面委托"):
        check(payer=Payer.UNION)
    assert check(payer=Payer.UNION, commission="校发〔2023〕8号").pk


def test_a_full_day_takes_nobody_and_gives_its_place_back() -> None:
    whole = check()
    full, free = day(hospital(whole), places=1), day(hospital(whole), places=1)
    first = booking.book(health_check=whole, person=members.member(), day=full, actor=None)
    late = members.member()
    with pytest.raises(DomainError, match="已约满"):
        booking.book(health_check=whole, person=late, day=full, actor=None)
    with pytest.raises(DomainError, match="只能约一次"):
        booking.book(health_check=whole, person=first.person, day=free, actor=None)
    with pytest.raises(DomainError, match="不属于"):
        booking.book(health_check=check(), person=late, day=free, actor=None)
    moved = booking.rebook(subject=first, day=free, actor=None, why="出差")
    assert (moved.day, moved.state) == (free, BookingState.BOOKED)
    second = booking.book(health_check=whole, person=late, day=full, actor=None)
    with pytest.raises(DomainError, match="已约满"):
        booking.rebook(subject=second, day=free, actor=None, why="换")
    take(subject=second, action="cancel", actor=None, why="不去了")
    assert booking.book(health_check=whole, person=late, day=full, actor=None).pk


def test_everybody_is_listed_with_the_year_that_is_due() -> None:
    last, now = check(year=2024), check(year=2026)
    for made in (last, now):
        package(made, "1000", gender=Gender.FEMALE, age_from=35, age_to=44, every_years=2)
        package(made, "1000", gender=Gender.MALE, age_from=35, age_to=39, every_years=3)
    woman, man = born(2024 - 36), born(2024 - 38, Gender.MALE)
    fresh, away = born(2024 - 36), born(2024 - 36)
    for person in (woman, man):
        attended(last, person)
    booking.book(health_check=last, person=away, actor=None)
    told = {one.person: one for one in due_list(now)}
    assert [(told[one].last, told[one].due, told[one].is_due(2026)) for one in (woman, man, fresh, away)] == [
        (2024, 2026, True),
        (2024, 2027, False),
        (None, None, True),
        (None, None, True),
    ]


@pytest.mark.django_db(transaction=True)
def test_of_200_who_press_at_once_20_have_a_place() -> None:
    whole = check()
    one = day(hospital(whole), places=20)
    people = [members.person() for _number in range(200)]
    start = threading.Barrier(8)

    def press(mine: list[Person]) -> list[object]:
        found: list[object] = []
        try:
            start.wait()
            for person in mine:
                try:
                    found.append(booking.book(health_check=whole, person=person, day=one, actor=None).pk)
                except DomainError as refused:
                    found.append(str(refused))
        finally:
            connection.close()
        return found

    with ThreadPoolExecutor(8) as threads:
        results = [part for told in threads.map(press, [people[n::8] for n in range(8)]) for part in told]
    booked = [part for part in results if isinstance(part, int)]
    assert (len(booked), one.bookings.count()) == (20, 20)
    assert all("已约满" in str(part) for part in results if part not in booked)


@pytest.mark.django_db(transaction=True)
def test_one_person_pressed_ten_times_has_one_booking() -> None:
    whole, person = check(), members.person()
    one = day(hospital(whole))

    def press(_number: int) -> None:
        try:
            booking.book(health_check=whole, person=person, day=one, actor=None)
        except DomainError:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        list(threads.map(press, range(10)))
    assert CheckBooking.objects.count() == 1
