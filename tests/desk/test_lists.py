"""What every list of the desk shows: few columns, the first one names the row, all of it in the officer's words."""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import FieldDoesNotExist
from django.db import connection, models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import members
from union_portal.base.admin.drawer import DRAWER, open_drawer
from union_portal.base.admin.fetching import at_once, is_plain
from union_portal.base.admin.standing import WaitsForMe, leads_on
from union_portal.base.states import machine_of

pytestmark = pytest.mark.django_db
MOST = 6
LISTS: list[tuple[Any, Any]] = sorted(
    ((model, own) for model, own in admin.site._registry.items() if not model.__module__.startswith("tests.")),
    key=lambda pair: pair[0]._meta.label,
)
# What tells when, how many or whether names nothing; neither does a key, nor a paper.
_NAMELESS = (models.DateField, models.BooleanField, models.DecimalField, models.AutoField, models.FileField)
_HIDDEN = (models.AutoField, models.UUIDField, models.JSONField)
_KEPT = {"version", "id", "pk"}


@pytest.fixture(scope="module")
def request_(one_data_set: Any) -> HttpRequest:
    """Return what is asked for by somebody who may do everything."""
    asked = RequestFactory().get("/")
    asked.user = members.account(is_superuser=True)
    return asked


def field_of(model: Any, name: Any) -> Any:
    """Return the field that the column shows, if it shows one."""
    try:
        return model._meta.get_field(name) if isinstance(name, str) else None
    except FieldDoesNotExist:
        return None


def columns_of(own: Any, request: HttpRequest) -> list[Any]:
    """Return the list's columns without the box to tick."""
    return [name for name in own.get_list_display(request) if name != "action_checkbox"]


def test_no_list_is_too_wide_to_be_read(request_: HttpRequest) -> None:
    wide = {model._meta.label: columns for model, own in LISTS if len(columns := columns_of(own, request_)) > MOST}
    assert wide == {}


def test_the_first_column_names_the_row(request_: HttpRequest) -> None:
    first = {model._meta.label: field_of(model, columns_of(own, request_)[0]) for model, own in LISTS}
    nameless = [label for label, field in first.items() if isinstance(field, _NAMELESS)]
    assert nameless == []


def test_no_column_shows_what_only_programs_use(request_: HttpRequest) -> None:
    shown = [
        (model._meta.label, name)
        for model, own in LISTS
        for name in columns_of(own, request_)
        if isinstance(field_of(model, name), _HIDDEN) or name in _KEPT or name == own.code_field
    ]
    assert shown == [("annual_report.AnnualReport", "version")]  # which edition of the report it is


def test_headings_are_chinese_short_and_told_once(request_: HttpRequest) -> None:
    wrong = []
    for model, own in LISTS:
        columns = own.get_export_columns(request_)
        headings = [str(label_for_field(name, model, model_admin=own)) for name in columns]
        wrong += [(model._meta.label, one) for one in headings if re.search("[A-Za-z]", one) or len(one) > 10]
        wrong += [(model._meta.label, one) for one in set(headings) if headings.count(one) > 1]
    assert wrong == []


def test_a_state_is_a_pill_and_amounts_say_their_unit(request_: HttpRequest) -> None:
    wrong = []
    for model, own in LISTS:
        columns = columns_of(own, request_)
        if machine_of(model) is not None:
            standing = [name for name in columns if getattr(getattr(own, str(name), None), "label", False)]
            wrong += [] if standing and "state" not in columns else [model._meta.label]
        sums = [field for name in columns if isinstance(field := field_of(model, name), models.DecimalField)]
        wrong += [str(field) for field in sums if "（元）" not in str(field.verbose_name)]
    assert wrong == []


def test_what_can_wait_can_be_asked_for_first(request_: HttpRequest) -> None:
    silent = []
    for model, own in LISTS:
        if leads_on(model) and hasattr(own, "steps") and own.get_list_filter(request_)[0] is not WaitsForMe:
            silent.append(model._meta.label)
    assert silent == []


def asked_of(own: Any, user: Any, query: dict[str, str], *, drawer: bool = True) -> Any:
    """Return the list as it answers the query, with its drawer of filters open or not."""
    asked = RequestFactory().get("/", {**query, DRAWER: "1"} if drawer else query)
    asked.user = user
    open_drawer(asked)
    return own.get_changelist_instance(asked)


