import datetime as dt
import gzip
import re
import time
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from tests.factories.accounts import PASSWORD, account, officer, second_factors
from union_portal import settings as own_settings
from union_portal.accounts import services
from union_portal.accounts.enums import Access, Role
from union_portal.accounts.models import AccessEntry, User
from union_portal.base.middleware import CompressedPagesMiddleware

pytestmark = pytest.mark.django_db
NEW = "mountain-river-2024"


@pytest.fixture(autouse=True)
def forget_attempts() -> None:
    cache.clear()


def sign_in(client: Client, user: User, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": user.staff_number, "password": password})


def code_of(secret: str, *, periods_ago: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 - periods_ago)))


def secret_of(user: User) -> str:
    kept = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]
    return str(get_adapter().decrypt(kept))


def test_a_password_kept_by_other_parameters_is_kept_anew_at_sign_in(client: Client, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    user = account()
    settings.PASSWORD_HASHERS = own_settings.PASSWORD_HASHERS
    assert "$m=102400,t=2,p=8$" in user.password
    sign_in(client, user)
    user.refresh_from_db()
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in user.password
    assert user.check_password(PASSWORD)


def test_pages_go_out_compressed_and_papers_as_they_are(client: Client) -> None:
    page = client.get(reverse("account_login"), headers={"Accept-Encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert "工号" in gzip.decompress(page.content).decode()
    paper = HttpResponse(b"%PDF-" + bytes(5000), content_type="application/pdf")
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    CompressedPagesMiddleware(lambda _request: paper)(request)
    assert "Content-Encoding" not in paper


def test_a_member_signs_in_with_the_staff_number(client: Client) -> None:
    user = account()
    response = sign_in(client, user)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert AccessEntry.objects.filter(user=user, action=Access.SIGN_IN).exists()


def test_who_works_at_the_desk_is_led_to_it_and_there_to_the_second_factor(client: Client) -> None:
    response = sign_in(client, officer(Role.WELFARE, second_factor=False))
    assert response["Location"] == reverse("admin:index")
    assert "/2fa/" in client.get(response["Location"])["Location"]


def test_who_opens_the_bare_address_is_led_by_the_signing_in(client: Client) -> None:
    assert client.get("/")["Location"] == reverse("account_login")
    # A page that was asked for is still where one goes.
    assert client.get(reverse("home:benefits"))["Location"].endswith(f"?next={reverse('home:benefits')}")


def test_a_wrong_password_is_refused_and_logged(client: Client) -> None:
    user = account()
    response = sign_in(client, user, "wrong")
    assert response.status_code == 200
    entry = AccessEntry.objects.get(action=Access.REFUSED)
    assert (entry.user, entry.subject) == (user, user.staff_number)


def test_what_is_no_number_is_not_written_down(client: Client) -> None:
    client.post(reverse("account_login"), {"login": "my-secret-password", "password": "x"})
    assert AccessEntry.objects.get(action=Access.REFUSED).subject == ""


def test_many_wrong_passwords_stop_the_right_one(client: Client) -> None:
    user = account()
    for _turn in range(6):
        sign_in(client, user, "wrong")
    assert sign_in(client, user).status_code != 302


def test_a_closed_account_does_not_sign_in(client: Client) -> None:
    sign_in(client, account(is_active=False))
    assert "_auth_user_id" not in client.session


def test_there_is_no_way_to_sign_up(client: Client) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert "注册" not in page
    client.post("/accounts/signup/", {"username": "new", "password1": PASSWORD, "password2": PASSWORD})
    client.post(reverse("account_signup"), {"username": "new", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.filter(staff_number="new").exists()


def test_a_one_time_code_opens_the_account(client: Client) -> None:
    user = account(password=None)
    code = services.issue_code(user=user, issued_by=None)
    given = {"staff_number": user.staff_number, "code": code, "password": NEW, "again": NEW}
    response = client.post(reverse("account_signup"), given)
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_weak_password_leaves_the_code_unused(client: Client) -> None:
    user = account(password=None)
    code = services.issue_code(user=user, issued_by=None)
    given = {"staff_number": user.staff_number, "code": code, "password": "12345678", "again": "12345678"}
    assert client.post(reverse("account_signup"), given).status_code == 422
    assert services.redeem_code(staff_number=user.staff_number, code=code, password=NEW) == user


def test_guessing_codes_is_limited(client: Client) -> None:
    given = {"staff_number": "U1", "code": "AAAAA-AAAAA", "password": NEW, "again": NEW}
    answers = [client.post(reverse("account_signup"), given).status_code for _turn in range(12)]
    assert answers[-1] == 429


def test_a_code_does_not_pass_by_the_second_factor(client: Client) -> None:
    user = officer(Role.WELFARE)
    code = services.issue_code(user=user, issued_by=None)
    given = {"staff_number": user.staff_number, "code": code, "password": NEW, "again": NEW}
    response = client.post(reverse("account_signup"), given)
    assert response["Location"].startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session


def test_staff_enrol_a_second_factor_before_the_desk_opens(client: Client) -> None:
    user = officer(Role.WELFARE, second_factor=False)
    sign_in(client, user)
    desk = reverse("admin:index")
    response = client.get(desk)
    assert response["Location"] == f"{reverse('mfa_activate_totp')}?next={quote(desk, safe='')}"
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert secret
    response = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret[1])})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    assert len(re.findall(r"<code>\d{8}</code>", client.get(response["Location"]).content.decode())) == 10
    assert client.get(desk).status_code == 200


def test_staff_sign_in_with_password_and_code(client: Client) -> None:
    user = officer(Role.WELFARE)
    response = sign_in(client, user)
    assert response["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("admin:index")).status_code == 302
    assert "动态码" in client.get(response["Location"]).content.decode()
    secret = secret_of(user)
    assert secret not in Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize(("periods_ago", "let_in"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_code_that_turned_over_while_it_was_typed_still_counts(
    client: Client, periods_ago: int, *, let_in: bool
) -> None:
    user = officer(Role.WELFARE)
    sign_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret_of(user), periods_ago=periods_ago)})
    assert ("_auth_user_id" in client.session) == let_in


def test_a_code_counts_once_for_as_long_as_it_is_good() -> None:
    user, begun = officer(Role.WELFARE), timezone.now().replace(second=0, microsecond=0)
    with time_machine.travel(begun) as clock:
        code = code_of(secret_of(user), periods_ago=-1)
        for seconds in (0, 29, 31, 59, 85):
            clock.move_to(begun + dt.timedelta(seconds=seconds))
            thief = Client()
            sign_in(thief, user)
            thief.post(reverse("mfa_authenticate"), {"code": f"{code[:3]}-{code[3:]}" if seconds else code})
            assert ("_auth_user_id" in thief.session) == (seconds == 0)


def test_a_site_may_do_without_the_second_factor(client: Client, settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False
    sign_in(client, officer(Role.WELFARE, second_factor=False))
    assert client.get(reverse("admin:index")).status_code == 200


def test_the_desk_sends_strangers_to_the_one_sign_in_and_members_away(client: Client) -> None:
    assert client.get(reverse("admin:login"))["Location"].startswith(reverse("account_login"))
    client.force_login(account())
    assert client.get(reverse("admin:login")).status_code == 403


def test_a_lost_phone_is_forgotten_by_somebody_else(client: Client) -> None:
    user, keeper = account(), officer(Role.ADMINISTRATOR)
    TOTP.activate(user, generate_totp_secret())
    client.force_login(keeper)
    address = reverse("admin:accounts_user_reset_second_factor", args=[user.pk])
    assert client.get(address).status_code == 200
    assert second_factors(user) == 1
    client.post(address)
    assert second_factors(user) == 0
    assert client.post(reverse("admin:accounts_user_reset_second_factor", args=[keeper.pk])).status_code == 403


@pytest.mark.parametrize(
    "steps",
    [[services.close_account, services.reopen_account], [services.reset_second_factor]],
    ids=["reopened", "reset"],
)
def test_whoever_was_signed_in_is_out_once_an_account_is_opened_again_or_its_factor_reset(steps: list[Any]) -> None:
    user, keeper, stale = account(), officer(Role.ADMINISTRATOR), Client()
    stale.force_login(user)
    assert stale.get(reverse("home:start")).status_code == 200
    for step in steps:
        step(user=user, actor=keeper)
    assert stale.get(reverse("home:start")).status_code == 302
    stale.force_login(user)
    assert stale.get(reverse("home:start")).status_code == 200
