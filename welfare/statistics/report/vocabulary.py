"""The kinds of figure that benefits, plans and accounts give rise to.

`welfare.<category>`, `welfare.festival.<festival>`, `welfare.benefit.<code>`, `welfare.cover` and
`welfare.cover.<plan>`, `welfare.spent` and `welfare.spent.<account>`, `welfare.purchase`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from members.totals.report import within
from union_portal.base.figures import FigureKind
from welfare.benefits.enums import Category, Festival
from welfare.benefits.models import Benefit
from welfare.books.enums import AccountKind
from welfare.books.models import LedgerAccount
from welfare.mutual_aid.models import MutualAidPlan

ALL = "welfare.benefits"
FESTIVALS_HELD = "welfare.festivals_held"
COVER = "welfare.cover"
SPENT = "welfare.spent"
PURCHASE = "welfare.purchase"


def is_money(kind: str) -> bool:
    """Tell whether a kind is counted from the ledger."""
    return kind == PURCHASE or within(kind, [SPENT])


def account_prefix(kind: str) -> str:
    """Return what the codes of a ledger kind's accounts begin with; empty is every account."""
    return kind.removeprefix(SPENT).removeprefix(".") if kind != PURCHASE else ""


@dataclass(frozen=True)
class Vocabulary:
    """The editable data that kinds are made from, read with three queries."""

    benefits: tuple[tuple[int, str, str, str], ...]
    plans: tuple[tuple[int, str, str, str], ...]
    accounts: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls) -> "Vocabulary":
        """Read benefits (id, code, name, category), plans (id, code, name, gender) and expense accounts."""
        return cls(
            benefits=tuple(Benefit.objects.values_list("pk", "code", "name", "category")),
            plans=tuple(MutualAidPlan.objects.values_list("pk", "code", "name", "only_gender")),
            accounts=tuple(
                LedgerAccount.objects.filter(kind=AccountKind.EXPENSE).order_by("code").values_list("code", "name")
            ),
        )

    def kinds(self) -> Iterable[FigureKind]:
        """Return every kind."""
        yield FigureKind(ALL, "全部福利慰问", "人次")
        for category in Category:
            yield FigureKind(f"welfare.{category}", category.label, "人")
        for festival in Festival:
            yield FigureKind(f"welfare.festival.{festival}", festival.label, "人")
        yield FigureKind(FESTIVALS_HELD, "发放慰问品的节日", "个")
        for _pk, code, name, _category in self.benefits:
            yield FigureKind(f"welfare.benefit.{code}", name, "人")
        yield FigureKind(COVER, "互助保障参保", "人")
        for _pk, code, name, _gender in self.plans:
            yield FigureKind(f"welfare.cover.{code}", name, "人")
        yield FigureKind(PURCHASE, "采购", "元")
        yield FigureKind(SPENT, "支出", "元")
        for code, name in self.accounts:
            yield FigureKind(f"welfare.spent.{code}", name, "元")

    def benefits_of(self, kinds: Iterable[str]) -> set[tuple[int, str]]:
        """Return the (benefit, festival) pairs the kinds stand for, each grant matched once; '' is every festival."""
        whole = {
            pk
            for kind in kinds
            for pk, code, _name, category in self.benefits
            if kind in (ALL, f"welfare.{category}", f"welfare.benefit.{code}")
            or (kind == FESTIVALS_HELD and category == Category.FESTIVAL)
        }
        pairs = {(pk, "") for pk in whole}
        for kind in kinds:
            _welfare, part, festival = [*kind.split("."), "", ""][:3]
            if part == Category.FESTIVAL and festival:
                pairs |= {
                    (pk, festival) for pk, _c, _n, category in self.benefits if category == part and pk not in whole
                }
        return pairs

    def plans_of(self, kinds: Iterable[str]) -> set[int]:
        """Return the plans the kinds stand for."""
        return {pk for kind in kinds for pk, code, _n, _g in self.plans if kind in (COVER, f"welfare.cover.{code}")}

    def label(self, kind: str) -> str:
        """Return the label of one kind."""
        return next((str(one.label) for one in self.kinds() if one.key == kind), kind)
