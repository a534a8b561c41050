"""单位信息: one name in one place, and what headers, papers and periods take from the page."""

import datetime as dt

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from members.branches.enums import BranchKind
from members.branches.models import Branch
from members.branches.resources import BranchResource
from members.branches.services import tree
from members.memberships import renderers
from members.memberships.services import steps as memberships
from members.people.models import Person
from tests.factories import members as make
from tests.factories.papers import picture, sent
from tests.members.register.hr_spreadsheet import workbook
from union_portal.accounts.enums import Role
from union_portal.base import profile
from union_portal.base.errors import Refused
from union_portal.base.models import UnionProfile
from union_portal.base.periods import Period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
PAGE, DESK = "/admin/profile/", "/admin/"
SAID = {
    "name": "青岚学院工会",
    "short_name": "青岚院工会",
    "founded_on": "1950年9月1日",
    "document_prefix": "青院工",
    "signatory": "青岚学院工会委员会",
    "contact": "行政楼 203",
    "school_year_start": "8月20日",
    "statistics_year_start": "11-01",
}


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(make.account_with_role(Role.ADMINISTRATOR))
    return client


def test_the_first_sign_in_leads_to_the_page_and_from_it_to_the_desk(administrator: Client) -> None:
    profile.keep(None)
    assert administrator.get(DESK)["Location"] == PAGE
    shown = administrator.get(PAGE).content.decode()
    assert "先告诉平台您是哪个工会" in shown
    refused = administrator.post(PAGE, SAID | {"name": "", "school_year_start": "2月29日"})
    assert refused.status_code == 422
    assert "不是每年都有的一天" in refused.content.decode()
    assert not Branch.objects.exists()
    assert not UnionProfile.objects.exists()
    assert administrator.post(PAGE, SAID)["Location"] == DESK
    assert administrator.get(DESK).status_code == 200
    root = Branch.objects.get()
    assert (root.code, root.name, root.kind) == ("00", "青岚学院工会", BranchKind.SCHOOL)


def test_nobody_else_is_led_there(client: Client) -> None:
    profile.keep(None)
    client.force_login(make.account_with_role(Role.WELFARE))
    assert client.get(DESK).status_code == 200
    assert client.get(PAGE).status_code == 403


def test_a_name_is_given_in_one_place_and_every_reader_follows(administrator: Client) -> None:
    root = make.branch(code="00", name="青岚学院工会", kind=BranchKind.SCHOOL)
    below = make.branch(name="文学院分工会")
    assert below.parent == root
    administrator.post(PAGE, SAID | {"name": "青岚大学工会"})
    assert tree.union_name() == "青岚大学工会"
    shown = administrator.get(DESK).content.decode()
    assert "青岚院工会工作平台" in shown
    assert "行政楼 203" in Client().get(reverse("account_login")).content.decode()
    with pytest.raises(Refused, match="单位信息"):
        tree.change_branch(branch=root, name="别的名字")
    with pytest.raises(Refused, match="单位信息"):
        tree.found_branch(code="99", name="第二个校工会", kind=BranchKind.SCHOOL, founded_on=dt.date(2000, 1, 1))


def test_the_union_itself_is_neither_merged_nor_dissolved(client: Client) -> None:
    root, below = make.branch(kind=BranchKind.SCHOOL, name="青岚学院工会"), make.branch()
    client.force_login(make.account_with_role(Role.ORGANISATION))
    words = {branch: client.get(reverse("admin:members_branch_change", args=[branch.pk])) for branch in (root, below)}
    assert "并入其他分工会" in words[below].content.decode()
    assert "并入其他分工会" not in words[root].content.decode()
    with pytest.raises(Refused, match="不能撤销"):
        tree.dissolve_branch(branch=root, on=dt.date(2026, 1, 1))
    with pytest.raises(Refused, match="不能撤销"):
        tree.merge_branch(branch=root, into=below, on=dt.date(2026, 1, 1))


