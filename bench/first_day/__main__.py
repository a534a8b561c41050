"""`python -m bench.first_day https://union.example.edu.cn CODE`: a freshly installed portal's first day, counted.

CODE is the one-time code that script/install printed. Leaves an invented school in the portal: for a portal on trial.
"""

import argparse
import os
import sys
from pathlib import Path

_CHROMIUM = "/usr/bin/chromium-headless-shell"


def main() -> int:
    """Walk through the day and print a line for every part; 1 when a browser complained."""
    parser = argparse.ArgumentParser(prog="bench.first_day", description=__doc__)
    parser.add_argument("address", help="where the portal is, with its scheme")
    parser.add_argument("code", help="the first account's one-time code")
    parser.add_argument("--number", default="admin", help="the first account's number")
    parser.add_argument("--at", default="", help="the machine's address, where no name server knows the portal's name")
    parser.add_argument("--people", type=int, default=300, help="how many stand in the list of the personnel office")
    parser.add_argument("--pictures", type=Path, help="a folder for pictures of the pages")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "union_portal.settings")
    import django  # noqa: PLC0415 -- the environment comes first

    django.setup()
    # Playwright runs an event loop in this thread; nothing here asks the database.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from bench.first_day.hands import Day  # noqa: PLC0415
    from bench.first_day.walk import walk  # noqa: PLC0415

    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    if asked.at:
        host = asked.address.partition("://")[2].partition("/")[0].partition(":")[0]
        options.append(f"--host-resolver-rules=MAP {host} {asked.at}")
    if asked.pictures:
        asked.pictures.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=options)
        day = Day(asked.address.rstrip("/"), browser, asked.pictures)
        try:
            pdf = walk(day, number=asked.number, code=asked.code, people=asked.people)
        finally:
            # Where the day stops half-way, the last line names the part it stopped in.
            _tell(day)
        browser.close()
    print(f"the report's PDF: {pdf:,} bytes")
    for complaint in day.complaints:
        print(f"a browser complained: {complaint}")
    return 1 if day.complaints else 0


def _tell(day: "Day") -> None:  # type: ignore[name-defined]  # noqa: F821
    print(f"{'s':>6} {'pages':>6} {'clicks':>6} {'fields':>6}  what")
    for part in day.parts:
        print(f"{part.seconds:6.0f} {part.pages:6} {part.clicks:6} {part.fields:6}  {part.name}")
    sums = [sum(getattr(part, name) for part in day.parts) for name in ("seconds", "pages", "clicks", "fields")]
    print(f"{sums[0]:6.0f} {sums[1]:6} {sums[2]:6} {sums[3]:6}  in all")


if __name__ == "__main__":
    sys.exit(main())
