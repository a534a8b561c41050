"""A row found by typing, as one field for every form of the desk.

What is offered is asked when a page shows its form (`offer`): the rows that the account may see, found as their own
list finds them. A model's queryset says by `for_picking` what a name is read with, a row by `picked_as` the name; by
`among(name)` which rows alone a narrower picker lists, where most would be refused for what they are picked for.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.utils.http import urlencode

from union_portal.base.admin.scoping import scoped
from union_portal.base.asked import keys_in

# The address's word for which rows a picker lists.
AMONG = "among"


def picked_as(row: Any) -> str:
    """Return the words by which somebody tells the row from others of its name."""
    return str(getattr(row, "picked_as", row))


def for_picking(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Return the rows with what their names are read with."""
    read = getattr(rows, "for_picking", None)
    return read() if read else rows


class _Itself:
    """A model's own rows, as the widget and its page wish for the foreign key that leads to them."""

    def __init__(self, model: type[Model]) -> None:
        self.model, self.name, self.remote_field = model, model._meta.pk.name, self  # noqa: SLF001

    def get_limit_choices_to(self) -> dict[str, Any]:
        return {}


class _KeysMixin:
    """Django's widget reads what was sent without asking whether it can be a key."""

    def optgroups(self, name: Any, value: Any, attr: Any = None) -> Any:
        """Return the options that are chosen."""
        return super().optgroups(name, [str(key) for key in keys_in(value)], attr)  # type: ignore[misc]


class _ListedMixin:
    """What a picker lists, where that is less than what its field takes."""

    listed = ""

    def get_url(self) -> str:
        """Tell the list which rows are meant."""
        address: str = super().get_url()  # type: ignore[misc]
        return f"{address}?{urlencode({AMONG: self.listed})}" if self.listed else address


class _One(_ListedMixin, _KeysMixin, AutocompleteSelect):
    pass


class _Several(_ListedMixin, _KeysMixin, AutocompleteSelectMultiple):
    pass


class _PickedMixin:
    """What one picked row and several have in common."""

    queryset: Any
    default_error_messages: Any = {
        "invalid_choice": "没有找到，或不在您可查看的范围内，请重新查找。",
        "invalid_pk_value": "没有找到，或不在您可查看的范围内，请重新查找。",
    }

    def label_from_instance(self, row: Any) -> str:
        """Name the row as the list to choose from does."""
        return picked_as(row)

    def offer(self, request: HttpRequest) -> None:
        """Offer the rows that whoever asks may see."""
        self.queryset = for_picking(scoped(self.queryset.model._default_manager.all(), request))  # noqa: SLF001


class PickedField(_PickedMixin, forms.ModelChoiceField[Any]):
    """One row of the model's."""

    def __init__(self, model: type[Model], *, listed: str = "", **options: Any) -> None:
        widget = _One(_Itself(model), admin.site)
        widget.listed = listed
        super().__init__(model._default_manager.none(), widget=widget, **options)  # noqa: SLF001


class PickedManyField(_PickedMixin, forms.ModelMultipleChoiceField[Any]):
    """Several rows of the model's."""

    def __init__(self, model: type[Model], *, listed: str = "", **options: Any) -> None:
        widget = _Several(_Itself(model), admin.site)
        widget.listed = listed
        super().__init__(model._default_manager.none(), widget=widget, **options)  # noqa: SLF001


def narrower(field: Any, listed: str) -> AutocompleteSelect:
    """Return the picker of a model's foreign key that lists those rows alone; the field takes others, or refuses."""
    widget = _One(field, admin.site)
    widget.listed = listed
    return widget


def offer(form: forms.BaseForm, request: HttpRequest) -> None:
    """Let the form's pickers offer what the account may see, and the form begin with what the address names."""
    for name, field in form.fields.items():
        if isinstance(field, _PickedMixin):
            field.offer(request)
        if request.method == "POST" or name not in request.GET or field.widget.is_hidden:
            continue
        told: Any = request.GET[name]
        if isinstance(field, _PickedMixin):
            keys = keys_in(request.GET.getlist(name))
            told = keys if isinstance(field, PickedManyField) else next(iter(keys), None)
        form.initial[name] = told


class Found(AutocompleteJsonView):
    """What a picker lists while somebody types."""

    def process_request(self, request: HttpRequest) -> Any:
        """Find rows of the model itself where its key is asked for, else those that a foreign key leads to."""
        site: Any = self.admin_site
        asked = [request.GET.get(part, "") for part in ("app_label", "model_name", "field_name")]
        model_admin = next((one for one in site._registry.values() if asked == _names(one.opts)), None)  # noqa: SLF001
        if model_admin is None:
            return super().process_request(request)
        if not model_admin.get_search_fields(request):
            raise Http404
        return request.GET.get("term", ""), model_admin, _Itself(model_admin.model), model_admin.opts.pk.attname

    def get_queryset(self) -> Any:
        """Read the rows with their names; only those that the picker lists."""
        rows, listed = super().get_queryset(), self.request.GET.get(AMONG, "")
        narrow = getattr(rows, "among", None)
        return for_picking(narrow(listed) if narrow and listed else rows)

    def serialize_result(self, row: Any, to_field_name: str) -> dict[str, str]:
        """Name a row as the field does that has picked it."""
        return {"id": str(getattr(row, to_field_name)), "text": picked_as(row)}


def _names(opts: Any) -> list[str]:
    return [opts.app_label, opts.model_name, opts.pk.name]
