"""Every kind of record at the desk, whatever is registered: lists, forms, exports, imports, figures."""

import datetime as dt
import io
import re
from collections import Counter
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import result_headers, results
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Model
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from congress.proposals.enums import ProposalState
from tests.architecture.asking import unmarked
from tests.factories import members, proposals, rounds
from tests.factories.rows import rows, twin
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base import figures
from union_portal.base.figures import source
from union_portal.base.importing.exporting import export
from union_portal.base.importing.kinds import kinds
from union_portal.base.importing.lists import ModelList
from union_portal.base.importing.sheets import template
from union_portal.base.periods import Period
from union_portal.base.spreadsheets.headers import find_headings
from union_portal.base.spreadsheets.reading import read_book
from union_portal.home.leaving.models import Arrival
from welfare.purchases import services as purchases
from welfare.rounds.services import handing_out

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]
DESK = sorted(admin.site._registry, key=lambda model: model._meta.label)
LISTS = [one for one in kinds() if issubclass(one, ModelList)]
_TIME = re.compile(r"(\d\d:\d\d):\d\d$")
# Figures that none of the rows below count for; their rooms' own tests do.
NOT_HERE = {
    *("members.deceased", "members.direct_groups", "members.left", "members.recorded", "members.resumed"),
    *("members.retained", "members.retained_ended", "members.retired"),
    *("members.teachers", "members.transferred_in", "members.transferred_out"),
    *("congress.branch_sessions", "congress.suggestions_published", "congress.regulations_repealed"),
    *("members.officers_full_time", "members.retirees"),
    *("members.by_elections", "members.joined_outside", "members.union_elections", "members.dues"),
    *("congress.by_elections", "congress.elections"),
    *("congress.meeting_attendance", "congress.meeting_due", "congress.meeting_present", "congress.meetings_quorate"),
    *("congress.suggestions_direct_answered", "congress.suggestions_passed_on_answered"),
}
# What a portal takes in only while it is empty: this one is filled, so that the page of a new one asks for nothing.
REFUSED_FIRST = {Arrival}
Made = dict[type[Model], list[Any]]


def label_of(model: Any) -> str:
    return str(model._meta.label_lower) if hasattr(model, "_meta") else str(model)


every_model = pytest.mark.parametrize("model", DESK, ids=label_of)


@pytest.fixture(scope="module")
def everybody(one_data_set: Any) -> User:
    """Return the account that holds every role."""
    return members.account_with_role(*Role)


@pytest.fixture(scope="module")
def made(everybody: User) -> Made:
    """Make three rows of every kind at the desk, and beside the first of each one that hangs on the same rows."""
    found = {model: rows(model, 3, by=everybody) for model in DESK}
    for own in found.values():
        twin(own[0])
    # What only a list brings in has no page at the desk; a twin would be its later word, so that it gets none.
    found |= {one.model: rows(one.model, 3, by=everybody) for one in LISTS if one.model not in found}
    for state in ProposalState:
        proposals.proposal(state=state)
    given = rounds.approved()
    day = rounds.HANDED_OUT
    words: dict[str, Any] = {"supplier": "某超市", "invoice_number": "2024001", "actor": rounds.treasurer()}
    words |= {"invoiced_on": day, "posted_on": day}
    purchases.buy(subject=given, quantity=3, amount=Decimal(1500), **words)
    handing_out.collect(subject=given, on=day, actor=None)
    return found


