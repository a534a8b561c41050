"""Who pays for a cover, and the states of one with their moves."""

from django.db import models

from union_portal.base.states import Machine, Move


class PayerShare(models.TextChoices):
    UNION = "union", "工会"
    MEMBER = "member", "会员"
    SCHOOL = "school", "行政"
    SHARED = "shared", "共同负担"


class CoverState(models.TextChoices):
    """参保的状态."""

    COVERED = "covered", "已参保"
    DOUBLED = "doubled", "保障期重叠，待核对"
    WITHDRAWN = "withdrawn", "已退保"
    ANNULLED = "annulled", "已撤销"


_WITHDRAWN = (("ends_on", "premium"), ("ends_on",))
_CORRECTED = (("starts_on", "ends_on", "paid_on", "premium"), ("starts_on", "ends_on", "paid_on"))
# Covers that overlapped before this was refused stand as doubled until somebody says which of them is right.
COVER_MACHINE = Machine(
    name="welfare.cover",
    initial=[CoverState.COVERED],
    moves=[
        Move("correct", CoverState.COVERED, CoverState.COVERED, "更正", *_CORRECTED, why=True),
        Move("correct", CoverState.DOUBLED, CoverState.COVERED, "更正", *_CORRECTED, why=True),
        Move("withdraw", CoverState.COVERED, CoverState.WITHDRAWN, "退保", *_WITHDRAWN, why=True),
        Move("annul", CoverState.COVERED, CoverState.ANNULLED, "撤销参保", why=True),
        Move("annul", CoverState.DOUBLED, CoverState.ANNULLED, "撤销参保", why=True),
        Move("annul", CoverState.WITHDRAWN, CoverState.ANNULLED, "撤销参保", why=True),
    ],
    following={
        CoverState.DOUBLED: "下一步：生活福利委员核对保障期，更正其中一条，或撤销重复的一条。",
        CoverState.ANNULLED: "已撤销，不计入参保人数和保费。",
    },
)
