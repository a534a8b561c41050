"""Awards: chosen on a page of statistics, kept with the figures of the day."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from congress.awards import services as awards
from congress.awards.enums import AwardKind
from congress.awards.forms import AwardForm, SessionForm
from congress.awards.models import Award
from congress.bodies.admin import HANDLING_STYLES, actor
from congress.departments.models import Department
from congress.proposals.models import Proposal
from congress.sessions.models import Session
from union_portal.base.admin import ReadOnlyModelAdmin, add_refusal, display, dress, object_action
from union_portal.base.errors import DomainError


@admin.register(Award)
class AwardAdmin(ReadOnlyModelAdmin[Award]):
    """Awards that were given."""

    list_display = ("honoured", "kind", "session", "awarded_on", "grounds")
    list_filter = ("session", "kind")
    list_select_related = ("session", "proposal", "department")
    fields = ("session", "kind", "honoured", "awarded_on", "grounds")
    readonly_fields = ("honoured",)
    actions_list = ("choose",)

    class Media:
        css: ClassVar[dict[str, list[str]]] = HANDLING_STYLES

    @display(description="表彰对象")
    def honoured(self, award: Award) -> str:
        """Name the proposal or the department."""
        return str(award.proposal or award.department)

    @object_action(
        description="根据统计评选",
        permission="congress.change_award",
        form=SessionForm,
        primary=True,
    )
    def choose(self, request: HttpRequest, subject: None, session: Session) -> HttpResponseBase:
        """Go on with the statistics of a session."""
        del request, subject
        response: HttpResponseBase = redirect(f"{reverse('admin:congress_award_standings')}?session={session.pk}")
        return response

    def get_urls(self) -> list[Any]:
        """Add the statistics and the step from a line of them."""
        return [
            path("standings/", self.admin_site.admin_view(self.standings_view), name="congress_award_standings"),
            path(
                "standings/<int:session_id>/<slug:kind>/<int:key>/",
                self.admin_site.admin_view(self.bestow_view),
                name="congress_award_bestow",
            ),
            *super().get_urls(),
        ]

    def standings_view(self, request: HttpRequest) -> HttpResponseBase:
        """Show what speaks for each proposal and department of a session."""
        if not request.user.has_perm("congress.view_award"):
            raise PermissionDenied
        sessions = list(Session.objects.filter(drive__isnull=False).order_by("-convened_on"))
        asked = request.GET.get("session", "")
        session = next((one for one in sessions if str(one.pk) == asked), sessions[0] if sessions else None)
        given = Award.objects.filter(session=session)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "评优统计",
            "media": self.media,
            "sessions": sessions,
            "session": session,
            "proposals": awards.proposals(session=session) if session else [],
            "departments": awards.departments(session=session) if session else [],
            "given_proposals": set(given.values_list("proposal", flat=True)),
            "given_departments": set(given.values_list("department", flat=True)),
            "may_award": request.user.has_perm("congress.change_award"),
            "proposal_kind": AwardKind.PROPOSAL,
            "department_kind": AwardKind.DEPARTMENT,
        }
        return TemplateResponse(request, "congress/awards/admin/standings.html", context)

    def bestow_view(self, request: HttpRequest, session_id: int, kind: str, key: int) -> HttpResponseBase:
        """Say who will be honoured, ask for day and grounds, and record the award."""
        if not request.user.has_perm("congress.change_award"):
            raise PermissionDenied
        session = Session.objects.filter(pk=session_id).first()
        model: Any = {AwardKind.PROPOSAL.value: Proposal, AwardKind.DEPARTMENT.value: Department}.get(kind)
        subject: Any = model.objects.filter(pk=key).first() if model else None
        if session is None or subject is None:
            raise Http404
        back = f"{reverse('admin:congress_award_standings')}?session={session.pk}"
        form = AwardForm(request.POST if request.method == "POST" else None)
        dress(form)
        if request.method == "POST" and form.is_valid():
            try:
                awards.bestow(session=session, actor=actor(request), **{kind: subject}, **form.cleaned_data)
            except DomainError as refusal:
                add_refusal(form, refusal)
            else:
                self.message_user(request, "表彰已登记。")
                return redirect(back)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "登记表彰",
            "form": form,
            "confirmation": f"{AwardKind(kind).label}：{subject}",
            "back": back,
        }
        return TemplateResponse(request, "base/admin/action.html", context, status=422 if form.errors else 200)