@pytest.fixture(scope="module")
def desk(everybody: User) -> Client:
    """Sign in once for the module; what the portal reads of each kind only once is read by then."""
    ContentType.objects.get_for_models(*DESK)
    client = Client()
    client.force_login(everybody)
    return client


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read once the kinds of figures that are made of data: a test that asks for hundreds changes none of it."""
    read = source.catalogue_of
    found: dict[int, Any] = {}

    def catalogue_of(own: Any) -> Any:
        return found.get(id(own)) or found.setdefault(id(own), read(own))

    monkeypatch.setattr(source, "catalogue_of", catalogue_of)


def address(model: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def list_of(model: type[Model], own: list[Any]) -> str:
    keys = ",".join(str(one.pk) for one in own)
    return f"{address(model, 'changelist')}?pk__in={keys}"


@every_model
def test_the_list_asks_as_much_for_three_rows_as_for_one_and_exports_what_it_shows(
    model: type[Model], desk: Client, made: Made
) -> None:
    one, few = list_of(model, made[model][:1]), list_of(model, made[model])
    (first, of_one), (third, of_few) = _asked_for(desk, one), _asked_for(desk, few)
    if of_one != of_few:  # what the first look read once for all is read by now
        first, of_one = _asked_for(desk, one)
    assert [shown.result_count for shown in (first, third)] == [1, 3]
    assert sum(of_one.values()) == sum(of_few.values()), of_few - of_one
    file = desk.post(few.replace("?", "export/?"), {"format": 0, "resource": 0, "purpose": "核对"})
    assert file.status_code == 200
    assert file["Content-Type"].startswith("application/vnd"), file.content[:200]
    _is_what_is_shown(file.content, third)


def _asked_for(desk: Client, page: str) -> tuple[Any, Counter[str]]:
    """Return the list that the page shows, and what it asked the database, without the keys it asked about."""
    with CaptureQueriesContext(connection) as asked:
        response = desk.get(page)
    assert response.status_code == 200
    return response.context["cl"], Counter(re.sub(r"\d+(, \d+)*", "0", query["sql"]) for query in asked)


def _is_what_is_shown(file: bytes, shown: Any) -> None:
    """Compare the exported file with the list on the page, cell by cell; what the list leaves out stands behind."""
    sheet: Any = openpyxl.load_workbook(io.BytesIO(file)).active
    lines = list(sheet.values)
    headings = [
        _plain(one["text"]) for one in result_headers(shown) if "action-checkbox" not in str(one["class_attrib"])
    ]
    told = [_plain(one) for one in lines[0]]
    assert told[: len(headings)] == headings
    assert len(set(told)) == len(told), "a heading stands twice"
    cells = [[_plain(cell) for cell in line if "action-checkbox" not in cell] for line in results(shown)]
    assert len(lines) - 1 == len(cells)
    for line, row in zip(lines[1:], cells, strict=True):
        for heading, exported, seen in zip(headings, line[: len(headings)], row, strict=True):
            if isinstance(exported, str) and exported not in {"是", "否"}:  # the list has an icon for these
                assert _TIME.sub(r"\1", _plain(exported)) in seen, heading


def _plain(text: Any) -> str:
    return re.sub(r"\s+", "", strip_tags(str(text)))


@every_model
def test_whoever_may_finds_the_forms_open(model: type[Model], desk: Client, made: Made, everybody: User) -> None:
    request = RequestFactory().get("/")
    request.user = everybody
    if admin.site.get_model_admin(model).has_add_permission(request):
        form = desk.get(address(model, "add"))
        assert form.status_code == 200
        refused = "in_the_way" in form.context
        assert refused == (model in REFUSED_FIRST), "a page asks for a new row, or says why there can be none"
        keyed = refused or 'name="sent_key"' in form.content.decode()
        assert keyed, "the form of a new row carries the key that makes it one"
        assert unmarked(form) == []
    page = desk.get(address(model, "change", made[model][0].pk))
    elsewhere = page.status_code == 302 and page["Location"].startswith("/admin/") and "login" not in page["Location"]
    assert page.status_code == 200 or elsewhere
    assert elsewhere or unmarked(page) == []


@pytest.mark.parametrize("resource", kinds(), ids=lambda one: one.kind.key)
def test_the_template_is_read_back_whole_and_holds_no_record(resource: Any) -> None:
    file = io.BytesIO(template(resource.kind))
    found = find_headings(read_book(file), resource.kind.columns)
    assert set(found.places) == {column.key for column in resource.kind.columns}
    file.seek(0)
    assert resource(actor=None).preview(file).total == 0


@pytest.mark.parametrize("resource", LISTS, ids=lambda one: one.kind.key)
def test_what_a_list_exports_it_imports_again_unchanged(resource: Any, made: Made, everybody: User) -> None:
    own = resource.model._default_manager.filter(pk__in=[one.pk for one in made[resource.model]])
    file = export(resource(actor=everybody), own, actor=everybody, purpose="核对")
    preview = resource(actor=everybody).preview(io.BytesIO(file.data))
    assert [(fault.label, fault.reason) for fault in preview.faults] == []
    assert preview.unchanged == 3


@pytest.mark.usefixtures("still")
def test_every_figure_is_the_number_of_its_rows(made: Made, everybody: User) -> None:
    wrong, empty = _told_otherwise([(key,) for key in figures.kinds()], everybody)
    assert not wrong, "\n".join(wrong)
    missing = {key for key in empty if key.count(".") == 1 and not key.startswith("welfare.")} - NOT_HERE
    assert missing == set()
    assert not {"welfare.festival", "welfare.cover", "welfare.benefits", "welfare.spent", "welfare.purchase"} & empty


@pytest.mark.usefixtures("still")
def test_no_figure_shows_its_rows_to_whom_its_source_is_closed(made: Made) -> None:
    """Whoever holds no role, and each role that may not view the rows, is refused, of every kind."""
    period, stranger = Period.year(2022), members.account()
    officers = {role: members.account_with_role(role) for role in (Role.CONGRESS, Role.ACTIVITIES, Role.WOMEN)}
    shown, refused = set(), set()
    for key in figures.kinds():
        request = figures.FigureRequest(key, (key,), period)
        with pytest.raises(PermissionDenied):
            figures.rows(request, stranger)
        for role, user in officers.items():
            try:
                told = figures.rows(request, user)
            except PermissionDenied:
                refused.add((key, role))
            else:
                shown.add((key, role))
                assert not told.sensitive or user.has_perm("welfare.view_grant"), (key, role)
    assert ("welfare.hospital", Role.CONGRESS) in refused


@pytest.mark.usefixtures("still")
def test_kinds_taken_together_are_the_number_of_their_rows(made: Made, everybody: User) -> None:
    alike: dict[Any, list[str]] = {}
    for key, kind in figures.kinds().items():
        if kind.unit != "%":
            alike.setdefault((key.partition(".")[0], kind.unit, kind.as_of), []).append(key)
    # Each kind with either neighbour, three at a time.
    few = [tuple(keys[at : at + 3]) for keys in alike.values() for at in range(0, len(keys) - 1, 2)]
    wrong, empty = _told_otherwise([*few, *(tuple(keys) for keys in alike.values())], everybody)
    assert not wrong, "\n".join(wrong)
    assert len(empty) < len(few)


def _told_otherwise(asked: list[tuple[str, ...]], user: User) -> tuple[list[str], set[str]]:
    """Return the figures that are not the number of their rows, and those without a row."""
    period = Period(dt.date(2010, 1, 1), timezone.localdate() + dt.timedelta(days=90))
    requests = [figures.FigureRequest(" ".join(kinds), kinds, period) for kinds in asked]
    wrong, empty = [], set()
    for request, figure in zip(requests, figures.count(requests), strict=True):
        sides = (figure.times, figure.heads, figure.denominator)
        counted = next((n for n in sides if n is not None), None)
        rows = figures.rows(request, user)
        listed = rows.records.count() if rows.adds is None else sum(row[rows.adds] or 0 for row in rows.records)
        # What a total without a roster adds has no rows.
        if not figure.summary and ((counted or 0) != listed or (figure.heads or 0) > listed):
            wrong.append(f"{request.key}: {counted} counted, {listed} listed ({figure.times}, {figure.heads})")
        if not listed:
            empty.add(request.key)
    return wrong, empty
