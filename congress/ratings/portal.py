"""A proposal with everything its handling added, up to ratings and opinions."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from congress.handling.enums import Duty, ExtensionState, FollowUpState, ReplyState
from congress.handling.models import Assignment, DepartmentNote, Reply
from congress.proposals.enums import SecondingState
from congress.proposals.models import Proposal
from congress.proposals.portal.standing import author_of, overdue, steps, timeline, tone_of
from congress.ratings.models import Opinion, Rating


def sent_replies(proposal: Proposal) -> "QuerySet[Reply]":
    """Return the replies that were sent, oldest first, each with its ratings and the joint proposers' opinions."""
    ratings = Rating.objects.select_related("entered_by", "corrected_by", "corrects")
    opinions = Opinion.objects.select_related("proposal", "person")
    sent = proposal.replies.filter(state=ReplyState.SENT).order_by("round")
    return sent.select_related("department", "signed_by", "written_by").prefetch_related(
        Prefetch("ratings", ratings), Prefetch("opinions", opinions)
    )


def proposal_page(proposal: Proposal) -> dict[str, Any]:
    """Return the parts of a proposal's page: people, texts merged into it, departments, notes, replies, promises."""
    notes = DepartmentNote.objects.select_related("written_by")
    assignments = list(
        Assignment.objects.filter(proposal=proposal)
        .select_related("department")
        .prefetch_related(Prefetch("notes", notes))
    )
    standing = [one for one in assignments if one.ended_at is None]
    secondings = proposal.secondings.filter(state=SecondingState.ACCEPTED).select_related("delegate__person")
    every_note = ((note, one.department) for one in assignments for note in one.notes.all())
    return {
        "proposal": proposal,
        "author": author_of(proposal),
        "tone": tone_of(proposal),
        "is_overdue": overdue(proposal),
        "steps": steps(proposal),
        "seconders": [one.delegate.person.name for one in secondings],
        "merged": [{"proposal": one, "author": author_of(one)} for one in proposal.merged.with_authors()],
        "lead": next((one.department for one in standing if one.duty == Duty.LEAD), None),
        "supporting": [one.department for one in standing if one.duty == Duty.SUPPORT],
        "notes": sorted(every_note, key=lambda pair: (pair[0].at, pair[0].pk)),
        "replies": list(sent_replies(proposal)),
        "reviews": list(proposal.reviews.select_related("decided_by", "into", "department", "meeting")),
        "extensions": list(proposal.extensions.select_related("department", "decided_by")),
        "asked": proposal.extensions.filter(state=ExtensionState.ASKED).select_related("department").first(),
        "promises": list(proposal.follow_ups.select_related("reported_by")),
        "open_promise": proposal.follow_ups.filter(state=FollowUpState.OPEN).first(),
        "moves": timeline(proposal),
    }
