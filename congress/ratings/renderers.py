"""提案表: a proposal as the official form, filled in as far as it has come; what is signed by hand stays open."""

import datetime as dt

from django.template.loader import render_to_string
from django.utils import timezone

from congress.handling.enums import ReplyState
from congress.proposals.enums import SecondingState
from congress.proposals.models import Proposal
from congress.proposals.services.seconding import author_words
from congress.review.enums import Decision
from union_portal.base.paper import PaperResult, render

_DECISIONS = {
    Decision.FILE: "予以立案",
    Decision.PASS_ON: "转为意见建议",
    Decision.DECLINE: "不予立案",
    Decision.MERGE: "并案处理",
    Decision.RETURN: "退回补充",
    Decision.REFER: "提请主席团审定",
}


def render_form(proposal: Proposal) -> PaperResult:
    """Return the form as PDF: author, seconders, text, review, departments, reply and rating."""
    title = f"{proposal.congress}提案表"
    review = proposal.reviews.order_by("-at", "-pk").first()
    reply = proposal.replies.filter(state=ReplyState.SENT).select_related("department").last()
    signed = proposal.secondings.filter(state=SecondingState.ACCEPTED).select_related(
        "delegate__person", "delegate__delegation"
    )
    rating = reply.ratings.standing().first() if reply else None
    html = render_to_string(
        "paper/proposal_form.html",
        {
            "title": title,
            "session": proposal.drive.session.title,
            "number": proposal.number,
            "author": author_words(proposal),
            "delegation": str(proposal.delegation or ""),
            "category": str(proposal.category or ""),
            "submitted_on": f"{timezone.localtime(proposal.submitted_at):%Y-%m-%d}" if proposal.submitted_at else "",
            "subject": proposal.title,
            "grounds": _paragraphs(proposal.grounds),
            "measures": _paragraphs(proposal.measures),
            "seconders": [
                {
                    "name": one.delegate.person.name,
                    "delegation": str(one.delegate.delegation or ""),
                    "signed": _signed(on_paper=one.on_paper, at=one.answered_at),
                }
                for one in signed
            ],
            "merged": [f"{one.number} {one.title}（{author_words(one)}）" for one in proposal.merged.with_authors()],
            "decision": _DECISIONS.get(Decision(review.decision), "") if review else "",
            "decision_words": _paragraphs(review.reason) if review else [],
            "departments": [
                f"{one.department}（{one.get_duty_display()}）"
                for one in proposal.assignments.living().select_related("department")
            ],
            "reply": _paragraphs(reply.text) if reply else [],
            "reply_on": f"{timezone.localtime(reply.sent_at):%Y-%m-%d}" if reply and reply.sent_at else "",
            "rating": rating.get_grade_display() if rating else "",
            "rating_words": rating.words if rating else "",
        },
    )
    return render(html, title=title, created=timezone.now(), stylesheet="application", archival=False)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _signed(*, on_paper: bool, at: dt.datetime | None) -> str:
    if on_paper:
        return "纸质签名"
    return f"平台附议 {timezone.localtime(at):%Y-%m-%d}" if at else ""
