"""What no form of ours would send is answered in words, never by a fault, wherever the desk is asked."""

import uuid
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib import admin
from django.contrib.admin.filters import SimpleListFilter
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import transaction
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from tests.factories.members import account_with_role
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.middleware import RefusalMiddleware

pytestmark = [
    pytest.mark.attack,
    pytest.mark.django_db,
    pytest.mark.usefixtures("shared_rows"),
    pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning"),
]
ADMINS = sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label)
# A word where a key or a page belongs, and a number that no column holds.
WORD, NUMBER = "x'\"%_\\\x1f😀", str(2**63)


@pytest.fixture(scope="module")
def everybody(one_data_set: Any) -> User:
    return account_with_role(*Role)


def filters(one: Any, model: Any) -> Iterator[str]:
    """Yield what the list's filters ask by."""
    for declared in one.list_filter:
        found = declared[0] if isinstance(declared, tuple | list) else declared
        if isinstance(found, str):
            yield from (found, f"{found}__exact", f"{found}__id__exact", f"{found}__gte", f"{found}__isnull")
        elif issubclass(found, SimpleListFilter):
            yield str(found.parameter_name)
    if one.date_hierarchy:
        yield f"{one.date_hierarchy}__year"


def asked(model: Any, one: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield address and query of everything that is asked of a kind."""
    label, name = model._meta.app_label, model._meta.model_name
    rows = reverse(f"admin:{label}_{name}_changelist")
    yield from ((rows, {key: WORD}) for key in ("q", "p", "o", "e"))
    yield from ((rows, {key: NUMBER}) for key in ("p", "o", *filters(one, model)))
    yield from ((reverse(f"admin:{label}_{name}_change", args=[key]), {}) for key in (WORD, NUMBER))
    yield reverse(f"admin:{label}_{name}_add"), {field.name: WORD for field in model._meta.concrete_fields}
    for field in model._meta.concrete_fields:
        if field.remote_field:
            of = {"app_label": label, "model_name": name, "field_name": field.name}
            yield reverse("admin:autocomplete"), of | {"term": WORD, "p": NUMBER}


def fault(user: User, address: str, query: dict[str, str]) -> str:
    """Return what the view would fail with; what it lays out is not laid out, but the rows it shows are read."""
    request = RequestFactory().get(address, query)
    request.user, request.session = user, SessionStore()
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            view, args, kwargs = resolve(request.path_info)
            told = view(request, *args, **kwargs)
            rows = (getattr(told, "context_data", None) or {}).get("cl")
            list(rows.result_list if rows else ())
    except (Http404, PermissionDenied, SuspiciousOperation):
        return ""
    except Exception as error:  # noqa: BLE001
        answered = RefusalMiddleware(lambda _request: HttpResponse()).process_exception(request, error)
        return "" if answered else repr(error)
    return ""


def test_garbage_at_the_desk_is_no_fault(everybody: User) -> None:
    elsewhere = {"app_label": WORD, "model_name": WORD, "field_name": WORD, "term": WORD}
    with patch.object(admin.site.__class__, "each_context", return_value={}):
        every = [(reverse("admin:autocomplete"), elsewhere)]
        every += [question for model, one in ADMINS for question in asked(model, one)]
        faults = [(*question, found) for question in every if (found := fault(everybody, *question))]
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.parametrize(
    ("name", "keys", "status"),
    [("import_template", ["no-such-list"], 422), ("import_marked", [uuid.UUID(int=1)], 404)],
)
def test_what_is_not_there_is_said_in_words(everybody: User, name: str, keys: list[Any], status: int) -> None:
    client = Client()
    client.force_login(everybody)
    told = client.get(reverse(f"home:{name}", args=keys))
    assert told.status_code == status
    assert "编号" not in told.content.decode()