def test_years_begin_on_the_days_that_were_said(administrator: Client) -> None:
    assert Period.school_year(2026) == Period(dt.date(2025, 9, 1), dt.date(2026, 8, 31))
    assert Period.statistics_year(2026) == Period(dt.date(2025, 10, 1), dt.date(2026, 9, 30))
    administrator.post(PAGE, SAID)
    assert Period.school_year(2026) == Period(dt.date(2025, 8, 20), dt.date(2026, 8, 19))
    assert Period.statistics_year(2026) == Period(dt.date(2025, 11, 1), dt.date(2026, 10, 31))
    assert administrator.get(PAGE).content.decode().count('value="11月1日"') == 1
    administrator.post(PAGE, SAID | {"statistics_year_start": "1.1"})
    assert Period.statistics_year(2026) == Period.year(2026)


def test_a_letter_bears_the_prefix_and_the_signature(administrator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderers, "render", lambda html, **_options: html)
    administrator.post(PAGE, SAID)
    person: Person = make.member()
    memberships.transfer_out(person=person, on=dt.date(2026, 3, 1), counterpart="明湖学院工会")
    words = str(renderers.transfer_letter(person))
    assert "青院工接字〔2026〕第" in words
    assert "青岚学院工会委员会（盖章）" in words


def test_the_emblem_stands_on_the_door_and_above_the_desk(administrator: Client) -> None:
    administrator.post(PAGE, SAID | {"emblem": sent("emblem.png", picture("PNG"))})
    address = profile.emblem()
    assert address
    assert address in administrator.get(DESK).content.decode()
    door = Client()
    assert address in door.get(reverse("account_login")).content.decode()
    shown = door.get(address)
    assert shown["Content-Type"] == "image/png"
    assert shown.getvalue().startswith(b"\x89PNG")
    kept = administrator.post(PAGE, SAID)
    assert kept.status_code == 302
    assert profile.emblem() == address
    administrator.post(PAGE, SAID | {"emblem-clear": "on"})
    assert profile.emblem() == ""


def test_a_list_of_branches_founds_the_union_once_and_does_not_rename_it() -> None:
    headings = ("编码", "名称", "类别", "上级", "成立日期")
    school, below = ["00", "青岚学院工会", "校级工会", "", "1950-09-01"], ["01", "文学院分工会", "", "", "1990-09-01"]
    BranchResource(actor=None).confirm(workbook([school, below], headings=headings))
    assert [one.code for one in Branch.objects.filter(parent__code="00")] == ["01"]
    renamed = BranchResource(actor=None).preview(
        workbook([["00", "青岚大学工会", "校工会", "", ""]], headings=headings)
    )
    assert ["请在“单位信息”中修改" in fault.reason for fault in renamed.faults] == [True]


def test_the_emblem_and_the_prefix_stand_on_the_unions_own_papers(administrator: Client) -> None:
    administrator.post(PAGE, SAID | {"emblem": sent("emblem.png", picture("PNG"))})
    assert profile.document_number("入", year=2026, number=12) == "青院工入字〔2026〕第 00012 号"
    papers = [
        *("paper/admission_form.html", "paper/proposal_form.html", "paper/transfer_letter.html"),
        *("welfare/sheets/signoff_sheet.html", "welfare/statement/paper.html"),
        *("congress/attendance/paper/sign_in.html", "congress/delegates/paper/delegates.html"),
    ]
    for one in papers:
        assert '{% include "paper/_emblem.html" %}' in (settings.BASE_DIR / "templates" / one).read_text(), one
    assert 'class="emblem" src="data:image/png;base64,' in render_to_string("paper/_emblem.html")
    kept = UnionProfile.objects.get().emblem
    administrator.post(PAGE, SAID | {"document_prefix": "", "emblem-clear": "on"})
    assert not render_to_string("paper/_emblem.html").strip()
    assert profile.document_number("入", year=2026, number=12) == "工会入字〔2026〕第 00012 号"
    # A picture that is gone from the disk keeps no paper from being made.
    UnionProfile.objects.update(emblem=f"away-{kept.name}")
    profile.keep(None)
    assert profile.emblem_on_paper() == ""
