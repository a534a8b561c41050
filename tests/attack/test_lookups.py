"""What an address may ask of every list of the desk: by key, by its filters, by words; nothing that columns hide."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.utils import lookup_field
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.test import RequestFactory

from tests.architecture.test_desk_urls import label_of
from tests.attack import sweep
from tests.factories import members
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User

pytestmark = [
    pytest.mark.attack,
    pytest.mark.django_db,
    pytest.mark.usefixtures("shared_rows"),
    pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning"),
]
Rows = dict[type[Model], Any]


@pytest.fixture(scope="module")
def everybody(one_data_set: Any) -> User:
    return members.account_with_role(*Role)


@pytest.fixture(scope="module")
def rows(everybody: User) -> Rows:
    return sweep.rows_of_all(dict.fromkeys(Role, everybody))


def asked(user: User, model: type[Model], **query: Any) -> Any:
    """Return the list as it answers the query."""
    request = RequestFactory().get("/", query)
    request.user = user
    return admin.site.get_model_admin(model).get_changelist_instance(request)


def declared(user: User, model: type[Model]) -> set[str]:
    """Return the paths by which the list's own filters ask."""
    request, shown = RequestFactory().get("/"), admin.site.get_model_admin(model)
    request.user = user
    found = [one[0] if isinstance(one, tuple | list) else one for one in shown.get_list_filter(request)]
    names = {str(one if isinstance(one, str) else getattr(one, "parameter_name", "")) for one in found}
    return names | {str(shown.date_hierarchy)}


def undeclared(user: User, model: type[Model]) -> Iterator[str]:
    """Yield look-ups by every column of the model and of what it hangs together with that no filter asks by."""
    known = declared(user, model)
    for field in model._meta.get_fields():
        name = field.name
        if field.concrete and name not in known and not getattr(field, "primary_key", False):
            yield f"{name}__startswith"
        related = field.related_model if field.is_relation else None
        columns = related._meta.concrete_fields if isinstance(related, type) else ()
        for further in columns if field.concrete else columns[1:2]:
            path = f"{name}__{further.name}"
            if path not in known and not further.primary_key:
                yield f"{path}__startswith"


def test_no_list_answers_a_look_up_that_its_filters_do_not_ask(everybody: User) -> None:
    request = RequestFactory().get("/")
    request.user = everybody
    answered, refused = [], 0
    for model in sweep.ADMINS:
        shown = admin.site.get_model_admin(model)
        for lookup in undeclared(everybody, model):
            allowed = shown.lookup_allowed(lookup, "1", request)
            answered += [f"{label_of(model)}?{lookup}"] if allowed else []
            refused += not allowed
        with pytest.raises(DisallowedModelAdminLookup):
            asked(everybody, model, **{next(undeclared(everybody, model)): "1"})
    assert not answered, "\n".join(answered)
    assert refused > 1_000
    for hidden in ("password__startswith", "password__regex", "last_login__gte"):
        assert not admin.site.get_model_admin(User).lookup_allowed(hidden, "1", request)


def test_every_list_finds_a_row_by_its_key_and_by_its_words(everybody: User, rows: Rows) -> None:
    lost, searched = [], 0
    for model, row in rows.items():
        found = asked(everybody, model, pk__in=str(row.pk))
        assert [one.pk for one in found.result_list] == [row.pk], model
        words = next(_words(everybody, model, row), "")
        if words:
            searched += 1
            found = asked(everybody, model, q=words, pk__in=str(row.pk))
            lost += [] if row.pk in {one.pk for one in found.result_list} else [f"{label_of(model)}: {words}"]
            none = asked(everybody, model, q="查无此词查无此词", pk__in=str(row.pk))
            lost += [f"{label_of(model)} answers to anything"] if none.result_list else []
    assert not lost, "\n".join(lost)
    assert searched > 40


def _words(user: User, model: type[Model], row: Any) -> Iterator[str]:
    """Yield what the row has in the columns that are searched."""
    request, shown = RequestFactory().get("/"), admin.site.get_model_admin(model)
    request.user = user
    for path in shown.get_search_fields(request):
        value: Any = row
        for name in path.lstrip("^=@").split("__"):
            try:
                value = lookup_field(name, value)[2] if isinstance(value, Model) else None
            except (AttributeError, FieldDoesNotExist):
                value = None
        if isinstance(value, str) and value:
            yield value
