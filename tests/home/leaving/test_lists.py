"""Every list of an archive says what the register holds: the portal that wrote it finds nothing in it to change."""

import datetime as dt
import io
from typing import Any

import pytest
from django.db import transaction

from congress.regulations.models import RegulationVersion
from members.kin.enums import Relation
from members.kin.models import Kinship
from members.kin.services import add_kin
from members.memberships.enums import MembershipStart
from members.memberships.services import steps
from members.memberships.services.episodes import Episode, begin_all
from members.people.enums import MembershipState
from members.people.models import Person
from tests.factories import bodies, members
from tests.factories.rows import row
from tests.home.imports import corrected_congress, corrected_register
from tests.home.imports.corrected_congress import table
from union_portal.base.importing.kinds import kind as kind_of
from union_portal.base.spreadsheets.writing import write_xlsx
from welfare.benefits.models import BenefitRule

pytestmark = pytest.mark.django_db
CASES = corrected_congress.CASES | corrected_register.CASES


def written(kind: str) -> tuple[io.BytesIO, list[list[Any]]]:
    """Return a kind's whole list as a file, and its rows."""
    resource = kind_of(kind)
    rows = list(resource(actor=None).whole())
    return io.BytesIO(write_xlsx(headings=[column.label for column in resource.kind.columns], rows=rows)), rows


@pytest.mark.parametrize("kind", CASES)
def test_what_a_list_brought_in_is_told_again(kind: str) -> None:
    told, _changed = CASES[kind]()
    resource = kind_of(kind)
    resource(actor=bodies.officer()).confirm(table(kind, told))
    file, rows = written(kind)
    again = resource(actor=None).preview(file)
    assert (again.unchanged, again.faults) == (len(rows), []), [row.changes for row in again.rows]
    assert rows


DAYS = [dt.date(year, 3, 1) for year in range(2010, 2025)]


def told_of(number: str) -> dict[str, Any]:
    """Return what the register holds of somebody's membership and places, without any key."""
    person = Person.objects.get(staff_number=number)
    fields = ("valid_from", "valid_to", "state", "began_by", "ended_by", "counterpart", "document")
    return {
        "episodes": list(person.memberships.order_by("valid_from").values_list(*fields)),
        "places": list(person.assignments.order_by("valid_from").values_list("branch__code", "valid_from", "valid_to")),
        "days": (person.retired_on, person.died_on, person.employment, person.kind),
    }


def lives() -> list[str]:
    """Register people with every kind of history; return their numbers."""
    one, other = members.branch(code="B1", name="甲分工会"), members.branch(code="B2", name="乙分工会")
    plain = members.member(branch=one)
    moved = members.member(branch=one, on=DAYS[0])
    steps.move_to_branch(person=moved, branch=other, on=DAYS[3])
    retired = members.member(branch=one, on=DAYS[0])
    steps.retire(person=retired, on=DAYS[8], document="退休通知")
    back = members.member(branch=one, on=DAYS[0])
    steps.retire(person=back, on=DAYS[5])
    steps.resume(person=back, on=DAYS[7], document="返聘协议")
    steps.transfer_out(person=back, on=DAYS[9], counterpart="乙大学工会", document="函1号")
    gone = members.member(branch=other, on=DAYS[0])
    steps.leave(person=gone, on=DAYS[4])
    steps.admit(person=gone, on=DAYS[6], branch=one, way=MembershipStart.TRANSFERRED_IN, counterpart="丙大学工会")
    dead = members.member(branch=one, on=DAYS[0])
    steps.record_death(person=dead, on=DAYS[6], document="证明")
    let_go = members.member(on=DAYS[0])
    steps.retire(person=let_go, on=DAYS[8], retain=False)
    kept = members.person()
    begin_all([Episode(kept.pk, DAYS[1], MembershipStart.RECORDED, MembershipState.RETAINED)])
    stranger = members.person()
    steps.move_to_branch(person=stranger, branch=other, on=DAYS[2])
    late = members.person()
    begin_all([Episode(late.pk, DAYS[2], MembershipStart.RECORDED)])
    everybody = (plain, moved, retired, back, gone, dead, let_go, kept, stranger, late, members.person())
    return [str(person.staff_number) for person in everybody]


def test_an_empty_register_that_takes_the_lists_in_tells_every_history_again() -> None:
    files: dict[str, io.BytesIO] = {}
    with transaction.atomic():
        before = {number: told_of(number) for number in lives()}
        files = {kind: written(kind)[0] for kind in ("branches", "people", "memberships")}
        transaction.set_rollback(True)
    assert not Person.objects.exists()
    for kind, file in files.items():
        kind_of(kind)(actor=None).confirm(file)
    assert {number: told_of(number) for number in before} == before
    for kind, file in files.items():
        assert kind_of(kind)(actor=None).preview(file).changed == 0
    # What the row of a person tells is not told a second time.
    assert len(written("memberships")[1]) < sum(len(one["episodes"]) + len(one["places"]) for one in before.values())


def test_texts_of_several_lines_keep_them() -> None:
    words = "第一条　为规范工作。\n\n第二条　自公布之日起施行。"
    row(RegulationVersion, by=None)
    RegulationVersion.objects.update(text=words)
    file, _rows = written("regulations")
    with transaction.atomic():
        RegulationVersion.objects.all().delete()
        kind_of("regulations")(actor=None).confirm(file)
        assert RegulationVersion.objects.get().text.split() == words.split()
        assert RegulationVersion.objects.get().text.count("\n") == 2


def test_two_members_who_are_each_other_s_kin_are_told_once() -> None:
    add_kin(person=members.member(), related=members.member(), relation=Relation.SPOUSE)
    assert Kinship.objects.count() == 2
    file, rows = written("kinships")
    assert len(rows) == 1
    Kinship.objects.all().delete()
    kind_of("kinships")(actor=None).confirm(file)
    assert Kinship.objects.count() == 2


def test_a_list_ends_a_standard_and_begins_the_next_one_at_once() -> None:
    rule = BenefitRule.objects.filter(example=False, variant="", valid_to=None).first()
    assert rule is not None
    fields = ("benefit", "variant", "form", "source", "standard", "valid_from", "valid_to")
    labels = {column.key: column.label for column in kind_of("benefit_rules").kind.columns}
    headings = [labels[name] for name in fields]
    told = [rule.benefit.name, "", rule.get_form_display(), rule.source]
    rows = [[*told, "", str(rule.valid_from), "2021-12-31"], [*told, "500", "2022-01-01", ""]]
    kind_of("benefit_rules")(actor=None).confirm(io.BytesIO(write_xlsx(headings=headings, rows=rows)))
    held = BenefitRule.objects.filter(benefit=rule.benefit, variant="", example=False).order_by("valid_from")
    assert [one.valid_to for one in held] == [dt.date(2021, 12, 31), None]
