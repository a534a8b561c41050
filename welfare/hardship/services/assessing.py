"""What a household's figures come to by the lines of its place, and how much an aid may be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from union_portal.base.money import CENT, grouped, yuan
from welfare.hardship.enums import ALIVE, STANDING, UNAVOIDABLE, AidKind, Cause, HardshipKind
from welfare.hardship.models import HardshipAid, HardshipAidRule, HardshipFile, HardshipStandard

ZERO = Decimal("0.00")
_MONTHS = 12
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Household:
    """A household's year: people living together, disposable income, costs by cause, aid given since, children."""

    heads: int
    income: Decimal
    costs: Mapping[str, Decimal]
    given: Decimal = ZERO
    children: int = 0

    @property
    def unavoidable(self) -> Decimal:
        """What is subtracted from the income."""
        return sum((self.costs.get(cause, ZERO) for cause in UNAVOIDABLE), ZERO)

    def spent(self, cause: str) -> Decimal:
        """Return the costs of a cause, of all causes for none."""
        return self.costs.get(cause, ZERO) if cause else sum(self.costs.values(), ZERO)


@dataclass(frozen=True)
class Assessment:
    """What the figures come to: net income a head and month, the type, and what must be said of it."""

    household: Household
    per_head: Decimal
    kind: HardshipKind
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        home = self.household
        aid = f" + 已帮扶 {grouped(home.given)}" if home.given else ""
        sums = f"（{grouped(home.income)}{aid} − {grouped(home.unavoidable)}）÷ 12 ÷ {home.heads}"
        return f"{sums} = {grouped(self.per_head)} 元，{self.kind.label}"


def assess(*, standard: HardshipStandard, household: Household) -> Assessment:
    """Judge a household by the lines: net income a head and month against the line and its multiple.

    Aid given counts as income. Accidents are the committee's to judge: their costs are not subtracted, only named.
    """
    heads = max(household.heads, 1)
    income = household.income + household.given
    net = income - household.unavoidable
    words = []
    if not household.heads:
        words.append("尚未登记共同生活的家庭成员，暂按一人计算。")
    if household.costs.get(Cause.ACCIDENT):
        words.append(f"有意外支出 {grouped(household.costs[Cause.ACCIDENT])} 元，可由委员会评定为意外致困。")
    kind = _kind(standard, net, _MONTHS * heads)
    if standard.average is not None and income / heads >= standard.average:
        kind = HardshipKind.NONE
        words.append(
            f"人均可支配收入 {grouped(_cents(income / heads))} 元，不低于当地平均 {grouped(standard.average)} 元。"
        )
    return Assessment(household, _cents(net / (_MONTHS * heads)), kind, tuple(words))


def _kind(standard: HardshipStandard, net: Decimal, shares: int) -> HardshipKind:
    """Return the type by the exact figure, not by the rounded one: nothing is divided."""
    relative = standard.line * standard.multiple
    for kind, line in ((HardshipKind.DEEP, standard.line), (HardshipKind.RELATIVE, relative)):
        bound = line * shares
        if net < bound or (standard.inclusive and net == bound):
            return kind
    return HardshipKind.NONE


def household_of(file: HardshipFile, *, without: int | None = None) -> Household:
    """Read a file's household: costs of its year, aid approved since it was told (but this one)."""
    members = [one for one in file.household.all() if one.lives_together]
    costs: dict[str, Decimal] = {}
    for cost in file.costs.filter(year=file.year):
        costs[cost.cause] = costs.get(cost.cause, ZERO) + yuan(cost.amount)
    given = _since(file, STANDING, without)
    return Household(
        heads=len(members),
        income=yuan(file.income),
        costs=costs,
        given=sum((aid.amount for aid in given), ZERO),
        children=sum(1 for one in members if one.at_school),
    )


def assess_file(file: HardshipFile) -> Assessment:
    """Judge a file as it stands."""
    return assess(standard=file.standard, household=household_of(file))


def limit_of(*, rule: HardshipAidRule, household: Household) -> Decimal:
    """Return the most that the rule lets be given: the smallest of what it tells."""
    bounds = []
    if rule.months is not None:
        bounds.append(rule.standard.line * rule.months * (household.children if rule.per_child else 1))
    if rule.share is not None:
        bounds.append(household.spent(rule.share_of) * rule.share / _HUNDRED)
    if rule.cap is not None:
        bounds.append(rule.cap)
    return _cents(min(bounds))


def objections_to(aid: HardshipAid) -> list[str]:
    """Return what the standards hold against an aid, in words; nothing for one without a file."""
    file = aid.file
    if file is None:
        return []
    household = household_of(file, without=aid.pk)
    kind = HardshipKind(file.decided_kind or HardshipKind.NONE)
    rule = file.standard.aid_rules.filter(hardship=kind, aid=aid.kind).select_related("standard").first()
    if rule is None:
        return [f"标准中没有{kind.label}的{aid.get_kind_display()}。"]
    found = [*_over(rule, aid, household), *_beside(rule, aid, file)]
    now = assess(standard=file.standard, household=household)
    if household.given and kind not in {HardshipKind.ACCIDENT, now.kind}:
        found.append(
            f"已帮扶 {grouped(household.given)} 元计入收入后人均 {grouped(now.per_head)} 元，不再属于{kind.label}。"
        )
    return found


def _over(rule: HardshipAidRule, aid: HardshipAid, household: Household) -> Iterable[str]:
    limit = limit_of(rule=rule, household=household)
    same = sum((one.amount for one in _since(aid.file, ALIVE, aid.pk) if one.kind == aid.kind), ZERO)
    if same + aid.amount > limit:
        before = f"，连同已有的 {grouped(same)} 元" if same else ""
        yield f"超出{rule}的上限 {grouped(limit)} 元{before}，多 {grouped(same + aid.amount - limit)} 元。"
    if rule.asks_above is not None and same + aid.amount > rule.asks_above:
        yield f"超过 {grouped(rule.asks_above)} 元，须经{rule.asks_whom or '上级工会'}同意。"


def _beside(rule: HardshipAidRule, aid: HardshipAid, file: HardshipFile) -> Iterable[str]:
    others = {AidKind(one.kind).label for one in _since(file, ALIVE, aid.pk) if one.kind != aid.kind}
    if rule.alone and others:
        yield f"{HardshipKind(rule.hardship).label}只可享受一项帮扶，已有{'、'.join(sorted(others))}。"


def _since(file: "HardshipFile | None", states: Iterable[str], without: int | None) -> list[HardshipAid]:
    """Return the file's aids of its present year of figures."""
    if file is None or file.pk is None:
        return []
    rows = file.aids.filter(state__in=list(states), asked_on__gte=file.applied_on)
    return list(rows.exclude(pk=without) if without else rows)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)
