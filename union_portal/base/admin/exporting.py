"""The export of every change list: its rows with its filters, search and order, as xlsx or csv.

The columns are the list's, and after them those that the list leaves out for being read at once.

django-import-export carries the page and the formats; the cells are the list's own, so that what is masked on the
screen is masked in the file. A long list is written by the worker, as the account that asked and by the same words, the
list's query among them. The file is logged before it leaves.
"""
# mypy: disallow-untyped-calls=False

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from typing import Any, ClassVar

from django import forms
from django.apps import apps
from django.contrib import messages
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Field, QuerySet
from django.http import HttpRequest, QueryDict
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from import_export import resources
from import_export.fields import Field as ExportedField
from unfold.widgets import UnfoldAdminTextInputWidget

from union_portal.base.admin.scoping import linked
from union_portal.base.admin.shim import ThemedExportForm, ThemedExportMixin
from union_portal.base.errors import DomainError, Refused
from union_portal.base.files import MadeFile, counted, give, maker
from union_portal.base.importing.exporting import Counted, lines_of, write
from union_portal.base.importing.formats import FORMATS
from union_portal.base.importing.signals import exported
from union_portal.base.making import Progress
from union_portal.base.spreadsheets.columns import Classification

_CHUNK = 2000


@dataclass(frozen=True)
class ShownList:
    """A change list as the access log knows it: the model's name."""

    key: str
    label: str


class ListExport(resources.Resource):
    """The list as it is shown, and beside it what it has no room for."""

    def __init__(self, *, model_admin: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.model_admin = model_admin
        self.columns = model_admin.get_export_columns(request)

    @classmethod
    def get_display_name(cls) -> str:
        """Name it beside a list that can be imported again."""
        return "列表各栏及其余栏目"

    def get_export_headers(self, selected_fields: Iterable[str] | None = None) -> list[str]:
        """Return the list's headings."""
        del selected_fields
        admin = self.model_admin
        return [str(label_for_field(name, admin.model, model_admin=admin)) for name in self.columns]

    def get_user_visible_fields(self) -> list[Any]:
        """Return the headings as import-export's page names fields."""
        return [ExportedField(column_name=heading) for heading in self.get_export_headers()]

    def iter_queryset(self, queryset: "QuerySet[Any]") -> Iterator[Any]:
        """Yield the rows in chunks."""
        links = linked(queryset.model, self.columns)
        yield from (queryset.select_related(*links) if links else queryset).iterator(chunk_size=_CHUNK)

    def export_resource(self, instance: Any, selected_fields: Any = None, **_kwargs: Any) -> list[Any]:
        """Return one row of cells."""
        del selected_fields
        return [self._cell(name, instance) for name in self.columns]

    def _cell(self, name: str, row: Any) -> Any:
        try:
            field, attribute, value = lookup_field(name, row, self.model_admin)
        except ObjectDoesNotExist:
            return ""
        if isinstance(field, Field):
            return _field_value(field, row, value)
        if hasattr(attribute, "label") and isinstance(value, tuple):  # a pill: the state and its words
            value = value[1]
        return _plain(value)


def _field_value(field: "Field[Any, Any]", row: Any, value: Any) -> Any:
    if field.is_relation:
        related = getattr(row, field.name)
        return "" if related is None else str(related)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, "" if value is None else value))
    return _plain(value)


def _plain(value: Any) -> Any:
    """Return a cell's value with its type where a spreadsheet has one, else its words without markup."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if value is None or isinstance(value, int | float | Decimal | dt.date):
        return value
    if isinstance(value, dict):
        return str(value.get("title", ""))
    if isinstance(value, list | tuple):
        return " ".join(str(_plain(one)) for one in value if isinstance(one, str) and one)
    return unescape(strip_tags(value)).strip() if isinstance(value, SafeString) else str(value)


class PlainExportForm(ThemedExportForm):
    """Asks for the format, a workbook unless another is chosen, and where there are several lists for which."""

    def __init__(self, formats: Any, resources: Any, **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        self.classes = [_class_of(one) for one in resources]
        self.fields["resource"].label = "内容"
        self.fields["format"].initial = 0


class ExportForm(PlainExportForm):
    """Asks for the purpose too, where one of the lists holds more than basic data."""

    purpose = forms.CharField(
        label="用途", max_length=200, required=False, strip=True, widget=UnfoldAdminTextInputWidget()
    )

    def clean(self) -> dict[str, Any]:
        """Refuse to give more than basic data without a purpose."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = self.classes[int(data.get("resource") or 0)]
        if chosen is not Classification.BASIC and not data.get("purpose"):
            self.add_error("purpose", "内容含有个人信息，请填写用途。")
        return data


def _class_of(resource: Any) -> Classification:
    found: Classification = getattr(resource, "classification", Classification.BASIC)
    return found


