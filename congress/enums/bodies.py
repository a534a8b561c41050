"""Words of the congress itself: bodies, delegates, sittings, agenda."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from union_portal.base.states import Machine, Move


class Body(models.TextChoices):
    """教代会 speaks for the staff, 工代会 for the union's members; both may sit together (双代会)."""

    STAFF = "staff", _("staff congress")
    UNION = "union", _("union members' congress")


class Mode(models.TextChoices):
    """Who sits: elected delegates, or everybody (small units)."""

    DELEGATES = "delegates", _("by delegates")
    EVERYBODY = "everybody", _("all-staff meeting")


class Seat(models.TextChoices):
    """代表类别: only delegates vote; observers and guests listen and speak."""

    DELEGATE = "delegate", pgettext_lazy("seat", "delegate")
    OBSERVER = "observer", _("observer")
    GUEST = "guest", _("guest")


class MandateStart(models.TextChoices):
    """How a mandate began."""

    ELECTED = "elected", _("elected by the unit")
    BY_ELECTION = "by_election", _("by-election")
    INVITED = "invited", _("invited")
    RECORDED = "recorded", _("recorded when the register began")


class MandateEnd(models.TextChoices):
    """How a mandate ended."""

    TERM = "term", _("end of the term")
    RECALLED = "recalled", _("recalled by the unit")
    RESIGNED = "resigned", _("resigned")
    LEFT = "left", _("employment ended")
    MOVED = "moved", _("moved to another unit")
    DECEASED = "deceased", _("deceased")


class SessionKind(models.TextChoices):
    """会议类型."""

    REGULAR = "regular", _("yearly session")
    SPECIAL = "special", _("special session")
    ELECTION = "election", _("session with elections of a new term")


class SittingState(models.TextChoices):
    """How far one body's part of a session is; 应到 is fixed when it opens."""

    PLANNED = "planned", _("in preparation")
    OPEN = "open", pgettext_lazy("sitting", "open")
    CLOSED = "closed", pgettext_lazy("sitting", "closed")
    CANCELLED = "cancelled", _("not held")


SITTING_MACHINE = Machine(
    name="congress.sitting",
    # A past sitting recorded without a roll-call begins closed.
    initial=[SittingState.PLANNED, SittingState.CLOSED],
    moves=[
        Move("open", SittingState.PLANNED, SittingState.OPEN, _("Open the sitting")),
        Move("close", SittingState.OPEN, SittingState.CLOSED, _("Close the sitting")),
        Move("cancel", SittingState.PLANNED, SittingState.CANCELLED, _("Record as not held")),
    ],
)


class CheckIn(models.TextChoices):
    """How somebody's presence became known."""

    CODE = "code", _("personal code")
    LIST = "list", _("from the list")


class PresidiumPost(models.TextChoices):
    """主席团职务."""

    EXECUTIVE = "executive", _("executive chair")
    MEMBER = "member", _("member of the presidium")
    SECRETARY = "secretary", _("secretary-general")


class AgendaKind(models.TextChoices):
    """What the congress does with an item: 听取、审议、通过、选举."""

    HEAR = "hear", _("hear")
    REVIEW = "review", _("review")
    PASS = "pass", _("review and pass")
    ELECT = "elect", _("elect")
    OTHER = "other", _("other business")


class AgendaOutcome(models.TextChoices):
    """What became of an item."""

    PENDING = "pending", pgettext_lazy("agenda", "open")
    HEARD = "heard", _("heard")
    REVIEWED = "reviewed", pgettext_lazy("agenda", "reviewed")
    PASSED = "passed", _("passed")
    LOST = "lost", _("not passed")
    WITHDRAWN = "withdrawn", _("taken off the agenda")
