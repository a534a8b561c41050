"""Life events and grants: who received what, for which occasion or event, judged by which rule."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.enums import Relation
from members.models import Branch, Person
from union_portal.base.history import tracked
from union_portal.base.models import StateMove
from welfare.enums import LIVING, EventKind, Form, GrantState, WarningCode
from welfare.models.catalogue import Benefit, BenefitRule, Occasion
from welfare.models.rounds import Round
from welfare.querysets import GrantQuerySet, SchoolQuerySet


@tracked(exclude=("note",))
class LifeEvent(models.Model):
    """事件: one death, one birth, one stay, however many colleagues it concerns; grants hang on it.

    `whose` is the person it happened to; for kin outside the register it is the member who reported it and `relation`
    says who it happened to, seen from that member.
    """

    kind = models.CharField(_("kind"), max_length=16, choices=EventKind.choices)
    whose = models.ForeignKey(Person, models.PROTECT, related_name="life_events", verbose_name=_("whose"))
    relation = models.CharField(_("relation"), max_length=16, choices=Relation.choices, blank=True)
    occurred_on = models.DateField(_("day"))
    ended_on = models.DateField(_("end"), null=True, blank=True)
    variant = models.CharField(_("variant"), max_length=32, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("life event")
        verbose_name_plural = _("life events")
        ordering = ["-occurred_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "whose", "relation", "occurred_on"],
                name="welfare_event_once",
                violation_error_message=_("This event is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("occurred_on")),
                name="welfare_event_dates_in_order",
                violation_error_message=_("The end must not be before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.occurred_on}"


class Grant(models.Model):
    """慰问（发放）记录: one benefit for one person. A round's roster is made of these, a single case is one."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants", verbose_name=_("person"))
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="grants", verbose_name=_("benefit"))
    rule = models.ForeignKey(
        BenefitRule, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("rule")
    )
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("round")
    )
    occasion = models.ForeignKey(
        Occasion, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("occasion")
    )
    event = models.ForeignKey(
        LifeEvent, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("life event")
    )
    relation = models.CharField(_("relation"), max_length=16, choices=Relation.choices, blank=True)
    supplements = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supplemented_by", verbose_name=_("completes")
    )
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("branch then")
    )
    tier = models.CharField(_("tier"), max_length=32, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=GrantState.choices)
    form = models.CharField(_("form"), max_length=16, choices=Form.choices)
    amount = models.DecimalField(_("value (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True)
    granted_on = models.DateField(_("day"))
    received_on = models.DateField(_("received"), null=True, blank=True)
    received_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("collected by")
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("prepared by")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    offline_approval = models.CharField(_("approved on paper"), max_length=200, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ["-granted_on", "-pk"]
        indexes = [
            models.Index(fields=["benefit", "granted_on"], name="welfare_grant_day"),
            models.Index(fields=["round", "state"], name="welfare_grant_round"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "benefit", "occasion"],
                condition=Q(state__in=LIVING, supplements__isnull=True, occasion__isnull=False),
                name="welfare_grant_once_per_occasion",
                violation_error_message=_("This person already has this benefit for this occasion."),
            ),
            models.UniqueConstraint(
                fields=["person", "benefit", "event"],
                condition=Q(state__in=LIVING, supplements__isnull=True, event__isnull=False),
                name="welfare_grant_once_per_event",
                violation_error_message=_("This person already has this benefit for this event."),
            ),
            models.CheckConstraint(
                condition=Q(occasion__isnull=False) | Q(event__isnull=False),
                name="welfare_grant_has_a_ground",
                violation_error_message=_("A grant is given for an occasion or a life event."),
            ),
            models.CheckConstraint(
                condition=~Q(state=GrantState.RECEIVED) | Q(received_on__isnull=False),
                name="welfare_grant_received_has_a_day",
                violation_error_message=_("What was received has a day it was received on."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[GrantState.EXCLUDED, GrantState.DECLINED, GrantState.CANCELLED])
                | ~Q(reason=""),
                name="welfare_grant_refusal_has_a_reason",
                violation_error_message=_("Give the reason."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(prepared_by__isnull=True) | ~Q(prepared_by=F("approved_by")),
                name="welfare_grant_four_eyes",
                violation_error_message=_("Two different people prepare and approve."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="welfare_grant_amount_not_negative",
                violation_error_message=_("The value must not be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.benefit} {self.granted_on}"


class GrantMove(StateMove):
    subject = models.ForeignKey(Grant, models.PROTECT, related_name="moves", verbose_name=_("grant"))

    class Meta(StateMove.Meta):
        verbose_name = _("move of a grant")
        verbose_name_plural = _("moves of grants")

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class RuleWarning(models.Model):
    """What a rule objected to in a round or a single case: once per clause, answered with a reason and a document."""

    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="warnings", verbose_name=_("round")
    )
    grant = models.ForeignKey(
        Grant, models.PROTECT, null=True, blank=True, related_name="warnings", verbose_name=_("grant")
    )
    rule = models.ForeignKey(
        BenefitRule, models.PROTECT, null=True, blank=True, related_name="warnings", verbose_name=_("rule")
    )
    code = models.CharField(_("objection"), max_length=24, choices=WarningCode.choices)
    detail = models.CharField(_("detail"), max_length=300)
    heads = models.PositiveIntegerField(_("people concerned"), default=1)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    document = models.CharField(_("deciding document"), max_length=200, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    raised_at = models.DateTimeField(_("raised"), auto_now_add=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule warning")
        verbose_name_plural = _("rule warnings")
        ordering = ["-raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "grant", "rule", "code"], nulls_distinct=False, name="welfare_warning_once"
            ),
            models.CheckConstraint(
                condition=Q(round__isnull=False) | Q(grant__isnull=False), name="welfare_warning_has_a_subject"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | (Q(answered_by__isnull=False) & ~Q(answered_by=F("confirmed_by")) & ~Q(reason="") & ~Q(document="")),
                name="welfare_warning_four_eyes",
                violation_error_message=_("A second person confirms the reason and the document."),
            ),
        ]

    def __str__(self) -> str:
        return self.detail
