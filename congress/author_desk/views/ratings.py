"""Rating a reply, and the opinion of a joint proposer."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST

from congress.author_desk.views.access import newest_reply, own_or_404, proposal_or_404
from congress.author_desk.views.page import show, take_step
from congress.bodies.views.typed_words import keep_typed_words
from congress.handling.enums import Grade
from congress.proposals.models import Proposal
from congress.proposals.portal.closed_pages import author_closed
from congress.ratings import services as ratings
from congress.ratings.forms import OpinionForm, RatingForm
from members.people.models import Person
from union_portal.accounts.requests import account_of, without_second_factor


@require_POST
@without_second_factor
def opinion(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the opinion on the joint reply of somebody whose proposal was merged into this one."""
    user = account_of(request)
    proposal = proposal_or_404(request, pk)
    if not Proposal.objects.authored_by(user).filter(merged_into=proposal).exists():
        raise Http404
    return _grade(
        request,
        proposal,
        give=ratings.give_opinion,
        form=OpinionForm(request.POST, auto_id="opinion_%s"),
        name="opinion_form",
        said="谢谢，您的意见已记录在评价旁。",
    )


@require_POST
@without_second_factor
@keep_typed_words(author_closed, lambda request: RatingForm(request.POST))
def rate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Rate the newest reply as its proposer, once."""
    return _grade(
        request,
        own_or_404(request, pk),
        give=ratings.rate,
        form=RatingForm(request.POST),
        name="rating_form",
        said="感谢您的评价，已记录。",
    )


def _grade(
    request: HttpRequest, proposal: Proposal, *, give: Callable[..., Any], form: Any, name: str, said: str
) -> HttpResponseBase:
    """Give the newest reply a grade with words, in the name of the person behind the account."""
    user = account_of(request)
    reply = newest_reply(proposal)
    person = Person.objects.filter(user=user).first()
    if reply is None or person is None or not form.is_valid():
        return show(request, proposal, error="请从三个等次中选择一个。", status=422, **{name: form})
    words = form.cleaned_data
    return take_step(
        request,
        proposal,
        lambda: give(
            reply=reply,
            grade=Grade(words["grade"]),
            words=words["words"],
            person=person,
            actor=user,
            version=words["version"],
        ),
        said=said,
        name=name,
        form=form,
    )
