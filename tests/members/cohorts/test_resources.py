"""Special groups and kin come by list."""

import datetime as dt

import pytest

from members.cohorts import resources as cohorts_resources
from members.cohorts.models import Cohort
from members.kin import resources as kin_resources
from members.kin.enums import Relation
from members.kin.models import Kinship
from tests.factories import members as make
from tests.members.lists import enter
from tests.members.register.hr_spreadsheet import sheet


def test_groups_and_kin() -> None:
    make.member(staff_number="1", name="张三")
    make.member(staff_number="2", name="李四")
    enter(cohorts_resources.CohortResource, "工号 群体 开始日期", ["1", "劳模", "2020-05-01"])
    enter(
        kin_resources.KinshipResource,
        "工号 关系 亲属姓名 亲属工号",
        ["1", "配偶", "李四", "2"],
        ["1", "子女", "张小小", ""],
    )
    assert Cohort.objects.get().kind.name == "劳模"
    assert Kinship.objects.filter(person__staff_number="2", relation=Relation.SPOUSE).exists()
    assert Kinship.objects.count() == 4


def test_a_list_corrects_what_it_knows_and_leaves_staff_to_themselves() -> None:
    make.member(staff_number="1", name="张三")
    make.member(staff_number="2", name="李四", birth_date=dt.date(1980, 1, 1))
    places = "工号 群体 开始日期 结束日期 文件"
    enter(cohorts_resources.CohortResource, places, ["1", "劳模", "2020-05-01", "", "旧文"])
    enter(cohorts_resources.CohortResource, places, ["1", "劳模", "2020-05-01", "2021-05-01", "新文"])
    place = Cohort.objects.get()
    assert (place.document, place.valid_to) == ("新文", dt.date(2021, 5, 1))
    kin = "工号 关系 亲属姓名 亲属工号 亲属出生日期"
    enter(kin_resources.KinshipResource, kin, ["1", "子女", "张小小", "", ""], ["1", "配偶", "李四", "2", ""])
    enter(kin_resources.KinshipResource, kin, ["1", "子女", "张小小", "", "2015-06-01"])
    assert Kinship.objects.get(related__name="张小小").related.birth_date == dt.date(2015, 6, 1)
    refused = kin_resources.KinshipResource().preview(sheet(kin, ["1", "配偶", "李四", "2", "1990-01-01"]))
    assert [fault.column for fault in refused.faults] == ["birth_date"]


pytestmark = pytest.mark.django_db
