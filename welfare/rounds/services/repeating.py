"""Rounds that come again: each month's birthdays, a monthly allowance, what is given once a year."""

from dataclasses import replace

from django.db import transaction
from django.db.models import TextChoices

from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.periods import months_later
from union_portal.base.steps import hold
from welfare.benefits.models import Occasion
from welfare.grants.enums import RoundState
from welfare.grants.models import Round
from welfare.rosters.services.selection import Selection
from welfare.rounds.services.drafting import begin_round
from welfare.rounds.services.holding import hold_round
from welfare.rounds.services.people import set_price

MONTHS = 12


class Every(TextChoices):
    MONTH = "month", "每月（或每个生日月份）"
    YEAR = "year", "每年"


@transaction.atomic
def repeat(*, subject: Round, every: str, times: int, actor: User | None) -> list[Round]:
    """Begin the drafts that follow a round, so many of them, with its people, fund, goods and price.

    A round of birth months goes on with the next months; of a month's allowance with the next month, whose name is its
    occasion; a yearly one with the same occasion of the next year. What was begun already is passed over. Raises
    Refused for a supplementary round, and when all are there.
    """
    held = hold_round(subject)
    if held.parent_id is not None:
        raise Refused("补发批次不能续建，请在原批次上续建。")
    hold(held.benefit)  # two who go on with one benefit wait for each other
    made = [one for number in range(1, times + 1) if (one := _next(held, every, number, actor)) is not None]
    if not made:
        raise Refused("后续批次都已建立，请在发放批次中查看。")
    return made


def _next(held: Round, every: str, number: int, actor: User | None) -> Round | None:
    selection = Selection.from_data(held.selection) if held.selection else None
    born = selection.birth_months if selection is not None else ()
    months = number * (MONTHS if every == Every.YEAR else len(born) or 1)
    if selection is not None and every == Every.MONTH:
        selection = replace(selection, birth_months=tuple((month - 1 + months) % MONTHS + 1 for month in born))
        born = selection.birth_months
    occasion, name = _occasion(held, every, months, born)
    same = Round.objects.filter(benefit=held.benefit, occasion=occasion).exclude(state=RoundState.CANCELLED)
    if (same.filter(name=name) if born else same).exists():
        return None
    made = begin_round(
        benefit=held.benefit,
        occasion=occasion,
        cut_off_on=months_later(held.cut_off_on, months),
        fund=held.fund,
        book=held.book,
        actor=actor,
        selection=selection.as_data() if selection is not None else {},
        name=name,
        goods=held.goods,
    )
    if held.unit_price is not None:
        day = months_later(held.handed_out_on, months) if held.handed_out_on else None
        made = set_price(subject=made, unit_price=held.unit_price, handed_out_on=day, actor=actor)
    return made


def _occasion(held: Round, every: str, months: int, born: tuple[int, ...]) -> tuple[Occasion, str]:
    """Return the occasion of the round so many months later, made where it is missing, and the round's own name."""
    before = held.occasion
    if every == Every.MONTH and not born:
        day = months_later((before.day or held.cut_off_on).replace(day=1), months)
        told = {"code": f"month-{day:%Y-%m}", "year": day.year, "day": day}
        made, _new = Occasion.objects.get_or_create(name=f"{day.year}年{day.month}月", defaults=told)
        return made, ""
    year = before.year + (months // MONTHS if every == Every.YEAR else _years_on(held, months))
    made = before if year == before.year else _of_year(before, year)
    span = f"{born[0]}月" if len(born) == 1 else f"{born[0]}至{born[-1]}月" if born else ""
    return made, f"{year}年{span}{held.benefit}" if born else ""


def _years_on(held: Round, months: int) -> int:
    """Return how many years on the birthdays of so many months later are celebrated."""
    first = Selection.from_data(held.selection).birth_months[0]
    return (first - 1 + months) // MONTHS


def _of_year(before: Occasion, year: int) -> Occasion:
    """Return the same occasion of another year."""
    if before.festival:
        known = Occasion.objects.filter(festival=before.festival, year=year).first()
        if known is not None:
            return known
    old = str(before.year)
    name = before.name.replace(old, str(year)) if old in before.name else f"{year}年{before.name}"
    code = before.code.replace(old, str(year)) if old in before.code else f"{before.code}-{year}"[:32]
    made = Occasion(name=name, code=code, year=year, festival=before.festival)
    made.clean()
    if made.day is None and before.day is not None:
        made.day = months_later(before.day, MONTHS * (year - before.year))
    found, _new = Occasion.objects.get_or_create(
        name=name, defaults={"code": code, "year": year, "festival": made.festival, "day": made.day}
    )
    return found
