"""Cases of a year, entered, approved and paid one by one; those of a term besides, as the lists of earlier years."""

import datetime as dt
from decimal import Decimal

from tests.factories import members, rules
from tests.factories import rounds as welfare
from tests.seeds.facts import Fact
from union_portal.base.periods import Period
from welfare.cases import services as cases
from welfare.cases.services import Told
from welfare.grants.models import Grant
from welfare.life_events.enums import EventKind

# What happened, to whom, how many, yuan each.
OF_2022 = (
    *((EventKind.RETIREMENT, "", 12, 500), (EventKind.WEDDING, "", 8, 500), (EventKind.BIRTH, "", 4, 1000)),
    *((EventKind.HOSPITAL, "", 6, 500), (EventKind.DEATH, "parent", 8, 500)),
)
YEAR, DISASTER, TERM = Period.year(2022), Period.year(2023), Period(dt.date(2019, 1, 1), dt.date(2024, 12, 31))
# The rest of the term.
RETIRED, ILL = 40 - 12, 131 - 6
FACTS = (
    Fact("002-18", "welfare.retirement", "慰问当年退休教职工12人", YEAR, 12, heads=12, times=12),
    Fact("002-19", "welfare.wedding", "新婚慰问8人，每份500元", YEAR, 8, heads=8, times=8),
    Fact("002-20", "welfare.birth", "生育慰问4人，每份1000元", YEAR, 4, heads=4, times=4, amount="4000"),
    Fact("002-21", "welfare.hospital", "慰问因病住院会员6人", YEAR, 6, heads=6, times=6),
    Fact("002-22", "welfare.bereavement", "慰问痛失亲人的会员8人", YEAR, 8, heads=8, times=8),
    Fact(
        "003-23",
        "welfare.retirement",
        "慰问当年退休教职工40人，合计2万元",
        TERM,
        40,
        heads=40,
        times=40,
        amount="20000",
    ),
    Fact("003-32", "welfare.hospital", "131人次，合计6.55万元", TERM, 131, times=131, amount="65500"),
    Fact("004-97", "welfare.disaster", "慰问突遭变故的家庭1人", DISASTER, 1, heads=1, times=1),
)


def enter() -> None:
    """Enter the cases of 2022 and one disaster through the office, those of the term's other years as recorded."""
    officer, chair, treasurer, fund = welfare.officer(), welfare.chair(), welfare.treasurer(), welfare.fund()
    people = [members.member(on=dt.date(2015, 1, 1)) for _number in range(max(RETIRED + 12, 60))]

    def given(kind: EventKind, number: int, day: dt.date, yuan: int, relation: str = "") -> None:
        told = Told(
            person=people[number], kind=kind, relation=relation, occurred_on=day, granted_on=day, amount=Decimal(yuan)
        )
        said = cases.Beside(reason="核实", document="纪要1号")
        made: Grant = cases.register(told=told, actor=officer, reported=False, beside=said)
        cases.approve(subject=made, actor=chair, warnings_seen=True)
        cases.pay(subject=made, fund=fund, on=day, actor=treasurer)

    for kind, relation, heads, yuan in OF_2022:
        for number in range(heads):
            given(kind, number, dt.date(2022, 1 + number % 12, 9), yuan, relation)
    given(EventKind.DISASTER, 50, dt.date(2023, 7, 20), 2000)
    for number in range(RETIRED):
        rules.given(people[12 + number], f"{2019 + 4 * (number % 2)}-06-30", "500", code="retirement")
    for number in range(ILL):
        rules.given(
            people[number % 60], f"{(2019, 2020, 2023)[number // 60]}-05-{1 + number % 28:02}", "500", code="hospital"
        )
