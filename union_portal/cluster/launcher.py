"""Makes, starts and stops the embedded cluster, one process at a time."""

import fcntl
import os
import pwd
import shlex
import shutil
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from union_portal.cluster import binaries, creation
from union_portal.cluster.errors import ClusterError
from union_portal.cluster.layout import SERVING_ACCOUNT, SOCKET_NAME, Layout, account_name, record_of, resolve, written
from union_portal.cluster.system import run_as

# After a kill -9 the old server's processes may hold the data for some seconds.
START_FOR_SECONDS = 10
LOOK_AGAIN_SECONDS = 0.1
ANSWERS_WITHIN_SECONDS = 3
# More than the system gives to any process.
NOBODYS_PID = 2**22 + 1
WAIT_SECONDS = "60"
# Rows rolled back by the thousand would be measured as an empty table, and the next thousands planned for as none.
THROWAWAY = "-F -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off"


def ensure_running(home: Path, *, throwaway: bool = False) -> bool:
    """Make the cluster of a data folder when there is none and start it when it is down; tell whether it was started.

    A `throwaway` one, for tests, never waits for the disk: a machine that loses power loses it.

    Raises:
        ClusterError: it cannot be; the message says what to do.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    layout = resolve(home)
    if is_running(layout):
        return False
    _refuse_other_users(layout)
    with _alone(home):
        if is_running(layout):
            return False
        if not layout.made:
            creation.make(layout, throwaway=throwaway)
        record = record_of(home)
        record.write_text(written(layout))
        record.chmod(0o644)  # who serves reads where the database lies, whatever the umask
        _make_socket_folder(layout)
        _start(layout, THROWAWAY if throwaway else "")
    return True


def stop(home: Path) -> bool:
    """Stop the cluster of a data folder, ending its sessions; tell whether it was running."""
    layout = resolve(home)
    if not layout.made:
        return False
    _refuse_other_users(layout)
    with _alone(home):
        if not _alive(layout):
            return False
        program = str(binaries.programs(major=binaries.version_of(layout)) / "pg_ctl")
        run_as(layout.account, [program, "stop", "-s", "-m", "fast", "-w", "-t", WAIT_SECONDS, "-D", layout.data])
    return True


def is_running(layout: Layout) -> bool:
    """Whether the cluster answers on its socket and takes connections."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(5)
        try:
            probe.connect(f"{layout.sockets}/{SOCKET_NAME}")
        except OSError:
            return False
    if _may_look_into(layout) and not layout.made:
        return False
    # Of any version; who serves cannot see which one made the data.
    asked = [str(binaries.programs() / "pg_isready"), "-q", "-h", layout.sockets, "-t", str(ANSWERS_WITHIN_SECONDS)]
    ready = subprocess.run(asked, check=False)  # noqa: S603 - our own words
    return ready.returncode == 0


