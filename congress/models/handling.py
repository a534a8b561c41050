"""What happens to a filed proposal: assignment, notes, the reply, its rating, promises and extensions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress.enums import Duty, ExtensionState, FollowUpState, Grade, ReplyKind, ReplyState
from congress.models.departments import Department
from congress.models.proposals import Proposal
from congress.querysets import AssignmentQuerySet, FollowUpQuerySet
from members.models import Person
from union_portal.base.history import tracked
from union_portal.base.models import AppendOnlyModel, StateMove


@tracked()
class Assignment(models.Model):
    """交办: a proposal given to a department as lead or to support it; ended when another takes over."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="assignments", verbose_name=_("proposal"))
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="assignments", verbose_name=pgettext_lazy("congress", "department")
    )
    duty = models.CharField(pgettext_lazy("assignment", "duty"), max_length=8, choices=Duty.choices)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("assigned by")
    )
    assigned_at = models.DateTimeField(_("assigned"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end_reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["proposal", "duty", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(duty=Duty.LEAD, ended_at__isnull=True),
                name="congress_assignment_one_lead",
                violation_error_message=_("One department leads."),
            ),
            models.UniqueConstraint(
                fields=["proposal", "department"],
                condition=Q(ended_at__isnull=True),
                name="congress_assignment_department_once",
                violation_error_message=_("This department is already assigned."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.get_duty_display()}"


class DepartmentNote(AppendOnlyModel):
    """A note on the departments' working page: what a supporting department adds, seen by all departments assigned."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="notes", verbose_name=_("assignment"))
    text = models.TextField(pgettext_lazy("note", "text"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("written by")
    )
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = pgettext_lazy("department", "note")
        verbose_name_plural = pgettext_lazy("department", "notes")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.assignment} {self.at:%Y-%m-%d}"


@tracked()
class Reply(models.Model):
    """答复: the one joint answer of a handling, written by the lead, signed by the responsible leader."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="replies", verbose_name=_("proposal"))
    round = models.PositiveSmallIntegerField(_("handling"), default=1)
    kind = models.CharField(_("kind of reply"), max_length=8, choices=ReplyKind.choices)
    text = models.TextField(pgettext_lazy("reply", "text"))
    reason = models.TextField(_("why it cannot be done"), blank=True)
    promised_on = models.DateField(_("to be done by"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=ReplyState.choices, default=ReplyState.DRAFT)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="replies", verbose_name=pgettext_lazy("congress", "department")
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("reply", "signed by"),
    )
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    # The proposal's deadline moves on with a second handling; lateness is judged by the one that held then.
    due_on = models.DateField(_("was to be sent by"), null=True, blank=True)
    # A signed paper reply, entered by the office on the department's behalf.
    on_paper = models.BooleanField(_("entered from the signed paper reply"), default=False)
    signer_words = models.CharField(_("signed on paper by"), max_length=64, blank=True)
    scan = models.FileField(_("scan of the reply"), upload_to="proposal-replies/", blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["proposal", "round"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "round"],
                name="congress_reply_once_a_handling",
                violation_error_message=_("There is already a reply to this handling."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=ReplyKind.PLANNED) | Q(promised_on__isnull=False) | Q(state=ReplyState.DRAFT),
                name="congress_reply_promise_has_a_day",
                violation_error_message=_("A promise needs the day by which it will be done."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=ReplyKind.CANNOT) | ~Q(reason="") | Q(state=ReplyState.DRAFT),
                name="congress_reply_refusal_has_a_reason",
                violation_error_message=_("Say why it cannot be done."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ReplyState.SENT) | Q(sent_at__isnull=False), name="congress_reply_sent_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(on_paper=False) | (~Q(signer_words="") & ~Q(scan="")),
                name="congress_reply_paper_has_signer_and_scan",
                violation_error_message=_("A paper reply needs who signed it, and its scan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.get_kind_display()}"


class Rating(AppendOnlyModel):
    """满意度: the proposer's judgement of one reply, once."""

    reply = models.OneToOneField(Reply, models.PROTECT, related_name="rating", verbose_name=_("reply"))
    grade = models.CharField(_("grade"), max_length=16, choices=Grade.choices)
    words = models.TextField(_("in words"), blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rated by")
    )
    recorded = models.BooleanField(_("recorded later"), default=False)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = pgettext_lazy("proposal", "rating")
        verbose_name_plural = pgettext_lazy("proposal", "ratings")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_grade_display()


class Opinion(AppendOnlyModel):
    """并案提案人意见: what the author of a merged proposal thinks of the joint reply, once; not counted as a rating."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="opinions", verbose_name=_("reply"))
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="opinions", verbose_name=_("merged proposal"))
    grade = models.CharField(_("grade"), max_length=16, choices=Grade.choices)
    words = models.TextField(_("in words"), blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("given by"))
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("opinion of a joint proposer")
        verbose_name_plural = _("opinions of joint proposers")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "proposal"],
                name="congress_opinion_once",
                violation_error_message=_("An opinion on a reply is given once."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.get_grade_display()}"


@tracked()
class FollowUp(models.Model):
    """落实情况: a promise of a reply that falls due, and what became of it; a moved one has a successor."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="follow_ups", verbose_name=_("proposal"))
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="follow_ups", verbose_name=_("reply"))
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=8, choices=FollowUpState.choices, default=FollowUpState.OPEN)
    text = models.TextField(_("what became of it"), blank=True)
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reported by")
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(state=FollowUpState.OPEN), name="congress_followup_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state=FollowUpState.OPEN) | (Q(reported_on__isnull=False) & ~Q(text="")),
                name="congress_followup_reported_in_words",
                violation_error_message=_("Say what became of it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.due_on}"


@tracked()
class Extension(models.Model):
    """延期: the lead asks for more days before its deadline; the congress office decides."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="extensions", verbose_name=_("proposal"))
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("congress", "department")
    )
    until = models.DateField(_("until"))
    reason = models.TextField(_("reason"))
    state = models.CharField(_("state"), max_length=8, choices=ExtensionState.choices, default=ExtensionState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=200, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("proposal", "extension")
        verbose_name_plural = pgettext_lazy("proposal", "extensions")
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(state=ExtensionState.ASKED),
                name="congress_extension_one_asked",
                violation_error_message=_("An extension has been asked for already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.until}"


class ReplyMove(StateMove):
    subject = models.ForeignKey(Reply, models.PROTECT, related_name="moves", verbose_name=_("reply"))

    class Meta(StateMove.Meta):
        verbose_name = _("move of a reply")
        verbose_name_plural = _("moves of replies")

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class Reminder(AppendOnlyModel):
    """A reminder that went out: to whom, of what, for which deadline; kept so that none goes out twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user account"))
    key = models.CharField(max_length=100)
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-sent_at"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="congress_reminder_once")]

    def __str__(self) -> str:
        return self.key
