"""Words of what reaches the union outside proposals, and of its committees, rules and awards."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from union_portal.accounts.enums import Role
from union_portal.base.states import Machine, Move


class SuggestionSource(models.TextChoices):
    """Where a suggestion (意见建议) came from."""

    DISCUSSION = "discussion", _("group discussion")
    LATE = "late", _("late proposal")
    PASSED_ON = "passed_on", _("proposal passed on")
    DRIVE = "drive", _("suggestion drive")
    LETTER = "letter", _("letter or visit")


class SuggestionState(models.TextChoices):
    COLLECTED = "collected", _("collected")
    SENT = "sent", _("with the department")
    ANSWERED = "answered", _("answered")
    SET_ASIDE = "set_aside", _("set aside")


SUGGESTION_MACHINE = Machine(
    name="congress.suggestion",
    initial=[SuggestionState.COLLECTED, SuggestionState.ANSWERED],
    moves=[
        Move("send", SuggestionState.COLLECTED, SuggestionState.SENT, _("Send to a department")),
        Move("take_back", SuggestionState.SENT, SuggestionState.COLLECTED, _("Take back from the department")),
        Move("answer", SuggestionState.SENT, SuggestionState.ANSWERED, _("Answer in writing")),
        Move("answer", SuggestionState.COLLECTED, SuggestionState.ANSWERED, _("Answer in writing")),
        Move("set_aside", SuggestionState.COLLECTED, SuggestionState.SET_ASIDE, _("Set aside")),
    ],
)


class FindingState(models.TextChoices):
    """What became of a finding (巡视发现)."""

    OPEN = "open", pgettext_lazy("finding", "open")
    PUT_RIGHT = "put_right", _("put right")
    EXPLAINED = "explained", _("explained, nothing to be done")


FINDING_MACHINE = Machine(
    name="congress.finding",
    initial=[FindingState.OPEN, FindingState.PUT_RIGHT, FindingState.EXPLAINED],
    moves=[
        Move("put_right", FindingState.OPEN, FindingState.PUT_RIGHT, _("Record as put right")),
        Move("explain", FindingState.OPEN, FindingState.EXPLAINED, _("Record the explanation")),
    ],
)


class PetitionChannel(models.TextChoices):
    """来信来访的途径."""

    VISIT = "visit", _("visit")
    LETTER = "letter", _("letter")
    PHONE = "phone", _("telephone")
    PORTAL = "portal", _("portal")


class PetitionState(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("petition", "received")
    HANDLING = "handling", pgettext_lazy("petition", "being handled")
    ANSWERED = "answered", pgettext_lazy("petition", "answered")
    CLOSED = "closed", pgettext_lazy("petition", "closed")


PETITION_MACHINE = Machine(
    name="congress.petition",
    initial=[PetitionState.RECEIVED],
    moves=[
        Move("take_up", PetitionState.RECEIVED, PetitionState.HANDLING, _("Take up")),
        Move("answer", PetitionState.HANDLING, PetitionState.ANSWERED, _("Answer")),
        Move("reopen", PetitionState.ANSWERED, PetitionState.HANDLING, _("Take up again")),
        Move("close", PetitionState.ANSWERED, PetitionState.CLOSED, pgettext_lazy("petition", "Close")),
    ],
)


# The offices that take petitions, in the order they are offered; the first is who gets it unless another is chosen.
PETITION_ROLES = (Role.CONGRESS, Role.ORGANISATION, Role.WOMEN, Role.VICE_CHAIR, Role.CHAIR)


class CommitteeKind(models.TextChoices):
    """委员会."""

    UNION = "union", _("union committee")
    EXECUTIVE = "executive", _("executive committee of the congress")
    PROPOSAL = "proposal", _("proposal committee")
    WOMEN = "women", _("women's committee")
    FINANCE_REVIEW = "finance_review", _("finance review committee")
    OTHER = "other", _("other committee")


class CommitteePost(models.TextChoices):
    CHAIR = "chair", _("chair")
    VICE_CHAIR = "vice_chair", _("vice chair")
    SECRETARY = "secretary", _("secretary")
    MEMBER = "member", _("committee member")


class Handling(models.TextChoices):
    """What a meeting did with a document."""

    HEARD = "heard", _("heard")
    REVIEWED = "reviewed", pgettext_lazy("agenda", "reviewed")
    PASSED = "passed", _("passed")


class RegulationAct(models.TextChoices):
    """制定、修订、完善、废止."""

    ADOPTED = "adopted", _("adopted")
    REVISED = "revised", _("revised")
    IMPROVED = "improved", _("improved")
    REPEALED = "repealed", _("repealed")


class AwardKind(models.TextChoices):
    PROPOSAL = "proposal", _("excellent proposal")
    DEPARTMENT = "department", _("exemplary department")


class DepartmentDuty(models.TextChoices):
    """Who answers for a department: its contact writes, its head hands in, the responsible school leader signs."""

    CONTACT = "contact", pgettext_lazy("department", "contact")
    HEAD = "head", _("head of department")
    LEADER = "leader", _("responsible leader")