def _may_look_into(layout: Layout) -> bool:
    return os.geteuid() == 0 or account_name() == layout.account


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the lock that lets one process at a time make, start or stop the cluster."""
    with (home / "cluster.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _refuse_other_users(layout: Layout) -> None:
    if not _may_look_into(layout):
        raise ClusterError(
            f"The portal's database in {layout.data} runs as the system user “{layout.account}”:"
            " run this as that user or as root."
        )


def _make_socket_folder(layout: Layout) -> None:
    """Make the folder of the socket, private to its account, and to who serves; one that somebody else put is refused.

    Who may enter it may speak to the database and says who he is; the database tells him which role that is.
    """
    folder = Path(layout.sockets)
    owner = pwd.getpwnam(layout.account)
    try:
        folder.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner.pw_uid or found.st_mode & 0o022:
            raise ClusterError(f"{folder} is not a private folder of “{layout.account}”: remove it.") from None
    if layout.served_by_another and os.geteuid() == 0:
        try:
            group = pwd.getpwnam(SERVING_ACCOUNT).pw_gid
        except KeyError:  # nobody serves but root
            return
        os.chown(folder, owner.pw_uid, group, follow_symlinks=False)
        run_as(layout.account, ["/bin/chmod", "0710", str(folder)])


def _start(layout: Layout, settings: str) -> None:
    """Start the server with these settings and wait until it takes connections; who may do what is said anew."""
    _forget_a_stranger(layout)
    creation.write_access(layout, layout.data)
    program = str(binaries.programs(major=binaries.version_of(layout)) / "pg_ctl")
    # Who comes near the socket is said by its folder.
    options = f"-k {shlex.quote(layout.sockets)} -c unix_socket_permissions=0777 {settings}"
    command = [program, "start", "-s", "-w", "-t", WAIT_SECONDS, "-D", layout.data, "-l", layout.log, "-o", options]
    if _alive(layout):  # up already, but still recovering from a crash
        _wait_until_ready(layout)
        return
    deadline = time.monotonic() + START_FOR_SECONDS
    while True:
        try:
            run_as(layout.account, command)
        except ClusterError as error:
            if time.monotonic() > deadline:
                raise ClusterError(f"{error}\n{_last_words(layout)}") from error
            time.sleep(LOOK_AGAIN_SECONDS)
        else:
            return


def _wait_until_ready(layout: Layout) -> None:
    """Wait for a server that is up to take connections."""
    deadline = time.monotonic() + int(WAIT_SECONDS)
    while not is_running(layout):
        if time.monotonic() > deadline or not _alive(layout):
            raise ClusterError(f"PostgreSQL in {layout.data} is not getting ready.\n{_last_words(layout)}")
        time.sleep(LOOK_AGAIN_SECONDS)


def _alive(layout: Layout) -> bool:
    """Whether the process that the data folder names is this cluster's server."""
    try:
        pid, data = Path(layout.data, "postmaster.pid").read_text().splitlines()[:2]
        words = Path("/proc", pid, "cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return False
    return Path(os.fsdecode(words[0])).name == "postgres" and data == layout.data


def _forget_a_stranger(layout: Layout) -> None:
    """Put nobody's number into each lock file whose own has gone to some other program or is that of a dead server.

    PostgreSQL would take either for its server. The files stay, for one names the memory by which PostgreSQL sees
    whether processes of the old server still hold the data.
    """
    if _alive(layout):
        return
    for file in (Path(layout.data, "postmaster.pid"), Path(layout.sockets, f"{SOCKET_NAME}.lock")):
        if file.exists() and not _is_postgres(file):
            run_as(layout.account, ["/bin/sed", "-i", f"1s/.*/{NOBODYS_PID}/", str(file)])


def _is_postgres(file: Path) -> bool:
    """Whether the pid belongs to any PostgreSQL; a pid that is gone is left to PostgreSQL to judge.

    One that was killed keeps its number until its parent takes note, but no command line.
    """
    try:
        process = Path("/proc", file.read_text().split(maxsplit=1)[0])
        command, words = (process / "comm").read_text(), (process / "cmdline").read_bytes()
    except (OSError, IndexError):
        return True
    return command.strip() in {"postgres", "postmaster"} and bool(words)


def _last_words(layout: Layout) -> str:
    try:
        return "\n".join(Path(layout.log).read_text(errors="replace").splitlines()[-5:])
    except OSError:
        return ""


def remove(home: Path) -> None:
    """Stop the cluster and delete it with all its data; for tests and for the end of a portal."""
    layout = resolve(home)
    stop(home)
    for folder in (layout.data, layout.sockets):
        shutil.rmtree(folder, ignore_errors=True)
    for file in (Path(layout.log), record_of(home)):
        file.unlink(missing_ok=True)
    place = Path(layout.data).parent
    if (place / "belongs-to").is_file():  # root's: made for this cluster alone
        shutil.rmtree(place, ignore_errors=True)
