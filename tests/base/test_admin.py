import datetime as dt
import json

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse
from unfold.utils import display_for_label

from members.cohorts.models import CohortKind
from tests.factories.accounts import account, officer
from union_portal.accounts.admin.access import kind_in_words
from union_portal.accounts.enums import Role
from union_portal.accounts.models import AccessEntry, OneTimeCode, RoleAssignment, User
from union_portal.base.admin import display

pytestmark = pytest.mark.django_db
ADD = "admin:accounts_roleassignment_add"


def test_a_refusal_comes_back_at_its_field_with_the_input_kept(client: Client) -> None:
    client.force_login(officer(Role.ADMINISTRATOR))
    held = officer(Role.WELFARE)
    given = {
        "user": held.pk,
        "role": "welfare",
        "valid_from": "2024-03-01",
        "valid_to": "",
        "document": "工会〔2024〕7号",
    }
    response = client.post(reverse(ADD), given)
    assert response.status_code == 200
    assert response.context["adminform"].form.errors["role"]
    assert "工会〔2024〕7号" in response.content.decode()
    assert held.role_assignments.count() == 1


def test_what_the_service_made_is_what_the_page_shows(client: Client) -> None:
    client.force_login(officer(Role.ADMINISTRATOR))
    user = account()
    given = {
        "user": user.pk,
        "role": "audit",
        "valid_from": "2024-03-01",
        "valid_to": "",
        "document": "",
        "_continue": "1",
    }
    response = client.post(reverse(ADD), given)
    made = RoleAssignment.objects.get(user=user)
    assert response["Location"].startswith(reverse("admin:accounts_roleassignment_change", args=[made.pk]))


def test_a_step_says_what_will_happen_and_happens_only_by_post(client: Client) -> None:
    client.force_login(officer(Role.ADMINISTRATOR))
    user = account(name="苏晚晴")
    address = reverse("admin:accounts_user_issue_code", args=[user.pk])
    assert "苏晚晴" in client.get(address).content.decode()
    assert not OneTimeCode.objects.exists()
    assert client.post(address).status_code == 200
    assert OneTimeCode.objects.count() == 1


def test_a_refused_step_keeps_its_form(client: Client) -> None:
    client.force_login(officer(Role.ADMINISTRATOR))
    held = officer(Role.WELFARE).role_assignments.get()
    address = reverse("admin:accounts_roleassignment_end_role", args=[held.pk])
    response = client.post(address, {"on": "2001-01-01"})
    assert response.status_code == 422
    assert response.context["form"].errors["on"]
    assert "2001-01-01" in response.content.decode()
    client.post(address, {"on": "2024-01-01"})
    held.refresh_from_db()
    assert held.valid_to == dt.date(2024, 1, 1)


def test_a_step_needs_its_permission(client: Client) -> None:
    client.force_login(officer(Role.ACTIVITIES))
    user = account()
    assert client.post(reverse("admin:accounts_user_issue_code", args=[user.pk])).status_code == 403
    assert not OneTimeCode.objects.exists()


def test_a_step_that_makes_no_sense_is_not_offered(client: Client) -> None:
    client.force_login(officer(Role.ADMINISTRATOR))
    closed = account(is_active=False)
    page = client.get(reverse("admin:accounts_user_change", args=[closed.pk])).content.decode()
    assert "/close-account/" not in page
    assert "/reset-second-factor/" in page


def test_nothing_on_the_desk_is_deleted_without_a_service(client: Client) -> None:
    keeper = officer(Role.ADMINISTRATOR)
    keeper.is_superuser = True
    keeper.save()
    client.force_login(keeper)
    user = account()
    assert client.post(reverse("admin:accounts_user_delete", args=[user.pk]), {"post": "yes"}).status_code == 403
    request = RequestFactory().get("/")
    request.user = keeper
    assert "delete_selected" not in admin.site._registry[User].get_actions(request)


def test_the_access_log_is_to_look_at_only(client: Client) -> None:
    client.force_login(officer(Role.AUDIT))
    assert client.get(reverse("admin:accounts_accessentry_changelist")).status_code == 200
    assert client.get(reverse("admin:accounts_accessentry_add")).status_code == 403
    entry = AccessEntry.objects.latest("pk")
    assert client.post(reverse("admin:accounts_accessentry_change", args=[entry.pk]), {}).status_code == 403


def test_searching_in_a_field_finds_only_what_may_be_seen(client: Client) -> None:
    client.force_login(officer(Role.ADMINISTRATOR))
    account(name="顾清和")
    query = {"term": "顾清和", "app_label": "accounts", "model_name": "roleassignment", "field_name": "user"}
    found = json.loads(client.get(reverse("admin:autocomplete"), query).content)
    assert len(found["results"]) == 1
    client.force_login(account())
    assert client.get(reverse("admin:autocomplete"), query).status_code in {302, 403}


def test_a_list_asks_the_same_number_of_questions_however_long(
    client: Client, django_assert_max_num_queries: object
) -> None:
    client.force_login(officer(Role.ADMINISTRATOR))
    counts = []
    for _size in range(2):
        for _each in range(10):
            officer(Role.WELFARE, second_factor=False)
        with django_assert_max_num_queries(40) as seen:  # type: ignore[operator]
            client.get(reverse("admin:accounts_roleassignment_changelist"))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_new_row_gets_its_code_from_its_name(client: Client) -> None:
    client.force_login(officer(Role.ORGANISATION))
    address = reverse("admin:members_cohortkind_add")
    assert 'name="code"' not in client.get(address).content.decode()
    for name in ("新进博士", "新进（博士）"):
        client.post(address, {"name": name})
    made = dict(CohortKind.objects.filter(name__startswith="新进").values_list("name", "code"))
    assert made == {"新进博士": "xjbs", "新进（博士）": "xjbs-2"}


def test_a_state_without_a_colour_is_shown_in_words() -> None:
    @display(label={"due": "warning"})
    def state(_row: object) -> tuple[str, str]:
        return "closed", "已办结"

    shown = display_for_label(state(None), "-", state.label)  # type: ignore[attr-defined]
    assert "已办结" in shown
    assert "closed" not in shown


@pytest.mark.parametrize(
    ("kind", "words"), [("members.person", "人员"), ("welfare.statement", "福利慰问"), ("people", "人员（人事信息表）")]
)
def test_the_access_log_names_records_in_words(kind: str, words: str) -> None:
    assert kind_in_words(kind) == words
