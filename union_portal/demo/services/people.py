"""The college's people as data: who they are, when they came, when they will retire."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from members.people.enums import Employment, Gender, MaritalState, PersonKind, PoliticalStatus, PostCategory
from members.people.models import Person
from members.people.services import keys_of
from union_portal.demo.services.names import RARE, invent

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RETIREMENT_AGE = {"male": 60, "female": 55}
TITLES = {
    PostCategory.TEACHER: (("教授", 48), ("副教授", 38), ("讲师", 30), ("助教", 0)),
    PostCategory.MANAGEMENT: (("副研究员", 45), ("助理研究员", 32), ("", 0)),
    PostCategory.SUPPORT: (("高级实验师", 45), ("实验师", 32), ("助理实验师", 0)),
    PostCategory.WORKER: (("高级工", 42), ("中级工", 0)),
}
ETHNICITIES = ("汉族",) * 46 + ("回族", "满族", "蒙古族", "土家族")
PARTIES = (
    (PoliticalStatus.PARTY,) * 9
    + (PoliticalStatus.MASSES,) * 8
    + (PoliticalStatus.DEMOCRATIC, PoliticalStatus.INDEPENDENT, PoliticalStatus.PROBATIONARY)
)
HIRED_AS = (Employment.ESTABLISHED,) * 13 + (Employment.CONTRACT,) * 5 + (Employment.AGENCY,) * 2


@dataclass(frozen=True)
class Newcomer:
    """A person to be entered and the day the membership begins."""

    person: Person
    joined_on: dt.date
    branch: int


def add_months(day: dt.date, years: int) -> dt.date:
    """Return the last day of the month so many years later."""
    following = dt.date(day.year + years + day.month // 12, day.month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def retires_on(person: Person) -> dt.date:
    """Return the last day in service: the end of the month in which the age is reached."""
    assert person.birth_date is not None  # noqa: S101 - everybody here has one
    return add_months(person.birth_date, RETIREMENT_AGE[person.gender])


class Registry:
    """Makes people; the same random gives the same people."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._rare = list(RARE)
        self._taken: dict[str, int] = {}
        self._serial = 0

    def staff_number(self, year: int) -> str:
        """Return the next staff number of the year somebody came."""
        self._taken[str(year)] = self._taken.get(str(year), 0) + 1
        return f"{year}{self._taken[str(year)]:04d}"

    def colleague(self, *, born: int, gender: str, came_on: dt.date, post: str, last_month: int = 12) -> Person:
        """Make a member of staff, born not after the month."""
        random = self.random
        birth = dt.date(born, random.randint(1, last_month), random.randint(1, 28))
        rare = next((name for name, of in self._rare if of == gender), None) if random.random() < 0.02 else None
        if rare:
            self._rare = [pair for pair in self._rare if pair[0] != rare]
        name = rare or invent(random, gender=gender)
        category = PostCategory(post) if random.random() < 0.85 else PostCategory.MANAGEMENT
        age = came_on.year + random.randint(0, 12) - born
        work = max(dt.date(born + 22, 7, 1), dt.date(came_on.year - random.choice((0, 0, 0, 3, 6)), 7, 1))
        person = self._person(name, kind=PersonKind.STAFF, gender=gender, birth_date=birth)
        person.staff_number = self.staff_number(came_on.year)
        person.employment = random.choice(HIRED_AS)
        person.post_category = category
        person.professional_title = next(title for title, least in TITLES[category] if age >= least)
        person.ethnicity = random.choice(ETHNICITIES)
        person.political_status = random.choice(PARTIES)
        person.first_work_on = min(work, came_on)
        person.teaching_since = person.first_work_on if category == PostCategory.TEACHER else None
        person.employed_on = came_on
        person.marital_state = MaritalState.MARRIED if age > 30 else MaritalState.SINGLE
        self._serial += 1
        person.mobile = f"1990000{self._serial:04d}"
        person.identity_number = self._identity(birth, gender)
        person.bank_card = self._card()
        person.bank_name = random.choice(("星湖银行", "湖畔农商银行"))
        return person

    def relative(self, *, gender: str, born: int) -> Person:
        """Make somebody outside the college."""
        birth = dt.date(born, self.random.randint(1, 12), self.random.randint(1, 28))
        return self._person(invent(self.random, gender=gender), kind=PersonKind.KIN, gender=gender, birth_date=birth)

    def _person(self, name: str, **fields: object) -> Person:
        search, pinyin, strokes = keys_of(name)
        return Person(name=name, search_key=search, pinyin_key=pinyin, stroke_key=strokes, **fields)

    def _identity(self, birth: dt.date, gender: str) -> str:
        """Return a valid number nobody has: its first six digits name a province, which issues none itself."""
        odd = 1 if gender == Gender.MALE else 0
        digits = f"110000{birth:%Y%m%d}{self._serial * 2 % 1000 // 2 * 2 + odd:03d}"
        total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
        return digits + "10X98765432"[total % 11]

    def _card(self) -> str:
        """Return a number with a right check digit under a prefix that no bank has."""
        digits = f"620000{self._serial:012d}"
        total = 0
        for place, digit in enumerate(reversed(digits)):
            value = int(digit) * (2 if place % 2 == 0 else 1)
            total += value - 9 if value > 9 else value
        return digits + str(-total % 10)
