"""Where the embedded cluster lies, whose it is, and how it is reached; nothing here starts or writes anything."""

import hashlib
import json
import os
import pwd
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from union_portal.cluster.errors import ClusterError

DATABASE = "portal"
OWNER = "portal_owner"
RUNTIME = "portal_runtime"
SYSTEM_ACCOUNT = "postgres"
# Where root set everything up, server and worker run as this system user, which is the runtime role and no other.
SERVING_ACCOUNT = "union-portal"
SYSTEM_FOLDER = Path("/var/lib/union-portal")
SOCKET_NAME = ".s.PGSQL.5432"
# A socket's address holds 108 bytes, the closing zero included.
SOCKET_LIMIT = 107
PLAIN_PATH = re.compile(r"[A-Za-z0-9/_.+-]+")


@dataclass(frozen=True, slots=True)
class Layout:
    """A cluster's places. `home` is the portal's data folder it belongs to, `account` the system user it runs as."""

    home: str
    data: str
    sockets: str
    account: str

    @property
    def log(self) -> str:
        """The server's log, beside its data."""
        return f"{self.data}.log"

    @property
    def made(self) -> bool:
        """Whether the cluster has been made.

        Raises:
            ClusterError: it is another user's.
        """
        try:
            return os.stat(f"{self.data}/PG_VERSION").st_size > 0  # noqa: PTH116 - Path.exists hides the refusal
        except FileNotFoundError:
            return False
        except PermissionError as error:
            raise ClusterError(
                f"The portal's database in {self.data} belongs to the system user “{self.account}”:"
                f" run this as that user or as root."
            ) from error

    @property
    def served_by_another(self) -> bool:
        """Whether the cluster is root's, so that server and worker have a system user of their own."""
        return self.account == SYSTEM_ACCOUNT


def default_urls(home: Path) -> tuple[str, str]:
    """Return the runtime and the owner database URL of the embedded cluster of a data folder, starting nothing."""
    sockets = resolve(home).sockets
    return f"postgres://{RUNTIME}@/{DATABASE}?host={sockets}", f"postgres://{OWNER}@/{DATABASE}?host={sockets}"


def record_of(home: Path) -> Path:
    """Return the file that records where the cluster lies."""
    return home / "cluster"


def resolve(home: Path) -> Layout:
    """Return the recorded layout, or the one that a new cluster would get.

    A copied data folder gets a cluster of its own; one that was moved takes its cluster along.
    """
    home = Path(os.path.realpath(home))
    recorded = _recorded(home)
    if recorded is None or (recorded.home != str(home) and not _moved_here(recorded)):
        return _planned(home)
    return recorded


def written(layout: Layout) -> str:
    """Return the record's text."""
    return json.dumps(asdict(layout), indent=1, ensure_ascii=False) + "\n"


def account_name() -> str:
    """Return the name of the current system user.

    Raises:
        ClusterError: the user has none, so PostgreSQL could not tell who connects.
    """
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError as error:
        raise ClusterError(f"The system user number {os.geteuid()} has no name, which PostgreSQL needs.") from error


def _recorded(home: Path) -> Layout | None:
    try:
        return Layout(**json.loads(record_of(home).read_text()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, PermissionError) as error:
        raise ClusterError(f"{record_of(home)} cannot be read ({error}): it says where the database lies.") from error


def _moved_here(recorded: Layout) -> bool:
    """Whether the folder was moved: nothing is left at its old place, and its data did not lie inside it."""
    return not record_of(Path(recorded.home)).exists() and not recorded.data.startswith(f"{recorded.home}/")


def _planned(home: Path) -> Layout:
    mark = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    if os.geteuid() == 0:
        # PostgreSQL never runs as root, and its user may not be able to enter the clone.
        folder = SYSTEM_FOLDER / mark
        return Layout(str(home), str(folder / "data"), str(folder / "sockets"), SYSTEM_ACCOUNT)
    sockets = home / "sockets"
    if len(os.fsencode(sockets / SOCKET_NAME)) > SOCKET_LIMIT or not PLAIN_PATH.fullmatch(str(sockets)):
        sockets = Path(f"/tmp/union-portal-{os.geteuid()}-{mark}")  # noqa: S108 - checked before use, see launcher
    return Layout(str(home), str(home / "postgres"), str(sockets), account_name())
