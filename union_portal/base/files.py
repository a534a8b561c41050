"""Files that the portal makes when somebody asks: short ones at once, long ones in the worker, by one maker.

A maker is called by its key with what was asked, as JSON: the same words make the same file in either place. It reads
as the account that asked. Whether that account may have the file is asked before anything is made, and again before a
kept file leaves. Who keeps what takes long (`union_portal.home.files`) says so here, as the rooms below it ask.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from union_portal.base.errors import Refused
from union_portal.base.making import Progress

if TYPE_CHECKING:
    from django.db.models import QuerySet

# So many lines of a list are written while the page waits: well under a second.
AT_ONCE = 2_000
# A line of a paper is set and drawn: it costs twenty times as much as one of a spreadsheet.
LINES_AT_ONCE = 80
_GONE = "您已没有查看这条记录的权限，或它已不在。"


@dataclass(frozen=True, kw_only=True)
class MadeFile:
    """A file ready to leave the portal: `rows` are the records in it, `shown` tells that the browser opens it itself.

    What was only looked into has `words` that say what was found, and no content.
    """

    name: str
    content: bytes = b""
    content_type: str = ""
    rows: int | None = None
    pages: int | None = None
    data_class: str = ""
    shown: bool = False
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Maker:
    """`make(user, asked, progress)` makes the file or refuses; `may(user, asked)` says whether it may still leave."""

    key: str
    make: Callable[[Any, Mapping[str, Any], Progress], MadeFile]
    may: Callable[[Any, Mapping[str, Any]], bool]


_MAKERS: dict[str, Maker] = {}
_keepers: list[Callable[..., Any]] = []


def maker(key: str, *, may: Callable[[Any, Mapping[str, Any]], bool], refusal: str = _GONE) -> Callable[[Any], Any]:
    """Have a function make the files of this key; who may not hears the refusal before anything is done."""

    def listed(make: Any) -> Any:
        def made(user: Any, asked: Mapping[str, Any], progress: Progress) -> MadeFile:
            if not may(user, asked):
                raise Refused(refusal)
            file: MadeFile = make(user, asked, progress)
            return file

        _MAKERS[key] = Maker(key=key, make=made, may=may)
        return make

    return listed


def row_maker(key: str, *, model: Any, permission: str) -> Callable[[Any], Any]:
    """Have a function make files about one row, the `row` that is asked: `make(user, row, asked, progress)`.

    Only for whoever sees the row and has the permission, when it is made and when it leaves.
    """

    def seen(user: Any, asked: Mapping[str, Any]) -> Any:
        found = model._default_manager.visible_to(user).filter(pk=asked["row"]).first()  # noqa: SLF001
        return found if found is not None and user.has_perm(permission, found) else None

    def listed(make: Any) -> Any:
        def made(user: Any, asked: Mapping[str, Any], progress: Progress) -> MadeFile:
            row = seen(user, asked)
            if row is None:
                raise Refused(_GONE)
            file: MadeFile = make(user, row, asked, progress)
            return file

        _MAKERS[key] = Maker(key=key, make=made, may=lambda user, asked: seen(user, asked) is not None)
        return make

    return listed


def maker_of(key: str) -> Maker:
    """Return the maker of this key."""
    return _MAKERS[key]


def keep_by(give: Callable[..., Any]) -> None:
    """Let this function give what is asked: it keeps what the worker makes."""
    _keepers[:] = [give]


def counted(rows: "QuerySet[Any]") -> int:
    """Count the rows no further than it takes to know where the file is made."""
    return rows.order_by()[: AT_ONCE + 1].count()


def give(request: Any, *, key: str, asked: Mapping[str, Any], title: str, rows: int, at_once: int | None = None) -> Any:
    """Answer the request with the file, or with the page that waits for it where `rows` are more than `at_once`.

    `rows` may be a guess, counted cheaply; `title` names the file among the account's own. Raises what the maker
    refuses.
    """
    large = rows > (AT_ONCE if at_once is None else at_once)
    return _keepers[0](request, key=key, asked=asked, title=title, large=large)


def paper(made: Any, *, name: str) -> MadeFile:
    """Return a finished paper as a file that the browser shows."""
    return MadeFile(name=f"{name}.pdf", content=made.pdf, content_type="application/pdf", pages=made.pages, shown=True)


def shares(progress: Progress) -> Callable[[float, str], None]:
    """Return the progress as a paper tells it: by shares of the whole."""
    return lambda share, message: progress(round(share * 95), message)


def unheard(done: int, message: str) -> None:
    """Be a progress that nobody waits for."""
