"""Special groups and kin come by list."""

import pytest

from members.cohorts import resources as cohorts_resources
from members.cohorts.models import Cohort
from members.kin import resources as kin_resources
from members.kin.enums import Relation
from members.kin.models import Kinship
from tests.factories import members as make
from tests.members.lists import enter


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


pytestmark = pytest.mark.django_db
