"""A rule follows another, an example becomes the school's rule, and a year gets its festivals."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from union_portal.base.errors import DomainError, Refused
from union_portal.base.querysets import DatedQuerySet
from welfare.benefits.enums import Festival
from welfare.benefits.models import BenefitRule, Occasion

# Standards alike in these follow one another and never overlap.
PLACE = ("benefit", "category", "level", "variant", "payer", "cap_basis")


def in_place_of(rule: BenefitRule) -> DatedQuerySet:
    """Return the standards that judge in the same place, before and after: same scope, level, variant, payer, cap."""
    return BenefitRule.objects.filter(example=False, **{name: getattr(rule, name) for name in PLACE})


def running(rule: BenefitRule) -> BenefitRule | None:
    """Return the standard that a new one follows: in force as it begins, begun before. An example follows none."""
    own = in_place_of(rule).exclude(pk=rule.pk)
    found = own.in_force(on=rule.valid_from).filter(valid_from__lt=rule.valid_from)
    return None if rule.example else found.first()


@transaction.atomic
def make_way(*, rule: BenefitRule) -> BenefitRule | None:
    """End the rule that a new one follows on the day before; return it, None where there is none."""
    ended = running(rule)
    if ended is not None:
        ended.valid_to = rule.valid_from - dt.timedelta(days=1)
        ended.save(update_fields=["valid_to"])
    return ended


@transaction.atomic
def adopt_rule(*, rule: BenefitRule, valid_from: dt.date) -> BenefitRule:
    """Copy an example as a rule of the school from the day on; the running rule ends the day before.

    Raises Refused for what is no example, DomainError when a rule begins on that day or later.
    """
    if not rule.example:
        raise Refused("这已是本校标准。")
    own = in_place_of(rule).select_for_update(of=("self",))
    if own.filter(valid_from__gte=valid_from).exists():
        raise DomainError("该日或之后已有标准生效，请选择更晚的日期。", field="on")
    own.in_force(on=valid_from).update(valid_to=valid_from - dt.timedelta(days=1))
    made = BenefitRule.objects.get(pk=rule.pk)
    made.pk = None
    made.example, made.valid_from, made.valid_to = False, valid_from, None
    made.save(force_insert=True)
    return made


@transaction.atomic
def place_festivals(*, years: Iterable[int]) -> list[Occasion]:
    """Have every festival with a day of its own ready in these years, and return those that were missing.

    What stands there under the same name or for the same festival stays as it is.
    """
    placed = []
    for year in years:
        known = set(Occasion.objects.filter(year=year).exclude(festival="").values_list("festival", flat=True))
        for festival in Festival:
            name, day = f"{year}年{festival.label}", festival.day_in(year)
            if day is None or festival in known or Occasion.objects.filter(name=name).exists():
                continue
            made = Occasion(code=f"{year}-{festival.value}", name=name, year=year, festival=festival, day=day)
            placed.append(made)
    return Occasion.objects.bulk_create(placed, ignore_conflicts=True)
