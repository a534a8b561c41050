"""The life of a proposal (提案): its states, the table of moves, and what each step decides."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from union_portal.base.states import Machine, Move


class ProposalState(models.TextChoices):
    """Where a proposal stands."""

    DRAFT = "draft", pgettext_lazy("proposal", "draft")
    SECONDING = "seconding", _("looking for seconders")
    PRECHECK = "precheck", _("with the delegation for its check")
    SUBMITTED = "submitted", _("waiting for review")
    RETURNED = "returned", _("returned for completion")
    REFERRED = "referred", _("referred to the presidium")
    APPROVING = "approving", _("waiting for the leader's approval")
    FILED = "filed", _("filed, to be assigned")
    ASSIGNED = "assigned", _("being handled")
    SIGNING = "signing", _("waiting for the leader's signature")
    ANSWERED = "answered", _("answered, waiting for the rating")
    REHANDLING = "rehandling", _("second handling")
    CLOSED = "closed", pgettext_lazy("proposal", "closed")
    PASSED_ON = "passed_on", _("passed on as suggestion")
    DECLINED = "declined", pgettext_lazy("proposal", "declined")
    MERGED = "merged", _("merged into another")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LATE = "late", _("late, became a suggestion")


_S = ProposalState

PROPOSAL_MACHINE = Machine(
    name="congress.proposal",
    # Drafts begin as such; the signed paper form enters as submitted; past ones are recorded where they ended.
    initial=[
        _S.DRAFT,
        _S.SUBMITTED,
        _S.FILED,
        _S.ASSIGNED,
        _S.ANSWERED,
        _S.CLOSED,
        _S.PASSED_ON,
        _S.DECLINED,
        _S.MERGED,
        _S.WITHDRAWN,
    ],
    moves=[
        Move("invite", _S.DRAFT, _S.SECONDING, _("Invite seconders")),
        Move("edit_again", _S.SECONDING, _S.DRAFT, _("Edit again")),
        Move("submit", _S.DRAFT, _S.SUBMITTED, _("Submit")),
        Move("submit", _S.SECONDING, _S.SUBMITTED, _("Submit")),
        Move("submit_to_delegation", _S.DRAFT, _S.PRECHECK, _("Submit to the delegation")),
        Move("submit_to_delegation", _S.SECONDING, _S.PRECHECK, _("Submit to the delegation")),
        Move("submit_late", _S.DRAFT, _S.LATE, _("Hand in as suggestion")),
        Move("submit_late", _S.SECONDING, _S.LATE, _("Hand in as suggestion")),
        Move("submit_late", _S.PRECHECK, _S.LATE, _("Hand in as suggestion")),
        Move("pass_check", _S.PRECHECK, _S.SUBMITTED, _("Pass to the committee")),
        Move("return_to_author", _S.PRECHECK, _S.DRAFT, _("Return to the author")),
        Move("withdraw", _S.DRAFT, _S.WITHDRAWN, _("Withdraw")),
        Move("withdraw", _S.SECONDING, _S.WITHDRAWN, _("Withdraw")),
        Move("withdraw", _S.PRECHECK, _S.WITHDRAWN, _("Withdraw")),
        Move("withdraw", _S.SUBMITTED, _S.WITHDRAWN, _("Withdraw")),
        Move("withdraw", _S.RETURNED, _S.WITHDRAWN, _("Withdraw")),
        Move("return", _S.SUBMITTED, _S.RETURNED, _("Return for completion")),
        Move("submit_again", _S.RETURNED, _S.SUBMITTED, _("Submit again")),
        Move("refer", _S.SUBMITTED, _S.REFERRED, _("Refer to the presidium")),
        Move("file", _S.SUBMITTED, _S.APPROVING, _("File")),
        Move("file", _S.REFERRED, _S.APPROVING, _("File")),
        Move("file_directly", _S.SUBMITTED, _S.FILED, _("File")),
        Move("file_directly", _S.REFERRED, _S.FILED, _("File")),
        Move("pass_on", _S.SUBMITTED, _S.PASSED_ON, _("Pass on as suggestion")),
        Move("pass_on", _S.REFERRED, _S.PASSED_ON, _("Pass on as suggestion")),
        Move("decline", _S.SUBMITTED, _S.DECLINED, pgettext_lazy("proposal", "Decline")),
        Move("decline", _S.REFERRED, _S.DECLINED, pgettext_lazy("proposal", "Decline")),
        Move("merge", _S.SUBMITTED, _S.MERGED, _("Merge into another")),
        Move("merge", _S.REFERRED, _S.MERGED, _("Merge into another")),
        Move("approve", _S.APPROVING, _S.FILED, _("Approve the filing")),
        Move("send_back", _S.APPROVING, _S.SUBMITTED, _("Send back to the committee")),
        Move("assign", _S.FILED, _S.ASSIGNED, _("Assign to departments")),
        Move("reply", _S.ASSIGNED, _S.SIGNING, _("Hand the reply in for signature")),
        Move("reply_directly", _S.ASSIGNED, _S.ANSWERED, _("Send the reply")),
        Move("reply", _S.REHANDLING, _S.SIGNING, _("Hand the reply in for signature")),
        Move("reply_directly", _S.REHANDLING, _S.ANSWERED, _("Send the reply")),
        Move("sign", _S.SIGNING, _S.ANSWERED, _("Sign the reply")),
        Move("return_reply", _S.SIGNING, _S.ASSIGNED, _("Return the reply")),
        Move("return_second_reply", _S.SIGNING, _S.REHANDLING, _("Return the reply")),
        Move("rate", _S.ANSWERED, _S.CLOSED, _("Rate the reply")),
        Move("handle_again", _S.ANSWERED, _S.REHANDLING, _("Have it handled again")),
        Move("close_unrated", _S.ANSWERED, _S.CLOSED, _("Close without a rating")),
    ],
)

# The author (or the delegation) may still change the text; from then on it is locked, also in the database.
WRITABLE = (_S.DRAFT, _S.RETURNED)
# Before the committee: nobody but the author, the invited seconders and the delegation's head sees these.
PRIVATE = (_S.DRAFT, _S.SECONDING, _S.PRECHECK)
UNDECIDED = (_S.SUBMITTED, _S.RETURNED, _S.REFERRED, _S.APPROVING)
FILED_STATES = (_S.FILED, _S.ASSIGNED, _S.SIGNING, _S.ANSWERED, _S.REHANDLING, _S.CLOSED)
# A department works on these.
IN_HAND = (_S.ASSIGNED, _S.REHANDLING)
REPLIED = (_S.ANSWERED, _S.REHANDLING, _S.CLOSED)


class Outcome(models.TextChoices):
    """审查结果; collected = filed + passed on + declined + merged away + withdrawn + undecided."""

    UNDECIDED = "", _("undecided")
    FILED = "filed", _("filed")
    PASSED_ON = "passed_on", _("passed on as suggestion")
    DECLINED = "declined", pgettext_lazy("proposal", "declined")
    MERGED = "merged", _("merged into another")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LATE = "late", _("late, became a suggestion")


# What the state says of the outcome; the database holds both to it.
OUTCOME_OF = {
    **dict.fromkeys((_S.DRAFT, _S.SECONDING, _S.PRECHECK, *UNDECIDED), Outcome.UNDECIDED),
    **dict.fromkeys(FILED_STATES, Outcome.FILED),
    _S.PASSED_ON: Outcome.PASSED_ON,
    _S.DECLINED: Outcome.DECLINED,
    _S.MERGED: Outcome.MERGED,
    _S.WITHDRAWN: Outcome.WITHDRAWN,
    _S.LATE: Outcome.LATE,
}


class Decision(models.TextChoices):
    """What a review may decide."""

    FILE = "file", _("File")
    PASS_ON = "pass_on", _("Pass on as suggestion")
    DECLINE = "decline", pgettext_lazy("proposal", "Decline")
    MERGE = "merge", _("Merge into another")
    RETURN = "return", _("Return for completion")
    REFER = "refer", _("Refer to the presidium")


class SecondingState(models.TextChoices):
    INVITED = "invited", _("invited")
    ACCEPTED = "accepted", _("seconds")
    DECLINED = "declined", _("does not second")
    # The text was changed after the signature, the proposal was withdrawn, or the mandate ended.
    LAPSED = "lapsed", _("lapsed")


SECONDING_MACHINE = Machine(
    name="congress.seconding",
    # On the paper form seconders have signed already.
    initial=[SecondingState.INVITED, SecondingState.ACCEPTED],
    moves=[
        Move("accept", SecondingState.INVITED, SecondingState.ACCEPTED, _("Second")),
        Move("decline", SecondingState.INVITED, SecondingState.DECLINED, _("Do not second")),
        Move("lapse", SecondingState.INVITED, SecondingState.LAPSED, _("Lapse")),
        Move("lapse", SecondingState.ACCEPTED, SecondingState.LAPSED, _("Lapse")),
    ],
)


class Duty(models.TextChoices):
    """承办: one lead answers, supporting departments add to it."""

    LEAD = "lead", _("lead")
    SUPPORT = "support", _("supporting")


class ReplyKind(models.TextChoices):
    """答复类型."""

    DONE = "done", pgettext_lazy("reply", "done")
    PLANNED = "planned", _("planned")
    CANNOT = "cannot", _("cannot be done")


class ReplyState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("reply", "draft")
    SIGNING = "signing", _("waiting for the leader's signature")
    SENT = "sent", pgettext_lazy("reply", "sent")


REPLY_MACHINE = Machine(
    name="congress.reply",
    initial=[ReplyState.DRAFT, ReplyState.SENT],
    moves=[
        Move("hand_in", ReplyState.DRAFT, ReplyState.SIGNING, _("Hand in for signature")),
        Move("send", ReplyState.DRAFT, ReplyState.SENT, _("Send")),
        Move("sign", ReplyState.SIGNING, ReplyState.SENT, _("Sign")),
        Move("return", ReplyState.SIGNING, ReplyState.DRAFT, _("Return")),
    ],
)


class Grade(models.TextChoices):
    """满意度."""

    SATISFIED = "satisfied", _("satisfied")
    BASICALLY = "basically", _("basically satisfied")
    DISSATISFIED = "dissatisfied", _("dissatisfied")


class FollowUpState(models.TextChoices):
    """落实情况 of a promise."""

    OPEN = "open", pgettext_lazy("follow-up", "open")
    KEPT = "kept", _("carried out")
    MOVED = "moved", _("moved to a later day")
    DROPPED = "dropped", _("cannot be carried out")


FOLLOW_UP_MACHINE = Machine(
    name="congress.followup",
    initial=[FollowUpState.OPEN],
    moves=[
        Move("keep", FollowUpState.OPEN, FollowUpState.KEPT, _("Record as carried out")),
        Move("move", FollowUpState.OPEN, FollowUpState.MOVED, _("Move to a later day")),
        Move("drop", FollowUpState.OPEN, FollowUpState.DROPPED, _("Record as impossible")),
    ],
)


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("asked")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", pgettext_lazy("extension", "refused")


EXTENSION_MACHINE = Machine(
    name="congress.extension",
    initial=[ExtensionState.ASKED],
    moves=[
        Move("grant", ExtensionState.ASKED, ExtensionState.GRANTED, _("Grant the extension")),
        Move("refuse", ExtensionState.ASKED, ExtensionState.REFUSED, _("Refuse the extension")),
    ],
)


class Publication(models.TextChoices):
    """How far the congress publishes its filed proposals inside the portal."""

    NOTHING = "nothing", _("nothing")
    STATE = "state", _("title and state")
    REPLY = "reply", _("title, text, state and reply")
