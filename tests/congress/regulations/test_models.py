"""A regulation lives from its adoption to its repeal, on the screen and by list."""

import io

import pytest

from congress.regulations.enums import RegulationAct
from congress.regulations.models import Regulation, RegulationVersion
from congress.regulations.resources import RegulationList
from tests.factories import bodies, regulations
from tests.factories.days import DAY, TODAY
from union_portal.base.errors import DomainError
from union_portal.base.importing.preview import ImportRefused, Status
from union_portal.base.spreadsheets.writing import write_xlsx

NAME = "教职工代表大会制度"
HEADINGS = ("制度名称", "动作", "日期", "文号", "主管部门")


def sheet(*rows: tuple[object, ...]) -> io.BytesIO:
    return io.BytesIO(write_xlsx(headings=HEADINGS, rows=rows))


def test_a_regulation_lives_from_its_adoption_to_its_repeal() -> None:
    first = regulations.enact(title=f"《{NAME}》", act=RegulationAct.ADOPTED, on=TODAY - 300 * DAY, text="第一版")
    second = regulations.enact(title=NAME, act=RegulationAct.REVISED, on=TODAY - 100 * DAY, text="第二版")
    assert first.regulation == second.regulation
    assert list(Regulation.objects.holding(on=TODAY)) == [first.regulation]
    for wrong in ({"on": TODAY - 100 * DAY}, {"on": TODAY + DAY}):
        with pytest.raises(DomainError):
            regulations.enact(title=NAME, act=RegulationAct.REVISED, **wrong)
    regulations.enact(title=NAME, act=RegulationAct.REPEALED, on=TODAY - 10 * DAY)
    assert not Regulation.objects.holding(on=TODAY).exists()
    with pytest.raises(DomainError):
        regulations.enact(title=NAME, act=RegulationAct.REVISED, on=TODAY)
    regulations.enact(title=NAME, act=RegulationAct.ADOPTED, on=TODAY - DAY)
    regulations.enact(title=NAME, act=RegulationAct.REVISED, on=TODAY)


def test_a_list_names_regulations_and_a_difference_is_shown_old_to_new() -> None:
    rows = ((f"《{NAME}》", "出台", TODAY - 30 * DAY, "校工〔1〕", "工会"), (NAME, "修改", TODAY - 9 * DAY, "", ""))
    assert RegulationList().preview(sheet(*rows)).counts[Status.NEW] == 2
    assert not Regulation.objects.exists()
    RegulationList(actor=bodies.officer()).confirm(sheet(*rows))
    assert (Regulation.objects.get().title, Regulation.objects.get().keeper) == (NAME, "工会")
    assert RegulationList().preview(sheet(*rows)).counts[Status.UNCHANGED] == 2
    other = ((NAME, "制定", TODAY - 30 * DAY, "校工〔2〕", "校工会"),)
    seen = RegulationList().preview(sheet(*other)).rows[0]
    assert {(one.old, one.new) for one in seen.changes} == {("校工〔1〕", "校工〔2〕"), ("工会", "校工会")}
    RegulationList().confirm(sheet(*other))
    assert RegulationVersion.objects.get(act=RegulationAct.ADOPTED).number == "校工〔2〕"
    assert Regulation.objects.get().keeper == "校工会"


def test_a_list_is_judged_as_the_screen_is() -> None:
    gone = ("旧办法", "废止", TODAY - 30 * DAY, "", "")
    for wrong in (("旧办法", "修订", TODAY, "", ""), ("新办法", "制定", TODAY + DAY, "", "")):
        with pytest.raises(ImportRefused) as refused:
            RegulationList().confirm(sheet(gone, wrong))
        assert [(fault.row, fault.column) for fault in refused.value.preview.faults] == [(3, "on")]
    assert not Regulation.objects.exists()


pytestmark = pytest.mark.django_db
