"""Sessions (次会议), each body's sitting in them, the roll, the presidium and what was resolved."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress.enums import CheckIn, PresidiumPost, SessionKind, SittingState
from congress.models.bodies import Congress, Delegate, Delegation
from congress.querysets import OfSessionQuerySet, RollQuerySet, SessionQuerySet, SittingQuerySet
from members.models import Person
from union_portal.base.chinese.numerals import numeral
from union_portal.base.history import tracked
from union_portal.base.models import StateMove


@tracked()
class Session(models.Model):
    """次会议: one gathering of one body or, as 双代会, of two; what each body does is its `Sitting`."""

    title = models.CharField(_("title"), max_length=100)
    kind = models.CharField(_("kind"), max_length=16, choices=SessionKind.choices, default=SessionKind.REGULAR)
    convened_on = models.DateField(_("convened on"))
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    recorded = models.BooleanField(_("recorded later, without a roll-call"), default=False)
    source = models.CharField(_("source"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("congress", "session")
        verbose_name_plural = pgettext_lazy("congress", "sessions")
        ordering = ["-convened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "convened_on"],
                name="congress_session_once",
                violation_error_message=_("This session is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("convened_on")),
                name="congress_session_days_in_order",
                violation_error_message=_("A session ends after it began."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class Sitting(models.Model):
    """One body's part of a session: its number within the term, its roll, and 应到 as fixed at the opening."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="sittings", verbose_name=_("session"))
    congress = models.ForeignKey(
        Congress, models.PROTECT, related_name="sittings", verbose_name=pgettext_lazy("term", "congress")
    )
    number = models.PositiveSmallIntegerField(_("number within the term"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=SittingState.choices, default=SittingState.PLANNED)
    due = models.PositiveIntegerField(_("due (应到)"), null=True, blank=True)
    present = models.PositiveIntegerField(_("present at the opening (实到)"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(pgettext_lazy("sitting time", "closed"), null=True, blank=True)

    objects = SittingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        ordering = ["-session__convened_on", "congress__body", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "congress"],
                name="congress_sitting_once",
                violation_error_message=_("This body already sits in the session."),
            ),
            models.UniqueConstraint(
                fields=["congress", "number"],
                name="congress_sitting_number_once",
                violation_error_message=_("This congress already has a session of this number."),
            ),
            models.CheckConstraint(
                condition=~Q(state=SittingState.OPEN)
                | Q(due__isnull=False, due__gt=0, present__isnull=False, opened_at__isnull=False),
                name="congress_open_sitting_has_a_roll",
            ),
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(due__isnull=True) | Q(present__lte=F("due")),
                name="congress_sitting_present_of_due",
                violation_error_message=_("More delegates are present than are due."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.congress}第{numeral(self.number)}次会议" if self.number else f"{self.congress} {self.session}"


class SittingMove(StateMove):
    subject = models.ForeignKey(Sitting, models.PROTECT, related_name="moves", verbose_name=_("sitting"))

    class Meta(StateMove.Meta):
        verbose_name = _("move of a sitting")
        verbose_name_plural = _("moves of sittings")

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class RollEntry(models.Model):
    """One line of a sitting's roll, copied when it is drawn up: who is due, with or without a vote, and who came.

    `code` is the personal code shown on the phone; it admits its owner to this sitting and nothing else.
    """

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="roll", verbose_name=_("sitting"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="roll_entries", verbose_name=_("person"))
    delegate = models.ForeignKey(
        Delegate, models.PROTECT, null=True, blank=True, related_name="roll_entries", verbose_name=_("mandate")
    )
    delegation = models.ForeignKey(
        Delegation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="roll_entries",
        verbose_name=pgettext_lazy("congress", "delegation"),
    )
    votes = models.BooleanField(_("has a vote"), default=True)
    code = models.CharField(_("personal code"), max_length=8)
    excused = models.CharField(_("excused because"), max_length=200, blank=True)
    came_at = models.DateTimeField(_("came"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    check_in = models.CharField(_("checked in by"), max_length=8, choices=CheckIn.choices, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )

    objects = RollQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the roll")
        verbose_name_plural = _("roll")
        ordering = ["sitting", "delegation__number", "person__pinyin_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "person"], name="congress_roll_person_once"),
            models.UniqueConstraint(fields=["sitting", "code"], name="congress_roll_code_once"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | (Q(came_at__isnull=False) & Q(left_at__gte=F("came_at"))),
                name="congress_roll_left_after_coming",
                violation_error_message=_("Nobody leaves before having come."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting} {self.person}"


@tracked()
class PresidiumMember(models.Model):
    """主席团 of a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="presidium", verbose_name=_("session"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    post = models.CharField(_("post"), max_length=16, choices=PresidiumPost.choices, default=PresidiumPost.MEMBER)

    objects = OfSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of the presidium")
        verbose_name_plural = _("presidium")
        ordering = ["session", "post", "person__stroke_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                name="congress_presidium_once",
                violation_error_message=_("This person is already in the presidium."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_post_display()}"


@tracked()
class CredentialsReport(models.Model):
    """代表资格审查报告: the composition of a sitting's delegates as examined, with the committee's words."""

    sitting = models.OneToOneField(Sitting, models.CASCADE, related_name="credentials", verbose_name=_("sitting"))
    examined_on = models.DateField(_("examined on"))
    counts = models.JSONField(_("composition"), default=dict)
    text = models.TextField(_("text"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )

    class Meta:
        verbose_name = _("report on credentials")
        verbose_name_plural = _("reports on credentials")

    def __str__(self) -> str:
        return f"{self.sitting} {self.examined_on}"
