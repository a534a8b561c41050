"""Words of an upload that its columns do not know: what they mean, or that the file brings their rows with it."""

from collections.abc import Mapping, Sequence

from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from union_portal.base.importing.pending import check_pending
from union_portal.base.importing.preview import ImportPreview
from union_portal.home.imports.models import PendingImport
from union_portal.home.imports.services.meanings import Meanings, remember
from union_portal.home.imports.services.uploads import look


def explain(*, pending: PendingImport, actor: User, meanings: Meanings, judged: bool = True) -> ImportPreview | None:
    """Keep what words of the file mean, for this list and later ones, and judge the file by it.

    A large file is only told, for the worker to judge, and so is one that is not to be `judged` yet. Raises
    `DomainError` for a word that was not asked about.
    """
    check_pending(pending, actor=actor)
    asked = {(one["column"], one["word"]): one["options"] for one in pending.unknown}
    for key, value in meanings.items():
        if value not in asked.get(key, ()):
            raise DomainError(f"“{key[1]}”不能按“{value}”登记，请从列出的内容中选择。")
    remember(kind=pending.kind, meanings=meanings, actor=actor)
    return look(pending=pending, actor=actor) if judged and not pending.large else None


def bring(*, pending: PendingImport, actor: User, words: Mapping[str, Sequence[str]], judged: bool = True) -> None:
    """Let the file bring the rows that these words name, by column, beside those it brings already; none: no more.

    They are made when the upload is confirmed. Raises `DomainError` for a word that was not asked about.
    """
    check_pending(pending, actor=actor)
    asked = {(one["column"], one["word"]) for one in pending.unknown if one.get("brings")}
    for column, some in words.items():
        if unasked := [word for word in some if (column, word) not in asked]:
            raise DomainError(f"“{unasked[0]}”不能一并新建，请重新比对后再选。")
    earlier = pending.brought
    columns = earlier.keys() | words.keys()
    added = {name: sorted({*earlier.get(name, ()), *words.get(name, ())}) for name in columns}
    pending.brought = added if words else {}
    pending.save(update_fields=["brought"])
    if not judged or pending.large:
        return
    try:
        look(pending=pending, actor=actor)
    except DomainError:
        pending.brought = earlier
        pending.save(update_fields=["brought"])
        raise
