"""People who were registered before a surname's reading was known are found and stand by it after the upgrade."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from members.people import services as people
from members.people.models import Person
from union_portal.base.chinese import search_text

pytestmark = pytest.mark.django_db


def test_keys_of_earlier_people_are_made_again() -> None:
    old = people.register_person(name="肖明", staff_number="1")
    right = old.pinyin_key
    Person.objects.filter(pk=old.pk).update(pinyin_key="xiao4", search_key=" old")
    import_module("members.migrations.0002_rare_readings_of_surnames").read_again(
        apps, SimpleNamespace(connection=connection)
    )
    old.refresh_from_db()
    assert old.pinyin_key == right
    assert search_text("xiaoming") in old.search_key
