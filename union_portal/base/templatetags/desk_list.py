"""The table of a desk's list: the theme's headings, the portal's rows."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.contrib.admin import ListFilter
from django.contrib.admin.templatetags.admin_list import admin_list_filter
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext
from unfold.templatetags.unfold_list import result_headers

from union_portal.base.admin.rows import looks_of, rows_of
from union_portal.base.importing.kinds import kind_for
from union_portal.base.portal import CONTRIBUTIONS

register = template.Library()
_TICKS_ALL = (
    '<th scope="col" class="up-list__tick"><label><input type="checkbox" id="action-toggle"'
    ' class="action-toggle up-list__box" aria-label="{}"><span>{}</span></label></th>'
)
_ORDER = '<span class="material-symbols-outlined" aria-hidden="true">{}</span>'
_SELECTED = mark_safe(' class="selected"')


@register.simple_tag(takes_context=True)
def kept_at(context: Any) -> str:
    """Return the address of the saved filters of the list that is shown, with what it is asked now."""
    told = {"shown": context["cl"].opts.label_lower, "asked": context["request"].GET.urlencode()}
    return f"{reverse('home:filters')}?{urlencode(told)}"


@register.simple_tag
def kept_answers(cl: Any) -> SafeString:
    """Return what the list is asked now, as hidden fields: its words, its order, and each filter without a field."""
    fields = {name for spec in cl.filter_specs if not _is_links(spec) for name in spec.expected_parameters()}
    kept = ((name, value) for name, values in cl.filter_params.items() if name not in fields for value in values)
    return format_html_join("\n", '<input type="hidden" name="{}" value="{}">', kept)


def _is_links(spec: Any) -> bool:
    return bool(spec.template == ListFilter.template)


@register.simple_tag
def desk_filter(cl: Any, spec: Any) -> Any:
    """Show a filter. One whose answers are links is written in one go: a list has a hundred of them, in a drawer."""
    if not _is_links(spec):
        typed = getattr(spec, "by_typing", False) and not spec.value()
        return _typed(cl, spec) if typed else admin_list_filter(cl, spec)
    return format_html(
        '<div class="up-answers"><h3>{}</h3><ul>{}</ul></div>',
        gettext(" By %(filter_title)s ") % {"filter_title": spec.title},
        format_html_join(
            "\n",
            '<li><a href="{}" title="{}"{}>{}</a></li>',
            (
                (iri_to_uri(one["query_string"]), one["display"], _SELECTED if one["selected"] else "", one["display"])
                for one in spec.choices(cl)
            ),
        ),
    )


def _typed(cl: Any, spec: Any) -> SafeString:
    """Show a filter by a related row that is found by typing, as long as none is chosen."""
    form = next(iter(spec.choices(cl)))["form"]
    found, widget = form[spec.lookup_kwarg], form.fields[spec.lookup_kwarg].widget
    return format_html(
        '<div class="up-answers"><label for="{}">{}</label>'
        '<select name="{}"{}><option value=""></option></select></div>',
        found.auto_id,
        found.label,
        found.html_name,
        flatatt(widget.build_attrs(widget.attrs, {"id": found.auto_id})),
    )


@register.simple_tag
def action_choices(form: Any) -> SafeString:
    """Return what can be done with the chosen rows, as options; the form's widget fills a template for each."""
    return format_html_join("", '<option value="{}">{}</option>', form.fields["action"].choices)


@register.inclusion_tag("base/admin/list.html", takes_context=True)
def desk_list(context: Any, cl: Any) -> dict[str, Any]:
    """Show the rows of a change list, or say that there are none."""
    return {
        "cl": cl,
        "headings": format_html_join("\n", "{}", ((one,) for one in _headings(cl))) if cl.result_list else "",
        "rows": rows_of(cl, context.get("actions_row")),
        "empty": _empty(context["request"], cl) if not cl.result_list else {},
    }


def _headings(cl: Any) -> Iterator[SafeString]:
    for name, header in zip(cl.list_display, result_headers(cl), strict=True):
        words = capfirst(str(header["text"]))
        if name == "action_checkbox":
            yield format_html(
                _TICKS_ALL, gettext("Select all objects on this page for an action"), gettext("Select all rows")
            )
            continue
        looks, order, mark = looks_of(cl, name, str(header["text"])), "", ""
        if header["sortable"] and header["sorted"]:
            up = header["ascending"]
            order = format_html(' aria-sort="{}"', "ascending" if up else "descending")
            mark = (
                format_html(_ORDER, "arrow_upward" if up else "arrow_downward") if header["sort_priority"] < 2 else ""
            )
        shown = (
            format_html('<a href="{}">{}{}</a>', header["url_primary"], words, mark) if header["sortable"] else words
        )
        yield format_html('<th scope="col" class="{}"{}>{}</th>', looks, order, shown)


@register.simple_tag
def begins(opts: Any) -> str:
    """Return what a new row of the model is begun with, in the words of 新建 where it stands there too."""
    name = f"admin:{opts.app_label}_{opts.model_name}_add"
    known = {place.name: place.label for part in CONTRIBUTIONS for place in part.creates}
    return known.get(name, f"新建{opts.verbose_name}")


def _empty(request: HttpRequest, cl: Any) -> dict[str, Any]:
    """Return what an empty list says: what belongs there and how to begin, or that nothing fits what was asked for."""
    name, opts = cl.opts.verbose_name, cl.opts
    if cl.query or cl.has_active_filters:
        return {"title": f"没有符合条件的{name}", "hint": "请换个说法，或清除搜索和筛选。", "reset": "?"}
    told: dict[str, Any] = {"title": f"还没有{name}", "hint": getattr(cl.model, "empty_words", "")}
    if cl.model_admin.has_add_permission(request):
        told["add"] = add_preserved_filters(
            {"preserved_filters": cl.preserved_filters, "opts": opts},
            reverse(f"admin:{opts.app_label}_{opts.model_name}_add"),
        )
        told["add_label"] = begins(opts)
    kind = kind_for(cl.model)
    if kind is not None and request.user.has_perm(kind.permission):
        told["upload"] = f"{reverse('home:import_upload')}?kind={kind.key}"
        told["template"] = reverse("home:import_template", args=[kind.key])
    return told
