"""Bodies (教代会, 工代会), by delegates or by everybody; how a share of them is meant."""

from django.db import models

from union_portal.base.chinese.numerals import numeral


class Body(models.TextChoices):
    """教代会 speaks for the staff, 工代会 for the union's members; both may sit together (双代会)."""

    STAFF = "staff", "教代会"
    UNION = "union", "工代会"


class Mode(models.TextChoices):
    """Who sits: elected delegates, or everybody (small units)."""

    DELEGATES = "delegates", "代表大会"
    EVERYBODY = "everybody", "全体大会"


class Bound(models.TextChoices):
    """Whether the share itself is enough (三分之二以上), or only more than it (超过三分之二)."""

    AT_LEAST = "at_least", "以上（含本数）"
    MORE_THAN = "more_than", "超过（不含本数）"

    def least(self, *, of: int, above: int, below: int) -> int:
        """Return the least number that keeps the share `above` / `below` of so many: of 18, two thirds, 12 or 13."""
        return -(-of * above // below) if self is Bound.AT_LEAST else of * above // below + 1

    def words(self, above: int, below: int, *, of: str = "") -> str:
        """Return the share as rules write it: 三分之二以上, 过半数; of a whole, 超过应到人数的三分之二."""
        half, whole = above * 2 == below, f"{of}的" if of else ""
        share = "半数" if half else f"{numeral(below)}分之{numeral(above)}"
        if self is Bound.AT_LEAST:
            return f"{whole}{share}以上"
        return "过半数" if half and not of else f"超过{whole}{share}"
