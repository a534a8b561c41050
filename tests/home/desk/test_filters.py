"""Saved filters: what a list is asked, by a name of one's own, on the own account alone."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import members
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Role
from union_portal.base.errors import Refused
from union_portal.home.desk import services
from union_portal.home.desk.models import SavedFilter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
PEOPLE = "members.person"


def keep(client: Client, name: str, asked: str, shown: str = PEOPLE) -> str:
    answer = client.post(reverse("home:filters"), {"shown": shown, "name": name, "asked": asked}, follow=True)
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def test_a_filter_is_kept_by_name_opened_again_and_forgotten() -> None:
    client = signed_in(members.account_with_role(Role.ORGANISATION))
    shown = client.get(reverse("admin:members_person_changelist"), {"kind": "retiree"}).content.decode()
    assert "shown=members.person&amp;asked=kind%3Dretiree" in shown
    assert "已保存常用筛选“离退休女会员”" in keep(client, "离退休女会员", "kind=retiree&gender__exact=female&p=3")
    kept = SavedFilter.objects.get()
    assert kept.asked == "kind=retiree&gender__exact=female"
    listed = client.get(reverse("home:filters"), {"shown": PEOPLE}, headers={"HX-Request": "true"}).content.decode()
    assert '<a href="/admin/members/person/?kind=retiree&amp;gender__exact=female">离退休女会员' in listed
    assert client.get(f"/admin/members/person/?{kept.asked}").status_code == 200
    client.post(reverse("home:filters"), {"remove": kept.pk})
    assert not SavedFilter.objects.exists()


def test_nobody_keeps_filters_of_lists_that_are_closed_nor_touches_those_of_others() -> None:
    officer, other = members.account_with_role(Role.ORGANISATION), members.account_with_role(Role.WELFARE)
    mine = services.save_filter(account=officer, shown=PEOPLE, name="一", asked="kind=kin")
    client = signed_in(other)
    assert "一</a>" not in client.get(reverse("home:filters")).content.decode()
    client.post(reverse("home:filters"), {"remove": mine.pk})
    assert SavedFilter.objects.get() == mine
    for closed in ("accounts.accessentry", "members.kinship", "没有"):
        assert keep(client, "二", "q=1", shown=closed) == "404"
    assert keep(client, "二", "q=1", shown="") == "404"


def test_what_cannot_be_kept_is_refused_in_words() -> None:
    account = members.account_with_role(Role.ORGANISATION)
    client = signed_in(account)
    assert "请填写筛选的名称。" in keep(client, "  ", "kind=kin")
    assert "列表还没有筛选或搜索" in keep(client, "全部", "p=2")
    assert "筛选条件过长" in keep(client, "长", f"q={'长' * 900}")
    for number in range(services.MOST):
        services.save_filter(account=account, shown=PEOPLE, name=str(number), asked="kind=kin")
    services.save_filter(account=account, shown=PEOPLE, name="3", asked="kind=retiree")
    with pytest.raises(Refused):
        services.save_filter(account=account, shown=PEOPLE, name="多", asked="kind=kin")
    assert SavedFilter.objects.get(name="3").asked == "kind=retiree"
