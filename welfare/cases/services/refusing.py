"""What no reason helps against: the same illness again, the couple's other half, somebody else who paid already."""

import datetime as dt

from django.db.models import Q, QuerySet

from members.kin.enums import Relation
from members.kin.models import Kinship
from members.people.models import Person
from union_portal.base.errors import DomainError, Refused
from welfare.benefits.enums import Couples
from welfare.benefits.models import BenefitRule
from welfare.books.models import Fund
from welfare.grants.models import Grant
from welfare.grants.services.caps import of_scope, within
from welfare.grants.services.layers import Layers
from welfare.life_events.enums import EventKind

# Of these there is one for both, whether or not the register knows them as a couple.
_OF_BOTH = (EventKind.WEDDING, EventKind.BIRTH)


def must_be_open(*, grant: Grant, found: Layers) -> None:
    """Raise Refused where the rules close the case to the person.

    With code `same_condition_year`: the same coded illness was answered in the year (the first one's day is named,
    never the illness); `covered_by_spouse`: the other half of the couple has it; `already_paid_elsewhere`: this payer,
    or one that was not told, has paid it for the event.
    """
    for rule in found.rules:
        if rule.same_condition_once:
            _another_illness(grant, rule, found.asked.days[rule.date_basis])
        if rule.couples != Couples.EACH and (rule.benefit_id or rule.category):
            _not_the_spouses(grant, rule, found.asked.days[rule.date_basis])
    _another_payer(grant, found)


def payers_of(found: Layers) -> list[Fund]:
    """Return the payers that the item's rules name, each with its own cap; none where they are not told apart."""
    rules = (*found.rules, *found.outside)
    named = {rule.payer for rule in rules if rule.payer is not None and rule.benefit_id == found.asked.benefit.pk}
    return sorted((payer for payer in named if payer is not None), key=lambda payer: payer.code)


def _others(grant: Grant) -> QuerySet[Grant]:
    return Grant.objects.living().filter(supplements__isnull=True).exclude(pk=grant.pk)


def _in_year(grants: QuerySet[Grant], rule: BenefitRule, on: dt.date) -> QuerySet[Grant]:
    return within(of_scope(rule, grants), rule, dt.date(on.year, 1, 1), dt.date(on.year, 12, 31))


def _another_illness(grant: Grant, rule: BenefitRule, on: dt.date) -> None:
    index = grant.event.condition_index if grant.event is not None else None
    if not index:
        return
    before = _in_year(_others(grant), rule, on).filter(person=grant.person, event__condition_index=index)
    first = before.exclude(event=grant.event_id).order_by("granted_on").first()
    if first is not None:
        words = f"{on.year} 年已就同一疾病于 {first.granted_on} 享受{first.benefit}，同一疾病每年一次：{rule.source}"
        raise Refused(words, code="same_condition_year")


def _not_the_spouses(grant: Grant, rule: BenefitRule, on: dt.date) -> None:
    person = grant.person
    married = Kinship.objects.filter(relation=Relation.SPOUSE)
    spouses = Person.objects.filter(
        Q(pk__in=married.filter(person=person).values("related"))
        | Q(pk__in=married.filter(related=person).values("person"))
    )
    others = of_scope(rule, _others(grant)).exclude(person=person)
    same = others.filter(event=grant.event_id) if grant.event_id else others.none()
    if grant.event is None or grant.event.kind not in _OF_BOTH:
        same = same.filter(person__in=spouses)
    if rule.couples == Couples.HOUSEHOLD_YEAR:
        same = same | _in_year(others, rule, on).filter(person__in=spouses)
    found = same.order_by("pk").first()
    if found is not None:
        words = f"此事已由另一方于 {found.granted_on} 享受{found.benefit}，双职工{rule.get_couples_display()}"
        words = f"{words}：{rule.source}"
        raise Refused(words, code="covered_by_spouse")


def _another_payer(grant: Grant, found: Layers) -> None:
    payers = payers_of(found)
    if payers and grant.payer not in payers:
        names = "、".join(str(payer) for payer in payers)
        raise DomainError(f"标准规定由{names}分别列支，请选择其中一项。", field="payer")
    if grant.event_id is None:
        return
    before = _others(grant).filter(person=grant.person, benefit=grant.benefit, event=grant.event_id)
    if grant.payer_id is not None:
        before = before.filter(Q(payer=None) | Q(payer=grant.payer_id))
    paid = before.select_related("payer").first()
    if paid is not None:
        by = f"由{paid.payer}" if paid.payer is not None else ""
        words = f"{grant.person.name}就此事件的{grant.benefit}已{by}享受，不能重复登记。"
        raise Refused(words, code="already_paid_elsewhere")
