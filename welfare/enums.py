"""The welfare vocabulary and its tables of moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from union_portal.base.states import Machine, Move


class Category(models.TextChoices):
    """福利类别: what a benefit is given for. Reports count by it."""

    FESTIVAL = "festival", _("festival goods")
    BIRTHDAY = "birthday", _("birthday")
    SUMMER = "summer", _("summer refreshment")
    WINTER = "winter", _("winter warmth")
    FRONTLINE = "frontline", _("frontline work")
    WEDDING = "wedding", _("wedding")
    BIRTH = "birth", _("birth")
    HOSPITAL = "hospital", _("hospital stay")
    SERIOUS_ILLNESS = "serious_illness", _("serious illness")
    BEREAVEMENT = "bereavement", _("bereavement")
    DEATH = "death", _("death of a member")
    RETIREMENT = "retirement", _("retirement")
    HARDSHIP = "hardship", _("hardship")
    DISASTER = "disaster", _("disaster")
    SPECIAL_GROUP = "special_group", _("visit to a special group")
    VETERANS = "veterans", _("veterans")
    DISABILITY = "disability", _("disability allowance")
    RETIREE_VISIT = "retiree_visit", _("visit to retirees")
    CULTURE = "culture", _("culture")
    SCHOOLING = "schooling", _("children's schooling")
    HEALTH_CHECK = "health_check", _("health check")
    RECUPERATION = "recuperation", _("recuperation")
    OTHER = "other", _("other benefit")


# Categories whose screens speak softly: slate instead of red, no festive words.
GRAVE = frozenset(
    {Category.HOSPITAL, Category.SERIOUS_ILLNESS, Category.BEREAVEMENT, Category.DEATH, Category.HARDSHIP}
    | {Category.DISASTER, Category.DISABILITY}
)


class Festival(models.TextChoices):
    """The seven statutory festivals on which a union may give goods (总工办发〔2017〕32号), and what schools add."""

    NEW_YEAR = "new_year", _("New Year")
    SPRING = "spring", _("Spring Festival")
    QINGMING = "qingming", _("Qingming")
    LABOUR = "labour", _("Labour Day")
    DRAGON_BOAT = "dragon_boat", _("Dragon Boat Festival")
    MID_AUTUMN = "mid_autumn", _("Mid-Autumn Festival")
    NATIONAL = "national", _("National Day")
    ETHNIC = "ethnic", _("ethnic festival")
    WOMEN = "women", _("Women's Day")
    TEACHERS = "teachers", _("Teachers' Day")
    DOUBLE_NINTH = "double_ninth", _("Double Ninth")


class Form(models.TextChoices):
    """发放形式."""

    GOODS = "goods", _("goods")
    COUPON = "coupon", _("coupon")
    CASH = "cash", _("cash")
    SERVICE = "service", _("service")
    COVER = "cover", _("cover")


class CapBasis(models.TextChoices):
    """What a cap is measured by."""

    PER_EVENT = "per_event", _("per event")
    PER_YEAR = "per_year", _("per person and year")
    PER_CATEGORY_YEAR = "per_category_year", _("per person and year, all of this category")
    INCOME_SHARE = "income_share", _("share of the year's union income (%)")


class EventKind(models.TextChoices):
    """生活事件."""

    WEDDING = "wedding", _("wedding")
    BIRTH = "birth", _("birth")
    HOSPITAL = "hospital", _("hospital stay")
    ILLNESS = "illness", _("serious illness")
    DEATH = "death", _("death")
    RETIREMENT = "retirement", _("retirement")
    DISASTER = "disaster", _("disaster")
    HARDSHIP = "hardship", _("hardship")


class RoundState(models.TextChoices):
    """发放批次的状态."""

    DRAFT = "draft", _("draft")
    LOCKED = "locked", _("roster locked")
    SUBMITTED = "submitted", _("waiting for approval")
    APPROVED = "approved", _("approved")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


ROUND_MACHINE = Machine(
    name="welfare.round",
    initial=[RoundState.DRAFT, RoundState.CLOSED],
    moves=[
        Move("lock", RoundState.DRAFT, RoundState.LOCKED, _("Lock roster")),
        Move("unlock", RoundState.LOCKED, RoundState.DRAFT, _("Unlock roster")),
        Move("submit", RoundState.LOCKED, RoundState.SUBMITTED, _("Submit for approval")),
        Move("return", RoundState.SUBMITTED, RoundState.LOCKED, _("Return for correction")),
        Move("approve", RoundState.SUBMITTED, RoundState.APPROVED, _("Approve")),
        Move("close", RoundState.APPROVED, RoundState.CLOSED, _("Close round")),
        Move("cancel", RoundState.DRAFT, RoundState.CANCELLED, _("Cancel round")),
        Move("cancel", RoundState.LOCKED, RoundState.CANCELLED, _("Cancel round")),
    ],
)


class GrantState(models.TextChoices):
    """慰问（发放）记录的状态: a round's roster is its grants in state listed."""

    LISTED = "listed", _("listed")
    EXCLUDED = "excluded", _("excluded")
    SUBMITTED = "submitted", _("waiting for approval")
    DECLINED = "declined", _("declined")
    DUE = "due", _("to be received")
    RECEIVED = "received", _("received")
    RETURNED = "returned", _("payment returned")
    CANCELLED = "cancelled", _("cancelled")


