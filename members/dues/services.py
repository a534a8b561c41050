"""The rule of dues to start with; what a school writes afterwards is its own."""

import datetime as dt
from decimal import Decimal
from typing import Any

from members.dues.models import DuesRule

_START = {
    "valid_from": dt.date(2000, 1, 1),
    "share": Decimal("0.50"),
    "step": 10,
    "source": "本人基本工资的 0.5%，尾数不足 10 元的部分不计（起始值，请按本校文件核对）",
}


def place_dues_rule(*, using: str = "default", **_signal: Any) -> None:
    """Add the starting rule where there is none."""
    rules = DuesRule.objects.using(using)
    if not rules.exists():
        rules.create(**_START)
