"""The proof of the whole ledger, which takes seconds for a million entries."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from union_portal.base.files import MadeFile, maker
from union_portal.base.making import Progress
from welfare.ledger.services import verification

VERIFY = "welfare.verify"
# The page waits for as many entries: a tenth of a second.
ENTRIES_AT_ONCE = 20_000


def verdict() -> str:
    """Say whether every seal of the ledger is what it must be, and if not, the first that is not."""
    fault = next(iter(verification.verify()), None)
    return f"发现篡改：{fault}" if fault else "台账完整：每张台账单的校验均一致。"


def _may(user: Any, asked: Mapping[str, Any]) -> bool:
    del asked
    may: bool = user.has_perm("welfare.view_posting")
    return may


@maker(VERIFY, may=_may, refusal="您已没有查看台账的权限。")
def make_verdict(user: Any, asked: Mapping[str, Any], progress: Progress) -> MadeFile:
    """Prove the ledger, for whoever may see it."""
    del user, asked
    progress(10, "正在重新计算每张台账单的校验值")
    return MadeFile(name="", words=f"{verdict()}（{timezone.localtime():%Y-%m-%d %H:%M} 核验）")