class ListExportMixin(ThemedExportMixin):
    """Gives every change list its export, for whoever may `export` the model; without a rule nobody may."""

    opts: Any
    formats: ClassVar[list[type[Any]]] = list(FORMATS.values())
    # The class of the most sensitive data that the list shows in full; above basic the purpose is asked and logged.
    export_class: ClassVar[Classification] = Classification.BASIC
    export_template_name = "base/admin/export.html"
    to_encoding = None
    # What the file has after the list's own columns.
    export_also: ClassVar[Sequence[Any]] = ()

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Ask the rule."""
        return request.user.has_perm(f"{self.opts.app_label}.export_{self.opts.model_name}")

    def get_export_form_class(self) -> type[forms.Form]:
        """Ask for the purpose only where it matters."""
        return PlainExportForm if self.export_class is Classification.BASIC else ExportForm

    def get_export_resource_classes(self, request: HttpRequest) -> list[type[Any]]:  # noqa: ARG002
        """Return the list as shown; a record with a list of its own adds that."""
        return [self.shown_list()]

    def shown_list(self) -> type[ListExport]:
        """Return the list as shown, which knows how sensitive it is."""
        return type("ShownListExport", (ListExport,), {"classification": self.export_class})

    def get_export_also(self, request: HttpRequest) -> Sequence[Any]:  # noqa: ARG002
        """Return what the file has after the list's own columns."""
        return self.export_also

    def get_export_columns(self, request: HttpRequest) -> list[Any]:
        """Return the columns of the file."""
        shown = [name for name in self.get_list_display(request) if name != "action_checkbox"]  # type: ignore[attr-defined]
        return [*shown, *(name for name in self.get_export_also(request) if name not in shown)]

    def get_export_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:  # noqa: ARG002
        """Tell the export whose list it is."""
        return {"model_admin": self, "request": request}

    def exported_as(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Return what the list is called as a file, without the day."""
        return str(self.opts.verbose_name_plural)

    def export_action(self, request: HttpRequest) -> Any:
        """Show the form, give the file or lead to the page that waits for it; a refusal is said above the form."""
        try:
            return super().export_action(request)  # type: ignore[misc]
        except DomainError as error:
            if request.method != "POST":
                raise
            messages.error(request, str(error))
            return redirect(request.get_full_path())

    def _do_file_export(self, file_format: Any, request: HttpRequest, queryset: "QuerySet[Any]", **kwargs: Any) -> Any:
        data = kwargs["export_form"].cleaned_data
        asked = {
            "model": self.opts.label_lower,
            "query": request.GET.urlencode(),
            "format": file_format.get_extension(),
            "resource": int(data.get("resource") or 0),
            "purpose": data.get("purpose", ""),
        }
        return give(request, key=KEY, asked=asked, title=f"导出：{self.exported_as(request)}", rows=counted(queryset))

    def made_file(self, request: HttpRequest, asked: Mapping[str, Any], progress: Progress) -> MadeFile:
        """Write the file, and log it: a log that cannot be written stops the export."""
        classes = self.get_export_resource_classes(request)
        if asked["resource"] >= len(classes):
            raise Refused(NO_MORE)
        chosen, queryset = classes[asked["resource"]], self.get_export_queryset(request)  # type: ignore[attr-defined]
        resource, format_ = chosen(**self.get_export_resource_kwargs(request)), asked["format"]
        name, lines = self.exported_as(request), Counted(lines_of(resource, queryset, progress=progress))
        content = write(
            format=format_,
            headings=resource.get_export_headers(),
            lines=lines,
            title=str(self.opts.verbose_name),
            rows=queryset.count(),
        )
        classification = _class_of(chosen)
        exported.send(
            sender=type(self),
            actor=request.user,
            kind=ShownList(self.opts.label_lower, str(self.opts.verbose_name)),
            purpose=asked["purpose"],
            rows=lines.count,
            classification=classification,
            columns=self.get_export_columns(request),
        )
        return MadeFile(
            name=f"{name}-{timezone.localdate():%Y%m%d}.{format_}",
            content=content,
            content_type=FORMATS[format_]().get_content_type(),
            rows=lines.count,
            data_class=classification,
        )


KEY = "base.list"
NO_MORE = "您已没有导出这份内容的权限。"


def _admin_of(asked: Mapping[str, Any]) -> Any:
    desk: Any = resolve(reverse("admin:index")).func
    return desk.admin_site.get_model_admin(apps.get_model(asked["model"]))


def _as_asked(user: Any, asked: Mapping[str, Any]) -> HttpRequest:
    """Return a request of the list as it was shown when the account asked for it."""
    request = HttpRequest()
    request.method, request.GET, request.user = "GET", QueryDict(asked["query"]), user
    return request


def _may_take(user: Any, asked: Mapping[str, Any]) -> bool:
    may: bool = _admin_of(asked).has_export_permission(_as_asked(user, asked))
    return may


@maker(KEY, may=_may_take, refusal=NO_MORE)
def make_list(user: Any, asked: Mapping[str, Any], progress: Progress) -> MadeFile:
    """Write the list that the account asked for, with what it may see of it now."""
    made: MadeFile = _admin_of(asked).made_file(_as_asked(user, asked), asked, progress)
    return made