# A recipient has at most one living grant per benefit and occasion or event.
LIVING = (GrantState.LISTED, GrantState.SUBMITTED, GrantState.DUE, GrantState.RECEIVED, GrantState.RETURNED)
# What a report counts as given: approved and not taken back.
GIVEN = (GrantState.RECEIVED,)

GRANT_MACHINE = Machine(
    name="welfare.grant",
    initial=[GrantState.LISTED, GrantState.SUBMITTED, GrantState.RECEIVED],
    moves=[
        Move("exclude", GrantState.LISTED, GrantState.EXCLUDED, _("Exclude")),
        Move("include", GrantState.EXCLUDED, GrantState.LISTED, _("Include again")),
        Move("release", GrantState.LISTED, GrantState.DUE, _("Release")),
        Move("approve", GrantState.SUBMITTED, GrantState.DUE, _("Approve")),
        Move("decline", GrantState.SUBMITTED, GrantState.DECLINED, _("Decline")),
        Move("receive", GrantState.DUE, GrantState.RECEIVED, _("Mark as received")),
        Move("undo_receive", GrantState.RECEIVED, GrantState.DUE, _("Undo receipt")),
        Move("return", GrantState.RECEIVED, GrantState.RETURNED, _("Mark payment as returned")),
        Move("receive", GrantState.RETURNED, GrantState.RECEIVED, _("Pay again")),
        Move("cancel", GrantState.DUE, GrantState.CANCELLED, _("Cancel")),
        Move("cancel", GrantState.RETURNED, GrantState.CANCELLED, _("Cancel")),
        Move("cancel", GrantState.RECEIVED, GrantState.CANCELLED, _("Cancel")),
    ],
)


class PostingKind(models.TextChoices):
    """What a posting stands for."""

    ROUND = "round", _("round paid out")
    PURCHASE = "purchase", _("purchase")
    GRANT = "grant", _("single grant")
    COVER = "cover", _("cover premium")
    REVERSAL = "reversal", _("reversal")
    ADJUSTMENT = "adjustment", _("adjustment of an earlier year")
    INCOME = "income", _("income")
    RECORDED = "recorded", _("recorded later")


class AccountKind(models.TextChoices):
    INCOME = "income", _("income")
    EXPENSE = "expense", _("expense")


class YearState(models.TextChoices):
    """The state of a book's fiscal year."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    REOPENED = "reopened", _("reopened for later recording")


YEAR_MACHINE = Machine(
    name="welfare.fiscalyear",
    initial=[YearState.OPEN],
    moves=[
        Move("close", YearState.OPEN, YearState.CLOSED, _("Close year")),
        Move("reopen", YearState.CLOSED, YearState.REOPENED, _("Reopen for later recording")),
        Move("close", YearState.REOPENED, YearState.CLOSED, _("Close year")),
    ],
)


class WarningCode(models.TextChoices):
    """What a rule objects to; each needs a reason, a document and a second person."""

    OVER_CAP = "over_cap", _("over the cap")
    CASH_FOR_GOODS = "cash_for_goods", _("cash where goods are due")
    TWO_DATES = "two_dates", _("two dates for what looks like one event")
    LATE = "late", _("after the claim window")
    NO_RULE = "no_rule", _("no rule in force")


class PayerShare(models.TextChoices):
    UNION = "union", _("union")
    MEMBER = "member", _("member")
    SHARED = "shared", _("shared")


class PaperState(models.TextChoices):
    """How far a document that the worker makes has come."""

    WAITING = "waiting", _("waiting for the worker")
    WORKING = "working", _("being made")
    DONE = "done", _("ready")
    FAILED = "failed", _("failed")
