"""Awards: chosen on a page of statistics, kept with the figures of the day."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from congress.awards import services as awards
from congress.awards.enums import AwardKind
from congress.awards.models import Award
from congress.sessions.models import Session
from union_portal.base.admin import RecordAdmin
from union_portal.base.admin.columns import column
from union_portal.base.asked import keys_in


def _parts(standings: dict[str, dict[Any, Any]]) -> Iterator[tuple[AwardKind, str, dict[Any, Any]]]:
    """Yield the tables of the page: departments that nobody rated stand apart."""
    proposals, departments = standings[AwardKind.PROPOSAL], standings[AwardKind.DEPARTMENT]
    yield AwardKind.PROPOSAL, "提案", proposals
    rated = {one: figures for one, figures in departments.items() if awards.is_rated(figures)}
    yield AwardKind.DEPARTMENT, "承办部门", rated
    if len(rated) < len(departments):
        unrated = {one: figures for one, figures in departments.items() if one not in rated}
        yield AwardKind.DEPARTMENT, "尚无评价的承办部门（不参加排名）", unrated


@admin.register(Award)
class AwardAdmin(RecordAdmin[Award]):
    list_display = ("honoured", "kind", "session", "awarded_on", "grounds")
    list_filter = ("session", "kind")
    list_select_related = ("session", "proposal", "department")
    fixed_fields = ("session", "proposal", "department", "awarded_on", "grounds")
    honoured = column("表彰对象", "honoured", by="kind")

    def save_model(self, request: HttpRequest, obj: Award, form: Any, change: bool) -> None:  # noqa: ARG002
        if not change:
            awards.bestow(obj, actor=request.user)  # type: ignore[arg-type]

    def get_urls(self) -> list[Any]:
        view = permission_required("congress.view_award", raise_exception=True)(self.standings_view)
        own = path("standings/", self.admin_site.admin_view(view), name="congress_award_standings")
        return [own, *super().get_urls()]

    def standings_view(self, request: HttpRequest) -> HttpResponseBase:
        """Show what speaks for each proposal and department of a session, with the way to award it."""
        sessions = Session.objects.filter(drive__isnull=False).order_by("-convened_on")
        session = sessions.filter(pk__in=keys_in([request.GET.get("session", "")])).first() or sessions.first()
        standings = awards.standings(session=session) if session else {}
        tables = [self._table(request, session, *part) for part in _parts(standings)] if session else []
        shown = {"title": "评优统计", "sessions": sessions, "session": session, "tables": tables}
        context = self.admin_site.each_context(request) | shown
        return TemplateResponse(request, "congress/awards/admin/standings.html", context)

    def _table(
        self, request: HttpRequest, session: Session, kind: AwardKind, name: str, found: dict[Any, Any]
    ) -> tuple[Any, ...]:
        """Return the name of a table, its headings and its rows."""
        may = awards.answered(session) if kind == AwardKind.PROPOSAL else {one.pk for one in found}
        given = set(Award.objects.filter(session=session).values_list(kind.value, flat=True))
        offer = '<a href="{}?session={}&{}={}">表彰</a>' if self.has_add_permission(request) else ""

        def cell(key: int) -> str:
            if key in given:
                return kind.label
            return format_html(offer, add, session.pk, kind, key) if key in may else "尚未答复"

        page, add = f"admin:congress_{kind}_change", reverse("admin:congress_award_add")
        rows = [
            (
                format_html('<a href="{}">{}</a>', reverse(page, args=[one.pk]), one),
                *figures.values(),
                cell(one.pk),
            )
            for one, figures in found.items()
        ]
        return name, (self.opts.get_field(kind.value).verbose_name, *next(iter(found.values()), ()), "表彰"), rows
