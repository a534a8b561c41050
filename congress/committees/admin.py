"""Committees with their members and terms, their meetings, and what those reviewed and decided."""

from django.contrib import admin
from django.db.models import Case, F, QuerySet, When
from django.http import HttpRequest
from django.utils import timezone

from congress.bodies.admin import RunByUserAdmin
from congress.committees.enums import CommitteePost
from congress.committees.forms import MeetingForm
from congress.committees.models import Committee, CommitteeSeat, Meeting, ReviewedDocument
from union_portal.base.admin import RecordAdmin, display
from union_portal.base.admin.columns import column, share
from union_portal.base.admin.filters import question
from union_portal.base.querysets import how_many, in_force

_TERM = {
    "now": ("在任", lambda rows: rows.standing(on=timezone.localdate())),
    "over": ("届满", lambda rows: rows.filter(ends_on__lt=timezone.localdate())),
}
_RANK = Case(*(When(post=post, then=place) for place, post in enumerate(CommitteePost)), default=9)


@admin.register(Committee)
class CommitteeAdmin(RunByUserAdmin, RecordAdmin[Committee]):
    list_display = ("name", "kind", "began_on", "ends_on", "members_today", "meetings_held")
    list_filter = (question(title="任期", name="term", narrow=_TERM), "kind", "congress")
    children = ("seats", "meetings")
    members_today = column("现任委员", "seats_now")
    meetings_held = column("委员会会议", "meetings_all")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Committee]:
        now = CommitteeSeat.objects.filter(in_force(timezone.localdate()))
        meetings = how_many(Meeting.objects.all(), "committee")
        return super().get_queryset(request).annotate(seats_now=how_many(now, "committee"), meetings_all=meetings)


@admin.register(CommitteeSeat)
class CommitteeSeatAdmin(RecordAdmin[CommitteeSeat]):
    list_display = ("person", "committee", "post", "valid_from", "valid_to")
    export_also = ("by_election", "document")
    list_filter = ("committee__kind", "committee", "post", "by_election")
    search_fields = ("person__name", "person__staff_number", "person__search_key", "committee__name")
    ordering = ("committee", F("valid_to").asc(nulls_first=True), _RANK.asc(), "person__stroke_key")
    fixed_fields = ("committee", "person", "valid_from")
    parent = "committee"


@admin.register(Meeting)
class MeetingAdmin(RecordAdmin[Meeting]):
    list_display = ("committee", "held_on", "title", "came", "quorum", "papers_shown")
    export_also = ("number", "due", "present")
    list_filter = ("committee__kind", "committee")
    search_fields = ("title", "committee__name", "minutes", "decisions")
    fixed_fields = ("committee", "held_on")
    form = MeetingForm
    change_form_outer_before_template = "congress/committees/admin/meeting.html"
    parent, children = "committee", ("documents",)
    papers_shown = column("文件", "papers_all")
    came = share("到会", "present", "due")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Meeting]:
        papers = how_many(ReviewedDocument.objects.all(), "meeting")
        return super().get_queryset(request).select_related("committee").annotate(papers_all=papers)

    @display(description="法定人数", label={"short": "danger", "met": "success"})
    def quorum(self, row: Meeting) -> tuple[str, str]:
        if row.present is None or row.due is None:
            return "", "—"
        return ("short", "未达到") if row.short else ("met", "达到")


@admin.register(ReviewedDocument)
class ReviewedDocumentAdmin(RecordAdmin[ReviewedDocument]):
    list_display = ("title", "meeting", "handling", "opinion", "regulation", "file")
    list_filter = ("handling", "meeting__committee__kind", "meeting__committee")
    list_select_related = ("meeting__committee", "regulation")
    search_fields = ("title", "opinion")
    fixed_fields = ("meeting", "title")
    parent = "meeting"
