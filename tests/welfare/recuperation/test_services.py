"""W8: what the union bears, when somebody may go again, places by largest remainder, order with grounds, coverage."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from members.cohorts.models import Cohort, CohortKind
from members.memberships.services import steps as memberships
from members.people.models import Person
from tests.factories import members
from tests.factories.recuperation import batch, gone, rule, whole
from union_portal.accounts.enums import Role
from union_portal.base import figures
from union_portal.base.errors import DomainError, Refused
from union_portal.base.figures import FigureRequest
from union_portal.base.periods import Period
from union_portal.base.steps import record, take
from welfare.disclosure.models import Objection
from welfare.disclosure.services import object_to
from welfare.recuperation.enums import ApplicationState, BatchState, Criterion, Frequency, Scope
from welfare.recuperation.models import RecuperationApplication, RecuperationRule, SelectionCriterion
from welfare.recuperation.services import batches, judging

pytestmark = pytest.mark.django_db


def capped(**fields: object) -> RecuperationRule:
    return RecuperationRule(**{"days_max": 5, "day_cap": Decimal(600), "year_cap": Decimal(3000), **fields})


@pytest.mark.parametrize(
    ("days", "price", "used", "union", "own"),
    [(5, 3480, 0, 3000, 480), (5, 2900, 0, 2900, 0), (5, 3480, 3000, 0, 3480), (3, 3480, 1500, 1500, 1980)],
)
def test_the_person_bears_what_is_over_the_caps(days: int, price: int, used: int, union: int, own: int) -> None:
    found = judging.shares(capped(), days=days, price=Decimal(price), used=Decimal(used))
    assert found == (Decimal(union), Decimal(own))
    assert sum(judging.shares(capped(), days=9, price=Decimal(9000))) == 9000


def test_nine_days_under_a_rule_of_seven_need_a_reason() -> None:
    seven = rule(scope=Scope.OUTSIDE, days_max=7)
    with pytest.raises(DomainError, match=r"不超过 7 天.*本批 9 天"):
        batch(rule=seven, days=9)
    assert batch(rule=seven, days=9, exception="校工字〔2024〕3号：路途两天").days == 9


def test_after_rolling_years_somebody_may_go_again_and_is_told_from_when() -> None:
    person = members.member()
    gone(batch(rule=rule(scope=Scope.OUTSIDE, years=3)), person)
    early, later = (batch(starts_on=dt.date(year, 7, 10)) for year in (2026, 2027))
    with pytest.raises(DomainError, match="2024-07-10 已参加省外疗休养，2027-07-10 起"):
        batches.apply(batch=early, person=person, actor=None)
    assert batches.apply(batch=later, person=person, actor=None).pk


def test_in_a_cycle_somebody_goes_once_and_what_was_not_used_lapses() -> None:
    cycles = rule(frequency=Frequency.CYCLE, years=2, cycle_from=2025)
    went, stayed = members.member(), members.member()
    gone(batch(rule=cycles, starts_on=dt.date(2025, 7, 10)), went)
    same, following, last = (batch(rule=cycles, starts_on=dt.date(year, 7, 1)) for year in (2026, 2027, 2028))
    with pytest.raises(DomainError, match="2027-01-01 起"):
        batches.apply(batch=same, person=went, actor=None)
    assert batches.apply(batch=following, person=went, actor=None).pk
    assert judging.cycle_of(cycles, dt.date(2026, 12, 31)) == Period(dt.date(2025, 1, 1), dt.date(2026, 12, 31))
    # The right of 2025 and 2026 is not carried into the next two years: there is one trip in them, not two.
    gone(following, stayed)
    with pytest.raises(DomainError, match="2029-01-01 起"):
        batches.apply(batch=last, person=stayed, actor=None)


def test_an_aim_of_coverage_forbids_nothing_and_a_newcomer_waits() -> None:
    aim = rule(frequency=Frequency.AIM, years=5, service_years=2)
    person = members.member(employed_on=dt.date(2022, 9, 1))
    with pytest.raises(DomainError, match="2024-09-01 起"):
        batches.apply(batch=batch(rule=aim), person=person, actor=None)
    gone(batch(rule=aim, starts_on=dt.date(2024, 9, 1)), person)
    assert batches.apply(batch=batch(rule=aim, starts_on=dt.date(2024, 10, 1)), person=person, actor=None).pk


@pytest.mark.parametrize(
    ("places", "heads", "given"),
    [
        (333, {"a": 500, "b": 300, "c": 200}, {"a": 166, "b": 100, "c": 67}),
        (200, {"a": 500, "b": 300, "c": 200}, {"a": 100, "b": 60, "c": 40}),
        (10, {"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 1, "c": 1}),
        (2, {"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 1, "c": 0}),
        (5, {}, {}),
    ],
)
def test_places_go_to_branches_by_largest_remainder(places: int, heads: dict[str, int], given: dict[str, int]) -> None:
    assert judging.distributed(places, heads) == given


def test_the_order_is_the_rules_and_says_why() -> None:
    of = rule(frequency=Frequency.AIM)
    kind = CohortKind.objects.get_or_create(code="own-model", name="劳动模范")[0]
    for place, (criterion, cohort) in enumerate(
        [(Criterion.COHORT, kind), (Criterion.NEVER, None), (Criterion.SERVICE, None)], 1
    ):
        record(SelectionCriterion(rule=of, position=place, kind=criterion, cohort=cohort), actor=None)
    branch = members.branch()

    def somebody(year: int) -> Person:
        born = dt.date(1960, 1, 1)
        return members.member(branch=branch, birth_date=born, employed_on=dt.date(year, 7, 1))

    went, old, young, model = somebody(1990), somebody(1995), somebody(2010), somebody(2015)
    Cohort.objects.create(person=model, kind=kind, valid_from=dt.date(2020, 1, 1))
    gone(batch(rule=of, starts_on=dt.date(2023, 7, 10)), went)
    asked = batch(rule=of, places=2, price="3480")
    for person in (went, young, old, model):
        batches.apply(batch=asked, person=person, actor=None)
    batches.choose(subject=asked, actor=None)
    found = asked.applications.order_by("rank")
    assert [one.person for one in found] == [model, old, young, went]
    assert [one.state for one in found] == [*[ApplicationState.CHOSEN] * 2, *[ApplicationState.PASSED_OVER] * 2]
    assert found[0].grounds == "1. 劳动模范：是；2. 从未参加；3. 来校 2015-07-01"
    assert (found[0].union_share, found[0].own_share, found[3].union_share) == (3000, 480, None)


def test_each_branch_has_its_places_first() -> None:
    big, small = members.branch(), members.branch()
    many = [members.member(branch=big) for _number in range(4)]
    [one, other] = [members.member(branch=small) for _number in range(2)]
    asked = batch(places=3)
    for person in (*many, one, other):
        batches.apply(batch=asked, person=person, actor=None)
    batches.choose(subject=asked, actor=None)
    chosen = asked.applications.filter(state=ApplicationState.CHOSEN)
    assert {row.person for row in chosen} == {*many[:2], one}


def test_nobody_goes_uninsured_and_a_batch_is_judged_anew() -> None:
    asked, person = batch(), members.member()
    batches.apply(batch=asked, person=person, actor=None)
    batches.choose(subject=asked, actor=None)
    with pytest.raises(Refused, match=f"{person.name}还没有登记意外险"):
        batches.close(subject=asked, actor=None)
    batches.reopen(subject=asked, actor=None, why="增加名额")
    one = asked.applications.get()
    assert one.state == ApplicationState.APPLIED
    batches.choose(subject=asked, actor=None)
    take(subject=one, action="insure", actor=None, policy="P1")
    assert batches.close(subject=asked, actor=None).state == BatchState.CLOSED
    one.refresh_from_db()
    assert one.state == ApplicationState.GONE
    with pytest.raises(Refused, match="已有人参加"):
        batches.cancel(subject=asked, actor=None, why="错")


def test_coverage_counts_people_in_service_on_the_last_day_once() -> None:
    people = [members.member() for _number in range(6)]
    of = rule(frequency=Frequency.AIM)
    gone(batch(rule=of, starts_on=dt.date(2022, 7, 1)), *people[:4])
    gone(batch(rule=of, starts_on=dt.date(2024, 7, 1)), people[0])
    memberships.leave(person=people[3], on=dt.date(2025, 1, 1))
    told = judging.coverage(Period(dt.date(2022, 1, 1), dt.date(2026, 12, 31)))
    assert (told.went, told.members, told.percent) == (3, 5, Decimal("60.0"))
    assert judging.Coverage(told.period, 830, 1000).percent == Decimal("83.0")


def test_six_batches_of_a_summer_are_six() -> None:
    of = rule(frequency=Frequency.AIM)
    person = members.member()
    for number in range(6):
        gone(batch(rule=of, starts_on=dt.date(2022, 7, 1) + dt.timedelta(days=10 * number)), person)
    batch(rule=of, starts_on=dt.date(2022, 8, 30))
    asked = ("welfare.recuperation_batches", "welfare.recuperation_people")
    year = Period.year(2022)
    batches_, people = figures.count([FigureRequest(key, (key,), year) for key in asked])
    assert batches_.times == 6
    assert (people.heads, people.times) == (1, 6)


def test_the_desk_applies_for_the_own_branch_and_shows_places(client: Client, one_factor: None) -> None:
    mine, theirs = members.branch(), members.branch()
    own, other = members.member(branch=mine), members.member(branch=theirs)
    one = whole(person=members.member(branch=mine))
    client.force_login(members.account_with_role(Role.BRANCH_CHAIR, branches=(mine,)))
    for person in (other, own):
        told = {"batch": one.pk, "person": person.pk, "companions": 1}
        client.post(reverse("admin:welfare_recuperationapplication_add"), told)
    assert not RecuperationApplication.objects.filter(person=other).exists()
    assert RecuperationApplication.objects.get(person=own).companions == 1
    client.force_login(members.account_with_role(Role.WELFARE))
    page = client.get(reverse("admin:welfare_recuperationbatch_change", args=[one.pk])).content.decode()
    assert "最大余数法" in page
    other_page = client.get(reverse("admin:welfare_recuperationrule_change", args=[one.rule_id])).content.decode()
    assert "覆盖率" in other_page


def test_a_list_applies_for_all_or_names_whom_it_cannot() -> None:
    went, other, late = members.member(), members.member(), members.member()
    gone(batch(rule=rule(years=3)), went)
    running = batch(starts_on=dt.date(2025, 7, 10))
    lines = [(one.staff_number or "", one.name) for one in (other, late)]
    with pytest.raises(DomainError, match=r"有 2 条不能报名：第 2 条：.*2024-07-10 已参加.*；第 3 条：没有工号 999"):
        batches.apply_all(
            batch=running, lines=[lines[0], (went.staff_number or "", went.name), ("999", "无")], actor=None
        )
    assert not running.applications.exists()
    assert batches.apply_all(batch=running, lines=lines, actor=None) == 2
    with pytest.raises(DomainError, match="已报名"):
        batches.apply_all(batch=running, lines=lines[:1], actor=None)


def test_the_selection_is_printed_with_order_grounds_and_shares(client: Client) -> None:
    made = batch(places=1, price="3480")
    record(SelectionCriterion(rule=made.rule, position=1, kind=Criterion.SERVICE), actor=None)
    first, second = members.member(employed_on=dt.date(2001, 7, 1)), members.member(employed_on=dt.date(2010, 7, 1))
    for person in (second, first):
        batches.apply(batch=made, person=person, actor=None)
    batches.choose(subject=made, actor=None)
    client.force_login(members.account_with_role(Role.WELFARE))
    answer = client.post(reverse("admin:welfare_recuperationbatch_print_selection", args=[made.pk]), follow=True)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    for words in ("疗休养入选名单", first.name, "来校 2001-07-01", "入选", "未入选", "3,000.00", "480.00"):
        assert words in text, words
    assert text.index(first.name) < text.index(second.name)


def test_a_list_is_shown_with_masked_names_and_an_objection_judges_everybody_anew() -> None:
    made, officer = batch(starts_on=timezone.localdate()), members.account_with_role(Role.WELFARE)
    person = members.member(name="欧阳修远")
    batches.apply(batch=made, person=person, actor=officer)
    with pytest.raises(Refused, match="确定名单之后"):
        batches.publish_selection(batch=made, actor=officer)
    batches.choose(subject=made, actor=officer)
    notice = batches.publish_selection(batch=made, actor=officer)
    assert notice.lines.startswith("1. 欧***（")
    with pytest.raises(Refused, match="正在公示"):
        batches.publish_selection(batch=made, actor=officer)
    take(subject=made.applications.get(), action="insure", actor=officer, policy="P1")
    made.refresh_from_db()
    with pytest.raises(Refused, match="公示结束后"):
        batches.close(subject=made, actor=officer)
    object_to(objection=Objection(disclosure=notice, raised_on=timezone.localdate(), text="次序有误"), actor=officer)
    made.refresh_from_db()
    assert (made.state, made.applications.get().state) == (BatchState.OPEN, ApplicationState.APPLIED)
    batches.choose(subject=made, actor=officer)
    assert batches.publish_selection(batch=made, actor=officer).pk != notice.pk
