"""Awards: chosen on a page of statistics, kept with the figures of the day."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
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
        own = path("standings/", self.admin_site.admin_view(self.standings_view), name="congress_award_standings")
        return [own, *super().get_urls()]

    def standings_view(self, request: HttpRequest) -> HttpResponseBase:
        """Show what speaks for each proposal and department of a session, with the way to award it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        sessions = list(Session.objects.filter(drive__isnull=False).order_by("-convened_on"))
        asked = request.GET.get("session", "")
        session = next((one for one in sessions if str(one.pk) == asked), sessions[0] if sessions else None)
        context = self.admin_site.each_context(request) | {
            "title": "评优统计",
            "sessions": sessions,
            "session": session,
            "tables": [self._table(request, session, kind) for kind in AwardKind] if session else [],
        }
        return TemplateResponse(request, "congress/awards/admin/standings.html", context)

    def _table(self, request: HttpRequest, session: Session, kind: AwardKind) -> tuple[str, Any, Any]:
        found: Any = (awards.proposals if kind == AwardKind.PROPOSAL else awards.departments)(session=session)
        given = set(Award.objects.filter(session=session).values_list(kind.value, flat=True))
        offer = '<a href="{}?session={}&{}={}">表彰</a>' if self.has_add_permission(request) else ""
        page, add = f"admin:congress_{kind}_change", reverse("admin:congress_award_add")
        rows = [
            (
                format_html('<a href="{}">{}</a>', reverse(page, args=[one.pk]), one),
                *figures.values(),
                kind.label if one.pk in given else format_html(offer, add, session.pk, kind, one.pk),
            )
            for one, figures in found.items()
        ]
        label = str(self.opts.get_field(kind.value).verbose_name)
        return label, (label, *next(iter(found.values()), ()), "表彰"), rows
