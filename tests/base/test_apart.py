"""The process that reads files: apart from the portal, without its secrets, begun again when it is gone."""

import io
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.base.spreadsheets.handmade import row, sheet, workbook
from union_portal.base.apart import processes
from union_portal.base.apart.processes import Apart
from union_portal.base.intake import taking
from union_portal.base.spreadsheets.reading import APART, read_book

CSV = "工号,姓名\n1,甲\n".encode()


def helper() -> int:
    assert APART.helper._process is not None
    return APART.helper._process.pid


def test_a_helper_that_was_killed_is_begun_again() -> None:
    read_book(io.BytesIO(CSV))
    first = helper()
    os.kill(first, signal.SIGKILL)
    assert read_book(io.BytesIO(CSV)).sheets[0].rows[1] == ["1", "甲"]
    assert helper() != first


def test_the_helper_holds_no_secret_and_no_file_of_the_portal() -> None:
    read_book(io.BytesIO(CSV))
    told = Path(f"/proc/{helper()}/environ").read_bytes().split(b"\0")
    assert {line.partition(b"=")[0] for line in told if line} <= {
        b"PYTHONPATH",
        b"PYTHONDONTWRITEBYTECODE",
        b"LC_CTYPE",
    }
    files = [os.readlink(f"/proc/{helper()}/fd/{name}") for name in os.listdir(f"/proc/{helper()}/fd")]  # noqa: PTH115, PTH208
    assert all(file == "/dev/null" or file.startswith("socket:") for file in files)
    assert len([file for file in files if file.startswith("socket:")]) == 1


@pytest.mark.parametrize(("apart", "reader"), [(APART, "python_calamine"), (taking.APART, "pypdf")])
def test_a_helper_imports_its_readers_and_nothing_of_django(apart: Apart, reader: str) -> None:
    code = f"import sys; from union_portal.base.apart.helper import opening_of; opening_of('{apart.helper.opening}')"
    told = [sys.executable, "-c", f"{code}; print(*sys.modules)"]
    said = subprocess.run(told, capture_output=True, text=True, check=True, cwd=processes._ROOT)
    modules = set(said.stdout.split())
    assert not {"django", "psycopg", "openpyxl", "union_portal.settings"} & modules
    assert reader in modules


def test_files_are_read_side_by_side() -> None:
    files = [workbook(sheet(row(1, "工号", "姓名"), row(2, str(number), "甲"))) for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        books = list(pool.map(read_book, files))
    assert [book.sheets[0].rows[1][0] for book in books] == [str(number) for number in range(12)]
