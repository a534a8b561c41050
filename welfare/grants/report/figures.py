"""What benefits were given, made into figures.

`welfare.benefits`, `welfare.<category>`, `welfare.festival.<festival>`, `welfare.festivals_held`,
`welfare.benefit.<code>`.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Count, Min, Q

from members.totals.report import Summaries
from union_portal.base.figures import Figure, FigureKind, FigureRequest, FigureSource, Rows
from union_portal.base.sql import planned
from welfare.benefits.enums import Category, Festival
from welfare.benefits.models import Benefit
from welfare.grants.models import Grant
from welfare.grants.report.counting import Counted, count_grants, members_on

ALL = "welfare.benefits"
FESTIVALS_HELD = "welfare.festivals_held"
# The benefits that kinds are made from: id, code, name and category.
Benefits = tuple[tuple[int, str, str, str], ...]


def read_benefits() -> Benefits:
    """Read the catalogue once."""
    return tuple(Benefit.objects.values_list("pk", "code", "name", "category"))


def kinds(benefits: Benefits | None = None) -> Iterator[FigureKind]:
    """Yield every kind."""
    yield FigureKind(ALL, "全部福利慰问", "人次")
    for category in Category:
        yield FigureKind(f"welfare.{category}", category.label, "人")
    for festival in Festival:
        yield FigureKind(f"welfare.festival.{festival}", festival.label, "人")
    yield FigureKind(FESTIVALS_HELD, "发放慰问品的节日", "个")
    for _pk, code, name, _category in read_benefits() if benefits is None else benefits:
        yield FigureKind(f"welfare.benefit.{code}", name, "人")


def pairs_of(asked: Iterable[str], benefits: Benefits) -> set[tuple[int, str]]:
    """Return the (benefit, festival) pairs the kinds stand for, each grant matched once; '' is every festival."""
    asked = list(asked)
    whole = {
        pk
        for kind in asked
        for pk, code, _name, category in benefits
        if kind in (ALL, f"welfare.{category}", f"welfare.benefit.{code}")
        or (kind == FESTIVALS_HELD and category == Category.FESTIVAL)
    }
    pairs = {(pk, "") for pk in whole}
    for kind in asked:
        _welfare, part, festival = [*kind.split("."), "", ""][:3]
        if part == Category.FESTIVAL and festival:
            pairs |= {(pk, festival) for pk, _c, _n, category in benefits if category == part and pk not in whole}
    return pairs


def count(requests: Sequence[FigureRequest]) -> list[Figure]:
    """Answer requests for the kinds of benefits; a constant number of queries."""
    benefits = read_benefits()
    labels = {kind.key: kind.label for kind in kinds(benefits)}
    summaries = Summaries(requests)
    # Compiling the plans takes longer than they run, and merging sorts what a hash would find.
    with planned(jit="off", enable_mergejoin="off", work_mem="32MB"):
        grants = count_grants(requests, lambda asked: pairs_of(asked, benefits), summaries)
        days = [(number, one.last, "") for number, one in grants.items() if one.occasions and one.last]
        members = members_on(days)
    figures = []
    for number, request in enumerate(requests):
        label = request.label or "、".join(labels.get(kind, kind) for kind in request.kinds)
        figure = _granted(request, label, grants.get(number, Counted()), members.get(number))
        figures.append(summaries.add(number, figure))
    return figures


def _granted(request: FigureRequest, label: str, counted: Counted, members: int | None) -> Figure:
    held = request.kinds[0] == FESTIVALS_HELD
    return Figure(
        key=request.key,
        label=label,
        kinds=request.kinds,
        period=request.period,
        heads=None if held else counted.heads,
        times=counted.occasions if held else counted.times,
        amount=counted.amount,
        unit_price=counted.unit_price,
        numerator=counted.heads if members or counted.locked else None,
        denominator=counted.due if counted.locked else members,
        unit="个" if held else "人",
        basis=_granted_basis(counted, members),
    )


def _granted_basis(counted: Counted, members: int | None) -> str:
    if not counted.times:
        return "慰问（发放）记录，按发放日期计"
    span = f"{counted.first:%Y-%m-%d}" + (f"至{counted.last:%Y-%m-%d}" if counted.last != counted.first else "")
    parts = [f"慰问（发放）记录，按发放日期计（{span}）"]
    if counted.locked:
        parts.append(f"锁定名册应发{counted.due}人")
    elif members is not None:
        parts.append(f"{counted.last:%Y-%m-%d}在册会员{members}人")
    if counted.unpriced:
        parts.append(f"其中{counted.unpriced}条未记金额")
    return "；".join(parts)


def rows(request: FigureRequest) -> Rows:
    """Return the grants that the figure counted, or the occasions when it counted those."""
    chosen = Q(pk__in=[])
    for benefit, festival in pairs_of(request.kinds, read_benefits()):
        one = Q(benefit=benefit)
        chosen |= one & Q(occasion__festival=festival) if festival else one
    grants = Grant.objects.given().filter(chosen, granted_on__range=(request.period.start, request.period.end))
    if request.kinds[0] == FESTIVALS_HELD:
        held = grants.filter(occasion__isnull=False).order_by().values("occasion")
        told = held.annotate(portal_first=Min("granted_on"), portal_times=Count("pk")).order_by("portal_first")
        columns = ("occasion__name", "portal_first", "portal_times")
        return Rows(("节日与活动", "最早发放日期", "人次"), told.values_list(*columns))
    return Rows(
        ("工号", "名称", "当时所属分工会", "福利项目", "节日与活动", "日期", "金额（元）", "来源"),
        grants.order_by("granted_on", "person__pinyin_key", "pk").values_list(
            "person__staff_number",
            "person__name",
            "branch__name",
            "benefit__name",
            "occasion__name",
            "granted_on",
            "amount",
            "source",
        ),
    )


SOURCE = FigureSource(app="welfare", kinds=kinds, count=count, rows=rows)
