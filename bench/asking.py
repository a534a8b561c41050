"""Members who ask a server for a page all at once, in a process that knows nothing of the portal: `at_once` runs it."""

import socket
import sys
import threading
import time


def _one(port: int, page: str, cookie: str, ends: float, took: list[float]) -> None:
    sent = (
        f"GET {page} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: sessionid={cookie}\r\nAccept-Encoding: gzip\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port)) as line:
        while (began := time.monotonic()) < ends:
            line.sendall(sent.encode())
            _read(line)
            took.append(time.monotonic() - began)


def _read(line: socket.socket) -> None:
    head, body = b"", b""
    while b"\r\n\r\n" not in head:
        if not (part := line.recv(65_536)):
            raise ConnectionError(head[:200])
        head += part
    head, _blank, body = head.partition(b"\r\n\r\n")
    if b" 200 " not in head[:20]:
        raise RuntimeError(head.decode(errors="replace"))
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    missing = length - len(body)
    while missing > 0:
        missing -= len(line.recv(65_536))


def _clients(port: int, page: str, seconds: float, cookies: list[str]) -> None:
    """Ask in this process, a thread for each member; print answers a second and the slowest one in twenty."""
    took: list[float] = []
    began = time.monotonic()
    threads = [
        threading.Thread(target=_one, args=(port, page, cookie, began + seconds, took), daemon=True)
        for cookie in cookies
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(took) < len(cookies):
        raise RuntimeError("some were not answered")
    sys.stdout.write(f"{len(took) / (time.monotonic() - began)} {sorted(took)[int(len(took) * 0.95)]}\n")


if __name__ == "__main__":
    _clients(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), sys.argv[4:])
