"""A round: one benefit handed out on one occasion to a locked roster."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from union_portal.base.history import tracked
from union_portal.base.models import StateMove
from welfare.enums import RoundState
from welfare.models.books import Book, Fund
from welfare.models.catalogue import Benefit, Occasion
from welfare.querysets import RoundQuerySet


@tracked()
class Round(models.Model):
    """发放批次. The roster is the round's grants; locking writes them from `selection` or from an uploaded list.

    `selection` is the rule the people are chosen by; empty when the roster came from a list, whose source is
    `list_source`.
    """

    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="rounds", verbose_name=_("benefit"))
    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="rounds", verbose_name=_("occasion"))
    name = models.CharField(_("name"), max_length=100, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supplements", verbose_name=_("completes")
    )
    state = models.CharField(_("state"), max_length=16, choices=RoundState.choices, default=RoundState.DRAFT)
    cut_off_on = models.DateField(_("cut-off date"))
    selection = models.JSONField(_("who"), default=dict, blank=True)
    list_source = models.CharField(_("source of the list"), max_length=200, blank=True)
    goods = models.CharField(_("what is handed out"), max_length=200, blank=True)
    unit_price = models.DecimalField(_("unit price (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True)
    handed_out_on = models.DateField(_("handed out on"), null=True, blank=True)
    book = models.ForeignKey(Book, models.PROTECT, related_name="rounds", verbose_name=_("book"))
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="rounds", verbose_name=_("fund"))
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("prepared by")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    offline_approval = models.CharField(_("approved on paper"), max_length=200, blank=True)
    released_heads = models.PositiveIntegerField(_("due at approval (people)"), null=True, blank=True)
    released_amount = models.DecimalField(
        _("due at approval (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    explanation = models.TextField(_("explanation of differences"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-cut_off_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(prepared_by__isnull=True) | ~Q(prepared_by=F("approved_by")),
                name="welfare_round_four_eyes",
                violation_error_message=_("Two different people prepare and approve."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RoundState.DRAFT, RoundState.CANCELLED]) | Q(locked_at__isnull=False),
                name="welfare_round_locked_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RoundState.SUBMITTED, RoundState.APPROVED])
                | (Q(unit_price__isnull=False) & Q(prepared_by__isnull=False))
                | ~Q(offline_approval=""),
                name="welfare_round_priced_before_approval",
                violation_error_message=_("Fix the unit price before the round goes to approval."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RoundState.APPROVED, RoundState.CLOSED])
                | Q(approved_by__isnull=False)
                | ~Q(offline_approval=""),
                name="welfare_round_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(unit_price__isnull=True) | Q(unit_price__gt=0),
                name="welfare_round_price_positive",
                violation_error_message=_("The unit price must be above zero."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.occasion} {self.benefit}"


class RoundMove(StateMove):
    subject = models.ForeignKey(Round, models.PROTECT, related_name="moves", verbose_name=_("round"))

    class Meta(StateMove.Meta):
        verbose_name = _("move of a round")
        verbose_name_plural = _("moves of rounds")

    def __str__(self) -> str:
        return f"{self.subject} {self.source} → {self.target}"
