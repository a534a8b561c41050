"""A register from before keeps what it said: a day of retirement that was only noted was an expected one."""

import datetime as dt
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations import RunSQL

from members.memberships.services import steps
from members.people.models import Person
from tests.factories import members as make

D = dt.date


def test_a_day_of_retirement_that_nothing_followed_from_is_an_expected_one() -> None:
    noted, retired, again, outside = make.member(), make.member(), make.member(), make.person()
    Person.objects.filter(pk__in=[noted.pk, outside.pk]).update(retired_on=D(2026, 3, 31))
    for person in (retired, again):
        steps.retire(person=person, on=D(2026, 3, 31))
    steps.resume(person=again, on=D(2026, 9, 1))
    migration = import_module("members.migrations.0003_register_entries").Migration
    (fill,) = [one for one in migration.operations if isinstance(one, RunSQL)]
    with connection.cursor() as cursor:
        cursor.execute(str(fill.sql))
    days = {person.pk: (person.retired_on, person.retires_on) for person in Person.objects.all()}
    assert days[noted.pk] == (None, D(2026, 3, 31))
    assert [days[one.pk] for one in (retired, again, outside)] == [(D(2026, 3, 31), None)] * 3


pytestmark = pytest.mark.django_db
