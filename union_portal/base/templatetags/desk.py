"""Where a page of the desk is: its place, its list, itself."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def trail(context: Any) -> list[dict[str, str]]:
    """Return the way to the page as titles and addresses, the page itself last and without an address.

    The place comes first; a list that is not the one its place opens with comes between it and a row, and the row
    before a page about it that does not name it; its own page, whatever it calls it, names it once.
    """
    navigation = context.get("sidebar_navigation") or {}
    place, opts = navigation.get("place"), context.get("opts")
    found = [{"title": place.title, "link": place.link}] if place is not None else []
    if context.get("cl") and not context.get("is_popup"):
        return [{"title": found[0]["title"]} if found else {"title": str(context.get("title", ""))}]
    original = context.get("original") or context.get("object")
    title = str(context.get("title") or "")
    if opts is not None:
        _add_list(found, place, opts)
        if original is not None and not isinstance(original, str) and original._meta is opts:  # noqa: SLF001
            about, page = str(original), _address(opts, "change", original.pk)
            beyond = page != getattr(context.get("request"), "path", "") and context.get("adminform") is None
            if title and about not in title and title not in about and beyond:
                found.append({"title": about, "link": page})
            else:
                title = about if context.get("adminform") is not None else title or about
    if found and found[-1]["title"] == title:
        found.pop()
    return [*found, {"title": title}]


def _add_list(found: list[dict[str, str]], place: Any, opts: Any) -> None:
    link = _address(opts, "changelist")
    if link and (place is None or place.tabs[0].path != link):
        found.append({"title": str(opts.verbose_name_plural), "link": link})


def _address(opts: Any, page: str, *args: Any) -> str:
    try:
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=args)
    except NoReverseMatch:
        return ""
