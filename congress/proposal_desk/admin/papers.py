"""What comes on paper to a proposal, as buttons: replies, ratings, opinions, and the mended form."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils import timezone

from congress.handling.enums import ReplyState
from congress.handling.forms import PaperReplyForm, ReplyForm, open_reply, reply_initial
from congress.handling.models import Reply
from congress.handling.services import paper_replies
from congress.handling.services.leads import lead_of
from congress.proposal_desk.admin.steps import stands
from congress.proposals.enums import IN_HAND, ProposalState
from congress.proposals.forms.paper import PaperAgainForm, paper_again_initial
from congress.proposals.models import Proposal
from congress.proposals.services import paper
from congress.ratings import services as ratings
from congress.ratings.forms import PaperCorrectionForm, PaperOpinionForm, PaperRatingForm, correction_initial
from congress.ratings.models import Rating
from union_portal.accounts.requests import account_of
from union_portal.base.admin import object_action
from union_portal.base.errors import Conflict
from union_portal.base.forms import offering


def _says_paper_reply(_admin: Any, _request: HttpRequest, proposal: Proposal) -> str:
    lead = lead_of(proposal)
    if lead is None:
        return ""
    return f"{proposal}：答复将立即送达提案人，并注明代{lead.department}录入；纸上签字视同分管领导签发。"


def last_reply(proposal: Proposal) -> Reply | None:
    """Return the newest reply that was sent."""
    found: Reply | None = proposal.replies.filter(state=ReplyState.SENT).order_by("round").last()
    return found


def _judged(proposal: Proposal) -> Reply:
    """Return the reply a judgement on paper is about; the step's own address may be called before there is one."""
    reply = last_reply(proposal)
    if reply is None:
        raise Conflict("该提案还没有送达提案人的答复，答复送达后才能代录评价或意见。")
    return reply


def _rating_of(proposal: Proposal) -> Rating | None:
    """Return the rating that holds of the newest reply that has one."""
    found = Rating.objects.standing().filter(reply__proposal=proposal).select_related("reply__proposal")
    last: Rating | None = found.order_by("-reply__round").first()
    return last


def _unrated(proposal: Proposal) -> bool:
    """Tell whether the newest reply waits for a rating, or never got one."""
    reply = last_reply(proposal) if proposal.state in (ProposalState.ANSWERED, ProposalState.CLOSED) else None
    return reply is not None and not reply.ratings.standing().exists()


def _says_rating(_admin: Any, _request: HttpRequest, proposal: Proposal) -> str:
    if proposal.state != ProposalState.CLOSED or proposal.recorded:
        return ""
    return f"{proposal}已办结。登记后仍为已办结；首次答复评为不满意的，重新交部门二次办理。"


def _says_correction(_admin: Any, _request: HttpRequest, proposal: Proposal) -> str:
    rating = _rating_of(proposal)
    if rating is None:
        return ""
    said = f"现登记为“{rating.get_grade_display()}”。更正后原登记仍可查看，统计按更正后的评价。"
    if proposal.recorded:
        return said
    return f"{said}首次答复改为不满意的交二次办理，不再是不满意的撤销二次办理，作废的重新等待评价。"


def _paper(request: HttpRequest, form: dict[str, Any]) -> ratings.Paper:
    """Take what the paper says besides its judgement out of a form's data."""
    return ratings.Paper(form.pop("received_on"), account_of(request), form.pop("scan"))


class PaperSteps:
    paper_actions: ClassVar[Sequence[Any]] = (
        "resubmit_paper",
        "enter_paper_reply",
        "enter_paper_rating",
        "correct_rating",
        "enter_paper_opinion",
    )

    @object_action(
        description="代录纸质答复",
        permission="congress.enter_paper_reply",
        form=PaperReplyForm,
        initial=lambda proposal: {**reply_initial(open_reply(proposal)), "received_on": timezone.localdate()},
        confirmation=_says_paper_reply,
        offered=lambda proposal: proposal.state in (*IN_HAND, ProposalState.SIGNING),
        icon="document_scanner",
    )
    def enter_paper_reply(self, request: HttpRequest, subject: Proposal, **form: Any) -> str:
        """Enter a department's signed reply on its behalf."""
        told = {name: form.pop(name) for name in ("received_on", "signed_by", "scan")}
        made = paper_replies.PaperReply(draft=ReplyForm.of(form), **told)
        paper_replies.enter(proposal=subject, paper=made, actor=account_of(request))
        return f"{subject.number or subject.title}：纸质答复已录入并送达提案人。"

    @object_action(
        description="代录纸质评价",
        permission="congress.enter_paper_rating",
        form=PaperRatingForm,
        confirmation=_says_rating,
        offered=_unrated,
        icon="document_scanner",
    )
    def enter_paper_rating(self, request: HttpRequest, subject: Proposal, **form: Any) -> str:
        """Enter the proposer's rating from paper."""
        ratings.enter_rating(reply=_judged(subject), paper=_paper(request, form), **form)
        subject.refresh_from_db()
        return stands(subject)

    @object_action(
        description="更正代录的评价",
        permission="congress.enter_paper_rating",
        form=PaperCorrectionForm,
        initial=lambda proposal: correction_initial(_rating_of(proposal)),
        confirmation=_says_correction,
        offered=lambda proposal: (rating := _rating_of(proposal)) is not None and rating.by_office,
        icon="edit",
    )
    def correct_rating(self, request: HttpRequest, subject: Proposal, why: str, **form: Any) -> str:
        """Put right what was entered wrongly from paper; the first entry stays to be read."""
        rating = _rating_of(subject)
        reply = rating.reply if rating else _judged(subject)
        ratings.correct_rating(reply=reply, why=why, paper=_paper(request, form), **form)
        subject.refresh_from_db()
        return stands(subject)

    @object_action(
        description="代录并案提案人意见",
        permission="congress.enter_paper_rating",
        form=lambda _admin, _request, proposal: offering(
            PaperOpinionForm, proposal=ratings.silent(reply=last_reply(proposal))
        ),
        offered=lambda proposal: ratings.silent(reply=last_reply(proposal)).exists(),
        icon="document_scanner",
    )
    def enter_paper_opinion(self, request: HttpRequest, subject: Proposal, **form: Any) -> str:
        """Enter from paper what the author of a merged proposal thinks."""
        made = ratings.enter_opinion(reply=_judged(subject), paper=_paper(request, form), **form)
        return f"{made.proposal}：意见已录入。"

    @object_action(
        description="录入补充后的纸质提案表",
        permission="congress.resubmit_paper",
        form=PaperAgainForm,
        initial=paper_again_initial,
        offered=lambda proposal: proposal.state == ProposalState.RETURNED and proposal.on_paper,
        icon="document_scanner",
        primary=True,
    )
    def resubmit_paper(
        self, request: HttpRequest, subject: Proposal, *, seconders: str, received_at: dt.datetime, **form: Any
    ) -> str:
        """Enter a returned form, mended and signed anew; the committee reviews it again."""
        named = paper.find_delegates(
            congress=subject.congress, words=seconders, on=timezone.localdate(received_at), field="seconders"
        )
        held = paper.resubmit_paper(
            proposal=subject, seconders=named, received_at=received_at, actor=account_of(request), **form
        )
        return stands(held)
