"""Lists of the rows that belong to a record, on its page: the child's own list, narrowed to this record."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from unfold.datasets import BaseDataset
from unfold.enums import ActionVariant


def relation_of(parent: type[Model], name: str) -> Any:
    """Return the foreign key by which the rows called `name` belong to the parent."""
    return parent._meta.get_field(name).remote_field  # noqa: SLF001


def dataset_of(parent: type[Model], name: str, site: admin.AdminSite) -> type[BaseDataset]:
    """Return the theme's list of the parent's rows called `name`, shown as their own admin shows them."""
    link = relation_of(parent, name)
    own: Any = type(site.get_model_admin(link.model))

    class Narrowed(own):  # type: ignore[misc]
        search_fields = ()

        def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
            rows = super().get_queryset(request).filter(**{link.name: self.extra_context["object"]})
            links = self.get_list_select_related(request)
            return rows.select_related(*links) if links else rows  # type: ignore[no-any-return]

        def get_list_display(self, request: HttpRequest) -> list[Any]:
            # What this record says of itself leaves room for what otherwise stands in the child's export alone.
            listed = super().get_list_display(request)
            more = [name for name in self.export_also if name not in listed]
            return [column for column in (*listed, *more) if column != link.name][: len(listed)]

        def get_actions(self, request: HttpRequest) -> dict[str, Any]:
            del request
            return {}

        def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
            del request
            return ()

    shown = {"model": link.model, "model_admin": Narrowed, "title": str(link.model._meta.verbose_name_plural)}  # noqa: SLF001
    return type(f"{name.title()}Dataset", (BaseDataset,), shown)


def adding(parent: type[Model], name: str) -> Callable[..., HttpResponseBase]:
    """Return the step of the parent's page that leads to the form of a new row of its own."""
    link = relation_of(parent, name)
    child = link.model._meta  # noqa: SLF001

    def page(self: Any, request: HttpRequest, object_id: str) -> HttpResponseBase:
        subject = self.subject_or_404(request, object_id)
        form = reverse(f"{self.admin_site.name}:{child.app_label}_{child.model_name}_add")
        response: HttpResponseBase = redirect(f"{form}?{link.name}={subject.pk}")
        return response

    page.__name__ = f"add_{name}"
    page.__dict__.update(
        {
            "short_description": f"登记{child.verbose_name}",
            "icon": "add",
            "attrs": {},
            "variant": ActionVariant.PRIMARY,
            "portal_permission": f"{child.app_label}.add_{child.model_name}",
            "portal_offered": None,
            "url_path": f"add-{name}",
        }
    )
    return page
