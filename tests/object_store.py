"""A store that speaks S3: SeaweedFS, as a school would run it, on this machine for as long as a test needs it."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

KEY, SECRET, BUCKET = "portal", "a secret/+", "uploads"
_WAIT = 60.0
_RPC = 10_000  # every service also listens so much higher


@contextmanager
def store(folder: Path) -> Iterator[str]:
    """Run a store with an empty bucket in a folder; give its address as STORAGE_URL says it."""
    rights = {"name": KEY, "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [rights]}))
    (folder / "data").mkdir()
    master, volume, filer, s3 = _free(4)
    ports = {"master.port": master, "volume.port": volume, "filer.port": filer, "s3.port": s3}
    command = [str(Path(sys.executable).with_name("weed")), "server", f"-dir={folder / 'data'}", "-filer", "-s3"]
    command += ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-master.volumeSizeLimitMB=64", "-volume.max=0"]
    # Nothing else listens, least of all where a second store of the same machine would.
    ports |= {"s3.port.iceberg": 0, "s3.port.lance": 0}
    command += [f"-s3.config={folder / 's3.json'}", *(f"-{k}={v}" for k, v in ports.items())]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        _wait(f"http://127.0.0.1:{s3}/")
        url = f"s3://{KEY}:{quote(SECRET, safe='')}@127.0.0.1:{s3}/{BUCKET}?tls=off"
        _make_bucket(url)
        yield url
    finally:
        process.kill()
        process.wait()


def _make_bucket(url: str) -> None:
    from union_portal.base.remote_storage import RemoteStorage  # noqa: PLC0415 - the library takes a second to load
    from union_portal.base.storage import configured  # noqa: PLC0415

    options = configured(url)["OPTIONS"]
    RemoteStorage(**options).connection.create_bucket(Bucket=BUCKET)  # type: ignore[no-untyped-call]


def _wait(address: str) -> None:
    until = time.monotonic() + _WAIT
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=1)  # noqa: S310 - our own
        except urllib.error.HTTPError:  # it answers: with a refusal, for nobody signed
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


def _free(count: int) -> list[int]:
    """Return free ports whose higher neighbour is free too."""
    found: list[int] = []
    while len(found) < count:
        with socket.socket() as low, socket.socket() as high:
            low.bind(("127.0.0.1", 0))
            port = low.getsockname()[1]
            try:
                high.bind(("127.0.0.1", port + _RPC))
            except (OSError, OverflowError):
                continue
            if port not in found:
                found.append(port)
    return found
