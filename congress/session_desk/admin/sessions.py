"""Sessions: convene, or record afterwards; the page of a session with all its bodies."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from congress.bodies.admin import RunByUserAdmin
from congress.bodies.forms.scope import form_for_user
from congress.resolutions.admin.minutes import MinutesSteps
from congress.session_desk.admin.page import context, parts_of, point_ahead
from congress.sessions.enums import PresidiumPost, SessionKind
from congress.sessions.forms import DETAILS, ConveneForm, DetailsForm, PresidiumForm, RecordForm
from congress.sessions.models import PresidiumMember, Session, Sitting
from congress.sessions.services import sessions
from members.people.models import Person
from union_portal.accounts.requests import account_of
from union_portal.base.admin import ReadOnlyModelAdmin, RecordAdmin, adopt, object_action
from union_portal.base.admin.step_links import blocked_steps, step_links


@admin.register(Session)
class SessionAdmin(MinutesSteps, RunByUserAdmin, RecordAdmin[Session]):
    form = ConveneForm
    list_display = ("title", "states", "kind", "convened_on", "place")
    export_also = ("ends_on", "origin")
    list_filter = ("kind", "recorded", "sittings__congress")
    fields = ("staff", "union", ("convened_on", "ends_on"), ("kind", "place"), "title")
    actions_list = ("record",)
    actions_detail = ("door", "change_details", "seat_presidium", "write_minutes", "print_minutes")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        return super().get_queryset(request).prefetch_related("sittings__congress__branch")

    @admin.display(description="大会")
    def states(self, session: Session) -> str:
        return "；".join(f"{one.congress} {one.get_state_display()}" for one in session.sittings.all())

    @admin.display(description="备注")
    def origin(self, session: Session) -> str:
        return "补录" if session.recorded else ""

    def save_model(self, request: HttpRequest, obj: Session, form: Any, change: bool) -> None:  # noqa: ARG002
        made = sessions.convene(
            parts=form.cleaned_data["parts"],
            convened_on=obj.convened_on,
            ends_on=obj.ends_on,
            kind=SessionKind(obj.kind),
            place=obj.place,
            title=obj.title,
            actor=account_of(request),
        )
        adopt(obj, made)

    def response_post_save_add(self, request: HttpRequest, obj: Session) -> Any:
        del request
        return redirect("admin:congress_session_change", obj.pk)

    def change_view(self, request: HttpRequest, object_id: str, *_args: Any, **_kwargs: Any) -> Any:
        """Show the session as a page of its own: it moves by steps."""
        session = self.subject_or_404(request, object_id)
        if not self.has_view_permission(request, session):
            raise PermissionDenied
        sitting_admin = self.admin_site.get_model_admin(Sitting)
        parts = parts_of(session)
        for part in parts:
            part.buttons = step_links(sitting_admin, request, part.sitting)
            part.blocked = blocked_steps(sitting_admin, request, part.sitting)
        steps = step_links(self, request, session)
        point_ahead(steps, parts)
        return TemplateResponse(
            request,
            "congress/session_desk/admin/session.html",
            {
                **self.admin_site.each_context(request),
                **context(session, parts),
                "opts": self.opts,
                "original": session,
                "title": str(session),
                "buttons": steps,
                "may_write": request.user.has_perm("congress.change_session", session),
                "may_see_roll": request.user.has_perm("congress.view_rollentry", session),
            },
        )

    @object_action(
        description="补录已开会议", permission="congress.add_session", form=form_for_user(RecordForm), icon="history"
    )
    def record(self, request: HttpRequest, _subject: None, **data: Any) -> HttpResponseBase:
        """Record one held before the portal, without a roll-call."""
        wanted = ("parts", "convened_on", "ends_on", "place", "title", "source")
        made = sessions.record_session(**{key: data[key] for key in wanted}, actor=account_of(request))
        response: HttpResponse = redirect("admin:congress_session_change", made.pk)
        return response

    @object_action(
        description="现场签到",
        permission="congress.run_session",
        offered=lambda session: not session.recorded and session.sittings.running().exists(),
        icon="door_open",
        primary=True,
    )
    def door(self, request: HttpRequest, subject: Session) -> HttpResponseBase:  # noqa: ARG002
        response: HttpResponse = redirect("congress:door", subject.pk)
        return response

    @object_action(
        description="修改名称、日期或地点",
        permission="congress.change_session",
        form=DetailsForm,
        initial=lambda session: {name: getattr(session, name) for name in DETAILS},
        icon="edit",
    )
    def change_details(self, _request: HttpRequest, subject: Session, **data: Any) -> str:
        sessions.change_session(session=subject, **data)
        return "已保存。"

    @object_action(description="登记主席团", permission="congress.change_session", form=PresidiumForm, icon="groups")
    def seat_presidium(self, _request: HttpRequest, subject: Session, people: QuerySet[Person], post: str) -> str:
        count = sessions.seat_in_presidium(session=subject, people=list(people), post=PresidiumPost(post))
        return f"主席团现有 {count:,} 人。"


@admin.register(PresidiumMember)
class PresidiumMemberAdmin(ReadOnlyModelAdmin[PresidiumMember]):
    """主席团: seen on the session's page; here only the step that takes somebody out."""

    list_display = ("person", "session", "post")
    actions_detail = ("unseat",)

    def has_module_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def back_from_step(self, subject: PresidiumMember) -> str | None:
        return reverse("admin:congress_session_change", args=[subject.session_id])

    @object_action(
        description="移出主席团",
        permission="congress.run_session",
        confirmation=lambda _admin, _request, member: str(member),
        grave=True,
    )
    def unseat(self, _request: HttpRequest, subject: PresidiumMember) -> str:
        sessions.unseat_from_presidium(member=subject)
        return f"{subject.person}已移出主席团。"
