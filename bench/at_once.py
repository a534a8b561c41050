"""How many pages fifty members get who all ask at once, against the signed-in view that says nothing.

The server is the one of the units: granian with two processes of four threads, as the runtime role, on a college of
fifteen years. Fifty accounts keep a connection each and ask again as soon as they are answered; pages by turns with the
empty view. The asking process shares the machine's cores with server and database, so what the empty view could serve
is understated, and the share of its throughput that a page reaches overstated, by what the asking costs.
"""

import statistics
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.utils import timezone

from bench.college import Size, found
from bench.pages import MEMBER, NOTHING, QUICK, SCHOOL
from bench.two_servers import GRANIAN, answers, free, process, until
from members.people.models import Person
from union_portal.accounts.models import User

MEMBERS = 50
TURNS, SECONDS = 3, 8
PAGES = ("/", "/benefits/", "/me/")
LEAST = 1 / 6
_ASKING = str(Path(__file__).with_name("asking.py"))


def measure(*, quick: bool = False) -> None:
    """Fill a college and ask."""
    size = QUICK[1] if quick else SCHOOL
    found(Size(**{**vars(size), "sessions": min(size.sessions, 5)}))
    ask(turns=1 if quick else TURNS, seconds=2 if quick else SECONDS)


def ask(*, turns: int, seconds: float) -> None:
    """Serve the database that is asked at present to fifty of its members, and print what they got."""
    cookies, port = [_cookie(user) for user in _members()], free()
    command = [
        *GRANIAN,
        "--workers",
        "2",
        "--blocking-threads",
        "4",
        "--port",
        str(port),
        "union_portal.wsgi:application",
    ]
    got: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with process(command, settings_module="bench.serving"):
        until(lambda: answers(port))
        for turn in range(turns + 1):
            for page in (NOTHING, MEMBER, *PAGES):
                share = _asking(port, page, cookies, seconds=seconds if turn else 2)
                if turn:  # the first one warms connections and plans
                    got[page].append(share)
    print(f"\n{MEMBERS} members at once, granian 2 × 4, medians of {turns} turns of {seconds:g} s")
    print("| page | a second | of the empty view's | slowest 1 in 20, ms | aim |\n|---|---|---|---|---|")
    empty = statistics.median(rate for rate, _slow in got[NOTHING])
    for page, shares in got.items():
        rate, slow = (statistics.median(one[place] for one in shares) for place in range(2))
        aim = "" if page in {NOTHING, MEMBER} else "met" if rate >= empty * LEAST else "**missed**"
        print(f"| {page} | {rate:.0f} | 1/{empty / rate:.1f} | {slow * 1e3:.0f} | {aim} |")


def _members() -> list[User]:
    """Return fifty members' accounts, made where they have none; none of them is a delegate."""
    people = Person.objects.filter(user=None).order_by("-pk")[:MEMBERS]
    known = list(User.objects.filter(staff_number__startswith="atonce").order_by("pk")[:MEMBERS])
    for number, person in enumerate(people[: MEMBERS - len(known)]):
        known.append(User.objects.create(staff_number=f"atonce{number}", name=person.name, last_login=timezone.now()))
        Person.objects.filter(pk=person.pk).update(user=known[-1])
    return known


def _cookie(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _asking(port: int, page: str, cookies: list[str], *, seconds: float) -> tuple[float, float]:
    """Return how many answers a second came to all, and how long one in twenty took at least."""
    told = subprocess.run(
        [sys.executable, _ASKING, str(port), page, str(seconds), *cookies], check=True, capture_output=True, text=True
    )
    rate, slow = told.stdout.split()
    return float(rate), float(slow)
