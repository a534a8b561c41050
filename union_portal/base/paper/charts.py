"""Bar charts as plain SVG: the same markup on paper and on screens, without scripts or style attributes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

ACCENT = "#b3261e"
INK = "#1f2328"
LINE = "#8a929c"
FONTS = "Paper-HT, Paper-ST, system-ui, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
_NEVER_FIRST = "）》」』】，。、；：？！"
_WIDTH, _BASE, _TOP, _LEFT = 640, 250, 34, 12
_LABEL_LINE, _MOST_BARS, _MOST_LABEL_LINES = 18, 12, 4


@dataclass(frozen=True)
class Bar:
    """One bar; `value_text` replaces the plain number above it, for example “1,187”."""

    label: str
    value: Decimal | int
    value_text: str = ""


def bar_chart(bars: Sequence[Bar], *, title: str, unit: str) -> SafeString:
    """Return an SVG of 1 to 12 bars above a zero line; `title` is what a screen reader says first.

    Values are counts or amounts and not negative. Labels wrap by their width. Raises ValueError otherwise.
    """
    if not 1 <= len(bars) <= _MOST_BARS:
        raise ValueError(f"a bar chart has 1 to {_MOST_BARS} bars, not {len(bars)}")
    if any(bar.value < 0 for bar in bars):
        raise ValueError("a bar chart shows no negative values")
    slot = Decimal(_WIDTH - 2 * _LEFT) / len(bars)
    size = 14 if slot >= 70 else 12
    labels = [wrap(bar.label, (int(slot) - 10) // size) for bar in bars]
    height = _BASE + 10 + _LABEL_LINE * max(map(len, labels))
    highest = max(bar.value for bar in bars) or 1
    return format_html(
        '<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img">'
        '<title>{}</title><g class="chart-text" font-family="{}" font-size="{}" fill="{}">'
        '<text x="{}" y="14" font-size="12">{}</text>{}</g>'
        '<path class="chart-axis" d="M{} {}H{}" fill="none" stroke="{}"/></svg>',
        _WIDTH,
        height,
        _described(bars, title, unit),
        FONTS,
        size,
        INK,
        _LEFT,
        f"（{unit}）",
        format_html_join("", "{}", ((_bar(bar, i, slot, highest, labels[i]),) for i, bar in enumerate(bars))),
        _LEFT,
        _BASE,
        _WIDTH - _LEFT,
        LINE,
    )


def wrap(label: str, per_line: int) -> list[str]:
    """Break a label into at most four lines of about equal length, none wider than `per_line` squares.

    Latin letters and digits take half a square.
    """
    widths = [1 if ord(character) < 0x2E80 else 2 for character in label]
    needed = max(1, -(-sum(widths) // (2 * per_line)))
    limit = max(-(-sum(widths) // needed), 2)
    lines, width = [""], 0
    for character, step in zip(label, widths, strict=True):
        if lines[-1] and character not in _NEVER_FIRST and width + step > min(limit + step - 1, 2 * per_line):
            lines.append("")
            width = 0
        lines[-1] += character
        width += step
    if len(lines) > _MOST_LABEL_LINES:
        lines = [*lines[: _MOST_LABEL_LINES - 1], lines[_MOST_LABEL_LINES - 1][:-1] + "…"]
    return lines


def _bar(bar: Bar, place: int, slot: Decimal, highest: Decimal | int, label: list[str]) -> SafeString:
    width = min(slot * Decimal("0.6"), Decimal(72))
    middle = _LEFT + slot * place + slot / 2
    tall = (Decimal(_BASE - _TOP) * Decimal(bar.value) / Decimal(highest)).quantize(Decimal("0.1"))
    return format_html(
        '<rect class="chart-bar" x="{}" y="{}" width="{}" height="{}" fill="{}"/>'
        '<text class="chart-value" x="{}" y="{}" text-anchor="middle">{}</text>{}',
        _short(middle - width / 2),
        _short(_BASE - tall),
        _short(width),
        _short(tall),
        ACCENT,
        _short(middle),
        _short(_BASE - tall - 6),
        bar.value_text or f"{bar.value:,}",
        format_html_join(
            "",
            '<text class="chart-label" x="{}" y="{}" text-anchor="middle">{}</text>',
            ((_short(middle), _BASE + 18 + _LABEL_LINE * row, line) for row, line in enumerate(label)),
        ),
    )


def _described(bars: Sequence[Bar], title: str, unit: str) -> str:
    values = "，".join(f"{bar.label} {bar.value_text or format(bar.value, ',')}" for bar in bars)
    return f"{title}（{unit}）：{values}"


def _short(value: Decimal) -> str:
    return format(value.quantize(Decimal("0.1")), "f")
