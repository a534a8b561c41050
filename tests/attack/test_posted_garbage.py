"""What no form of ours would send, sent to every form there is: refused in Chinese, nothing changed, never a fault."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.test.client import BOUNDARY, MULTIPART_CONTENT, RequestFactory, encode_multipart
from django.urls import reverse

from tests.architecture.page_rows import desk_keys, people_and_keys
from tests.architecture.test_desk_urls import label_of
from tests.attack import sweep
from tests.attack.filling import Sent, forms_in, sent
from tests.attack.pressing import Answer, opened, taken_back, unpainted
from tests.factories import members
from union_portal.base.admin.looking import SEALED
from union_portal.base.sending import KEY

pytestmark = [pytest.mark.attack, pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]
# Bytes that are no text in any encoding, and what stands for them until the body is packed.
SURROGATE, STAND_IN = b"\xed\xa0\x80", "\ue000"
CHINESE = re.compile("[\u4e00-\u9fff]")
TEXTS = (forms.CharField,)
NUMBERS = (forms.IntegerField, forms.DecimalField, forms.DateField, forms.DateTimeField, forms.SplitDateTimeField)
CHOICES = (forms.ChoiceField, forms.ModelChoiceField)
# A day is typed or pasted as lists write it, which the browser's own pickers would not let.
BROWSERS_OWN = {"date", "datetime-local", "month", "time", "week"}
COUNTS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")


@dataclass(frozen=True)
class Filled:
    """A form as its page shows it, filled in; which of its fields take words, numbers, choices."""

    form: sweep.Form
    given: Sent
    kinds: dict[str, set[str]]


def kinds_of(context: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {kind: set() for kind in ("words", "numbers", "choices", "seals", "pickers")}
    for form in forms_in(context):
        for bound in form:
            name, field = bound.html_name, bound.field
            parts = getattr(field.widget, "widgets", [field.widget])
            found["pickers"] |= {name for one in parts if one.attrs.get("type", "") in BROWSERS_OWN}
            if name.endswith(COUNTS):
                continue
            if isinstance(field, NUMBERS):
                found["numbers"] |= {name, f"{name}_0", f"{name}_1"}
            elif isinstance(field, CHOICES):
                found["choices"].add(name)
            elif isinstance(field, TEXTS):
                found["words"].add(name)
    if "sealed" in context:  # the page of a step that may be looked at first
        found["seals"].add(SEALED)
    return found


def put(kind: str, *values: Any) -> Callable[[Filled], Sent | None]:
    """Return what puts these values in turn into the fields of the kind; None where the form has none."""

    def fill(filled: Filled) -> Sent | None:
        names = sorted(filled.kinds[kind])
        return {**filled.given, **dict(zip(names, itertools.cycle(values), strict=False))} if names else None

    return fill


def twice(filled: Filled) -> Sent | None:
    both = {name: [value, f"{value}x"] if isinstance(value, str) else value for name, value in filled.given.items()}
    return both if filled.kinds["choices"] else None


def nothing(filled: Filled) -> Sent | None:
    return {"x": "1"} if filled.given else None


def stale(filled: Filled) -> Sent | None:
    return {**filled.given, SEALED: "eyJ4IjoxfQ:1a2b3c:never"} if filled.kinds["seals"] else None


def bent(filled: Filled) -> Sent | None:
    lines = put("words", f"第一行\r\n第二{STAND_IN}行\u202e\u2028\x85")(filled)
    return {**lines, KEY: "x'\"" * 900, "version_read": "1e999"} if lines else None


def uncounted(filled: Filled) -> Sent | None:
    counts = {name: "1e9" for name in filled.given if name.endswith(COUNTS)}
    return {**filled.given, **counts} if counts else None


# By name: what puts it in, and how many forms at least are to refuse it.
BODIES: dict[str, tuple[Callable[[Filled], Sent | None], int]] = {
    "null characters": (put("words", "核\x00对"), 180),
    "broken bytes, line breaks and a bent key": (bent, 70),
    "oversize texts": (put("words", "长" * 10_000), 150),
    "no numbers": (put("numbers", "1e999", "NaN"), 120),
    "ten to the thirtieth": (put("numbers", "1" + "0" * 30), 120),
    "keys of nobody": (put("choices", "9" * 20, "x'\"%_\\😀"), 100),
    "lists for scalars": (twice, 100),
    "no field at all": (nothing, 200),
    "no countable rows": (uncounted, 10),
    "a seal that is none": (stale, 100),
}


@pytest.fixture(scope="module")
def filled(one_data_set: Any) -> list[Filled]:
    """Open every form with a row that exists and fill it in."""
    people = sweep.officers()
    rows = sweep.rows_of_all(people)
    found = [form for model in sweep.ADMINS for form in sweep.of_row(model, rows[model].pk, people)]
    found += [*sweep.of_pages(*people_and_keys()), *sweep.of_places(desk_keys(people), people)]
    person = members.member().staff_number or ""
    with unpainted():
        return list(_filled(found, person))


def _filled(found: list[sweep.Form], person: str) -> Iterator[Filled]:
    for form in found:
        page = opened(form.user, form.address)
        assert page.status < 500, (form, page.fault)
        if page.status in {200, 302, 405}:
            given = {**sent(page.context, person=person), **sweep.GIVEN.get(form.name, {})}
            kinds = kinds_of(page.context)
            for name, value in sweep.GIVEN.get(form.name, {}).items():
                kinds["numbers" if value.isdecimal() else "words"].add(name)
            yield Filled(form, given, kinds)


def complaints(answer: Answer) -> Iterator[str]:
    """Yield every sentence with which the form was refused."""
    for form in forms_in(answer.context):
        if form.is_bound:
            yield from (str(one) for errors in form.errors.values() for one in errors)
    yield from answer.refusals
    for formset in answer.context.get("inline_admin_formsets") or ():
        yield from map(str, formset.formset.non_form_errors())


def pressed(one: Filled, given: Sent) -> Answer:
    packed = encode_multipart(BOUNDARY, given).replace(STAND_IN.encode(), SURROGATE)
    return taken_back(one.form.user, RequestFactory().generic("POST", one.form.address, packed, MULTIPART_CONTENT))


@pytest.mark.parametrize("body", BODIES)
def test_garbage_is_refused_in_chinese_and_changes_nothing(body: str, filled: list[Filled]) -> None:
    (fill, least), wrong, refused = BODIES[body], [], 0
    with unpainted():
        for one in filled:
            given = fill(one)
            if given is None:
                continue
            answer = pressed(one, given)
            if answer.status == 405:  # a page that only shows
                continue
            told = list(complaints(answer))
            refused += bool(told) or answer.status >= 400
            if answer.status >= 500:
                wrong.append(f"{one.form.name}: {answer.fault}")
            elif (told or answer.status >= 400) and answer.written:
                wrong.append(f"{one.form.name}: refused, and yet {answer.written}")
            wrong += [f"{one.form.name}: {words}" for words in told if not CHINESE.search(words)]
    assert not wrong, "\n".join(wrong)
    assert refused >= least


def test_no_form_asks_for_a_day_by_the_browsers_own_picker(filled: list[Filled]) -> None:
    assert not {one.form.name: found for one in filled if (found := one.kinds["pickers"])}


def test_steps_on_many_rows_refuse_keys_that_are_none(filled: list[Filled]) -> None:
    """A list's own steps are sent to the list: with rows nobody has, with words for keys, with no field filled in."""
    wrong, asked = [], 0
    lists = {one.form.name.partition(" ")[0]: one.form.user for one in filled if " " in one.form.name}
    with unpainted():
        for model in sweep.ADMINS:
            if label_of(model) not in lists:
                continue
            request = RequestFactory().get("/")
            user = request.user = lists[label_of(model)]
            names = admin.site.get_model_admin(model).get_actions(request)
            place = reverse(f"admin:{label_of(model).replace('.', '_')}_changelist")
            for name in names:
                for keys in ("x", "9" * 20, f"1,x,{'9' * 20}", "1e999"):
                    asked += 1
                    body = {"action": name, "_selected_action": ["1", "x", "9" * 20], "keys": keys, KEY: "x" * 300}
                    answer = taken_back(user, RequestFactory().post(place, body))
                    if answer.status >= 500 or answer.written:
                        wrong.append(f"{model} {name} {keys[:9]}: {answer.fault} {answer.written}")
    assert not wrong, "\n".join(wrong)
    assert asked > 100