def last_answers(shown: Any) -> dict[str, str]:
    """Return what the last answer of each filter that is written as links asks for."""
    asked: dict[str, str] = {}
    for spec in shown.filter_specs:
        found = [one["query_string"] for one in spec.choices(shown) if "query_string" in one]
        asked |= dict(parse_qsl(found[-1][1:])) if found else {}
    return asked


def sent_by_the_drawer(shown: Any) -> list[tuple[str, str]]:
    """Return what pressing 应用筛选 sends besides the fields one types in."""
    page = render_to_string("unfold/helpers/change_list_filter.html", {"cl": shown})
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return sorted((name, unescape(value)) for name, value in fields)


def test_the_drawer_keeps_what_was_chosen_sought_and_ordered(request_: HttpRequest) -> None:
    lost, kept = [], 0
    for model, own in LISTS:
        asked = {"o": "1", **({"q": "王"} if own.get_search_fields(request_) else {})}
        asked |= last_answers(asked_of(own, request_.user, asked))
        kept += len(asked)
        if sent_by_the_drawer(asked_of(own, request_.user, {**asked, "p": "1"})) != sorted(asked.items()):
            lost.append(model._meta.label)
    assert lost == []
    assert kept > 3 * len(LISTS)


def test_a_list_finds_the_same_with_its_drawer_open_and_closed(request_: HttpRequest) -> None:
    differing, narrowed = [], 0
    for model, own in LISTS:
        last = last_answers(asked_of(own, request_.user, {}))
        for asked in ({}, *({name: value} for name, value in last.items())):
            closed, opened = (asked_of(own, request_.user, asked, drawer=drawer) for drawer in (False, True))
            if str(closed.queryset.query) != str(opened.queryset.query):
                differing.append((model._meta.label, asked))
            narrowed += closed.has_active_filters
            if opened.has_filters > closed.has_filters or opened.has_active_filters != closed.has_active_filters:
                differing.append((model._meta.label, asked))
    assert differing == []
    assert narrowed > len(LISTS)


def test_a_closed_drawer_is_not_in_the_page_and_asks_nothing(client: Client, one_data_set: Any) -> None:
    client.force_login(members.account(is_superuser=True))
    address = reverse("admin:members_person_changelist")
    with CaptureQueriesContext(connection) as closed:
        page = client.get(address, {"kind": "all", "p": "1"}).content.decode()
    assert 'id="changelist-filter"' not in page
    way = unescape(re.findall(r'<a href="([^"]*)" id="changelist-filter-open"', page)[0])
    with CaptureQueriesContext(connection) as opened:
        drawer = client.get(address + way).content.decode()
    assert len(opened) > len(closed)
    assert 'data-closed="?kind=all"' in drawer
    own = drawer.partition('id="changelist-filter"')[2].partition("</form>")[0]
    assert "出生月份" in own
    assert DRAWER not in drawer.replace(own, "").replace(f"{DRAWER}=1", "", 1)  # no other way leads to it


def told(row: Any, above: tuple[Any, ...] = ()) -> Any:
    """Return all that a row holds, with the rows related to it."""
    held = {name: value for name, value in vars(row).items() if name != "_state"}
    kept = [(name, one) for name, one in row._state.fields_cache.items() if not any(one is other for other in above)]
    related = {name: told(one, (*above, row)) if one is not None else None for name, one in kept}
    return type(row), row._state.db, row._state.adding, held, related


def test_rows_read_at_once_are_those_that_django_reads(request_: HttpRequest) -> None:
    wrong, read, plain = [], 0, 0
    for model, own in LISTS:
        shown = asked_of(own, request_.user, {}, drawer=False)
        rows = shown.queryset[:20]
        ours, theirs = [told(row) for row in at_once(rows)], [told(row) for row in rows.all()]
        wrong += [] if ours == theirs else [model._meta.label]
        read, plain = read + len(ours), plain + is_plain(model)
    assert wrong == []
    assert list(at_once(rows.none())) == []
    assert read > len(LISTS)
    assert plain > len(LISTS) // 2
