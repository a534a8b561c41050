"""What the desk's forms refuse stands at their own fields; shares stand there as rules write them."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from congress.bodies.enums import Body, Bound
from congress.elections.services import elections
from congress.sessions.services import sessions
from congress.sessions.services.sessions import Part
from congress.voting.services.counting import Papers
from tests.factories import attendance, bodies, members
from tests.factories import elections as make
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Role
from union_portal.base.errors import Refused

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def one_factor(settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False


def test_a_seat_outside_the_committees_term_is_refused_where_the_day_is_asked() -> None:
    today = timezone.localdate()
    election = make.election(attendance.sitting(due=9), seats=1, names=["丁一", "王二"])
    election.committee.ends_on = today + DAY
    election.committee.save()
    votes = dict(zip(election.candidates.values_list("pk", flat=True), (9, 0), strict=True))
    elections.enter_count(sheet=election, votes=votes, papers=Papers(9, 9, 9, 0), actor=bodies.officer())
    elections.confirm(sheet=election, actor=bodies.officer(), signed_sheet="1号")
    sent = {"on": f"{today}", "document": "批复〔2026〕1号", "begins_on": f"{today + 30 * DAY}"}
    address = reverse("admin:congress_election_approve", args=[election.pk])
    answer = signed_in(members.account_with_role(Role.CONGRESS)).post(address, sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["begins_on"]


def test_two_terms_that_cannot_sit_together_are_refused_at_the_forms_own_field() -> None:
    staff, other = bodies.congress(), bodies.congress()
    union = bodies.congress(body=Body.UNION, branch=members.branch())
    today = timezone.localdate()
    for parts, field in (([], "staff"), ([staff, other], "staff"), ([staff, union], "union")):
        with pytest.raises(Refused) as refused:
            sessions.convene(parts=[Part(one) for one in parts], convened_on=today, actor=None)
        assert refused.value.field == field
    with pytest.raises(Refused) as refused:
        sessions.record_session(parts=[Part(staff, 1, 80, 90)], convened_on=staff.began_on, source="年鉴", actor=None)
    assert refused.value.field == "staff_present"


def test_the_page_of_a_term_shows_its_shares_as_rules_write_them() -> None:
    two_thirds = Decimal("0.6667")
    one = bodies.congress(min_teachers=two_thirds, min_women=Decimal("0.4"), quorum_bound=Bound.MORE_THAN)
    address = reverse("admin:congress_congress_change", args=[one.pk])
    office, chair = signed_in(bodies.officer()), signed_in(bodies.leader())
    form = office.get(address).context["adminform"].form
    assert form["min_teachers"].field.widget.attrs["class"] == form["document"].field.widget.attrs["class"]
    assert [form[name].value() for name in ("min_teachers", "min_women", "min_young")] == ["三分之二", "40%", None]
    for client in (office, chair):
        page = client.get(address).content.decode()
        for words in ("三分之二", "40%", "超过应到人数的三分之二", "超过应到人数的半数"):
            assert words in page, words
        assert "0.6667" not in page
        assert "0.4000" not in page
    sent = {
        "number": one.number, "mode": one.mode, "began_on": f"{one.began_on}", "ends_on": f"{one.ends_on}",
        "min_teachers": "六成", "min_women": "2/3", "min_young": "", "quorum_numerator": 2, "quorum_denominator": 3,
        "quorum_bound": "at_least", "majority_numerator": 1, "majority_denominator": 2, "majority_bound": "more_than",
    }  # fmt: skip
    assert "请填写比例" in office.post(address, sent).content.decode()
    assert office.post(address, {**sent, "min_teachers": "60%"}).status_code == 302
    one.refresh_from_db()
    assert (one.min_teachers, one.min_women, one.min_young) == (Decimal("0.6"), two_thirds, None)


pytestmark = pytest.mark.django_db
