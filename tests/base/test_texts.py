"""Control characters are dropped wherever a text is saved."""

import pytest

from members.people.models import Person
from tests.factories.members import person
from union_portal.base.texts import readable

PASTED = "编号\x1f后面\x02字符\ufffe"


def test_tabs_and_line_ends_stay() -> None:
    assert readable("一\t二\r\n三\u3000四") == "一\t二\r\n三\u3000四"
    assert readable(PASTED) == "编号后面字符"


@pytest.mark.django_db
def test_every_way_of_saving_drops_them() -> None:
    one = person(name=PASTED)
    one.refresh_from_db()
    assert one.name == "编号后面字符"
    Person.objects.filter(pk=one.pk).update(name="\x01甲")
    assert Person.objects.get(pk=one.pk).name == "甲"
    one.name = "乙\x7f"
    Person.objects.bulk_update([one], ["name"])
    assert Person.objects.get(name="乙").pk == one.pk
    one.bank_card = "6222\x1f0000"
    one.save()
    one.refresh_from_db()
    assert (one.name, one.bank_card) == ("乙", "62220000")
