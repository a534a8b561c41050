"""A corrected list is never swallowed: a changed cell is shown as a change, or named as what is in the way."""

import re

import pytest

from congress.sessions.models import Sitting
from congress.sessions.resources import AgendaResource, SessionResource
from tests.factories import bodies
from tests.home.imports import corrected_congress, corrected_register
from tests.home.imports.corrected_congress import agenda_case, session_case, table
from union_portal.base.errors import Refused
from union_portal.base.importing.kinds import kind as kind_of
from union_portal.base.importing.kinds import kinds
from union_portal.base.importing.preview import Status
from union_portal.home.imports.services.history import bring_in, take_back

pytestmark = pytest.mark.django_db
CASES = corrected_congress.CASES | corrected_register.CASES
# Columns that only say how to read the row, or that a row in this state cannot have.
NOT_SWEPT = {
    "grants": {"staff_number", "benefit", "occasion", "event_on", "relation"},
    "meetings": {"handling", "kind"},
    "memberships": {"retain"},
    "congresses": {"branch"},
    "delegates": {"branch"},
    "summary_records": {"approximation"},
    "suggestions": {"session", "drive", "published", "state", "name"},
}
# A further row says otherwise; none is taken away.
WRITTEN_ONCE = {"vouchers"}
# A number that is none of the other kind is named where it stands.
NAMED_AT = {("people", "identity_kind"): "证件号码"}


def test_every_list_stands_in_the_sweep() -> None:
    assert {one.kind.key for one in kinds()} == set(CASES)


def test_every_column_of_a_term_or_a_number_reads_the_word_for_the_first() -> None:
    told = {
        (one.kind.key, column.key): column.parser.parse("首届")
        for one in kinds()
        for column in one.kind.columns
        if re.search("届次?$|(?<!每年)次数$|^第几", column.label)
    }
    assert {("congresses", "term"), ("delegates", "term"), ("sessions", "union_term"), ("offices", "number")} <= set(
        told
    )
    assert set(told.values()) == {1}


@pytest.mark.parametrize("kind", CASES)
def test_every_changed_cell_is_a_change_or_a_fault_and_the_list_goes_back(kind: str) -> None:
    told, changed = CASES[kind]()
    resource = kind_of(kind)
    officer = bodies.officer()
    kept, _done = bring_in(resource=resource(actor=officer), file=table(kind, told), name="一.xlsx", answers={})
    again = resource(actor=None).preview(table(kind, told))
    assert (again.unchanged, again.faults) == (1, [])
    writable = {column.key for column in resource.kind.columns} - set(resource.key_columns)
    assert set(changed) == writable - NOT_SWEPT.get(kind, set())
    for key, value in changed.items():
        preview = resource(actor=officer).preview(table(kind, told | {key: value}))
        row = preview.rows[0]
        label = resource(actor=None).columns[key].label
        if row.status is Status.CHANGED:
            assert label in {one.label for one in row.changes}, key
        else:
            assert row.status is Status.FAULTY, key
            assert NAMED_AT.get((kind, key), label) in {fault.label for fault in row.faults}, (
                key,
                [str(fault) for fault in row.faults],
            )
    if kind in WRITTEN_ONCE:
        with pytest.raises(Refused, match="已写入"):
            take_back(subject=kept, actor=officer, why="拿错了")
        return
    take_back(subject=kept, actor=officer, why="拿错了")
    later = resource(actor=officer).preview(table(kind, told))
    assert (later.new + later.changed, later.unchanged, later.faults) == (1, 0, [])


def test_who_was_present_is_corrected_in_a_recorded_session() -> None:
    told, _changed = session_case()
    SessionResource(actor=None).confirm(table("sessions", told))
    SessionResource(actor=None).confirm(table("sessions", told | {"staff_present": 95, "place": "报告厅"}))
    one = Sitting.objects.select_related("session").get()
    assert (one.present, one.session.place) == (95, "报告厅")


def test_an_item_of_the_agenda_takes_another_place() -> None:
    told, _changed = agenda_case()
    AgendaResource(actor=None).confirm(table("agenda", told))
    AgendaResource(actor=None).confirm(table("agenda", told | {"position": 7}))
    assert Sitting.objects.get().agenda.get().position == 7
