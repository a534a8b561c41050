"""What the register counts: what began or ended in a period, who and what there is on a day, and the rows behind."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Q

from members.branches.enums import BranchKind
from members.branches.models import Branch, Term
from members.memberships.enums import MembershipEnd, MembershipStart
from members.memberships.models import Membership
from members.totals.report import Summaries
from union_portal.base.figures import Figure, FigureKind, FigureRequest, FigureSource, Rows
from union_portal.base.sql import values

# Kinds counted over a period: label, the column that says how, its words, the date, and that in words.
_EVENTS = (
    ("joined", "入会", "began_by", (MembershipStart.JOINED,), "入会登记，按入会日期计"),
    ("transferred_in", "转入", "began_by", (MembershipStart.TRANSFERRED_IN,), "会籍转入，按转入日期计"),
    ("transferred_out", "转出", "ended_by", (MembershipEnd.TRANSFERRED_OUT,), "会籍转出，按转出日期计"),
    ("retired", "会员退休", "ended_by", (MembershipEnd.RETIRED,), "退休会籍变动，按退休日期计"),
    ("left", "退会", "ended_by", (MembershipEnd.LEFT, MembershipEnd.EXPELLED), "退会登记，按退会日期计"),
    ("deceased", "会员去世", "ended_by", (MembershipEnd.DECEASED,), "会籍终止，按去世日期计"),
)
_DAYS = {"began_by": "valid_from", "ended_by": "valid_to"}
EVENTS = {f"members.{name}": (by, ways, basis) for name, _label, by, ways, basis in _EVENTS}
# A kind made of others: newcomers are those who joined and those who transferred in.
TOGETHER = {"members.new": ("members.joined", "members.transferred_in")}
# Kinds counted on the last day of the period, as a condition on the person or the branch.
PEOPLE_ON: dict[str, dict[str, str]] = {
    "members.total": {"m.state": "active"},
    "members.women": {"m.state": "active", "p.gender": "female"},
    "members.teachers": {"m.state": "active", "p.post_category": "teacher"},
    "members.retained": {"m.state": "retained"},
}
BRANCHES_ON = {"members.branches": BranchKind.BRANCH, "members.direct_groups": BranchKind.DIRECT_GROUP}
TERMS = "members.elections"

KINDS = (
    FigureKind("members.total", "会员", "人", as_of=True),
    FigureKind("members.women", "女会员", "人", as_of=True),
    FigureKind("members.teachers", "教师会员", "人", as_of=True),
    FigureKind("members.retained", "保留会籍", "人", as_of=True),
    FigureKind("members.branches", "分工会", "个", as_of=True),
    FigureKind("members.direct_groups", "直属工会小组", "个", as_of=True),
    FigureKind("members.new", "新会员（入会及转入）", "人"),
    *(FigureKind(f"members.{name}", label, "人") for name, label, *_rest in _EVENTS),
    FigureKind(TERMS, "分工会换届", "个"),
)
_LABELS = {kind.key: kind for kind in KINDS}


def _any_of(ways: Iterable[str]) -> str:
    return ", ".join(f"'{way}'" for way in ways)


_FACTS = " UNION ALL ".join(
    [
        f"SELECT '{kind}'::text AS kind, person_id, {_DAYS[by]} AS day FROM members_membership"  # noqa: S608
        f" WHERE {by} IN ({_any_of(ways)})"
        for kind, (by, ways, _basis) in EVENTS.items()
    ]
    + [f"SELECT '{TERMS}', NULL, began_on FROM members_term"]  # noqa: S608
)
_WHEN_PEOPLE = " ".join(
    f"WHEN '{kind}' THEN " + " AND ".join(f"{column} = '{value}'" for column, value in wanted.items())
    for kind, wanted in PEOPLE_ON.items()
)
_WHEN_BRANCHES = " ".join(f"WHEN '{kind}' THEN b.kind = '{value}'" for kind, value in BRANCHES_ON.items())


def _parts(kinds: Iterable[str]) -> set[str]:
    return {part for kind in kinds for part in TOGETHER.get(kind, (kind,))}


def _count_events(requests: Sequence[FigureRequest], summaries: Summaries) -> dict[int, tuple[int, int]]:
    asked, parameters = values(
        [
            (number, kind, request.period.start, request.period.end)
            for number, request in enumerate(requests)
            for kind in sorted(_parts(request.kinds))
        ],
        types=["int", "text", "date", "date"],
    )
    covered, more = values(
        [
            (row.request, part, row.start, row.end, row.measure)
            for row in summaries.covered()
            for part in sorted(_parts([row.kind]))
        ],
        types=["int", "text", "date", "date", "text"],
    )
    contained = (
        "EXISTS (SELECT 1 FROM covered c WHERE c.n = a.n AND c.kind = a.kind"
        " AND f.day BETWEEN c.first AND c.last AND c.measure = '{measure}')"
    )
    sql = f"""
        WITH asked(n, kind, first, last) AS ({asked}), covered(n, kind, first, last, measure) AS ({covered}),
        facts AS ({_FACTS})
        SELECT a.n,
               count(DISTINCT f.person_id) FILTER (WHERE NOT {contained.format(measure="heads")}),
               count(*) FILTER (WHERE NOT {contained.format(measure="times")})
        FROM asked a JOIN facts f ON f.kind = a.kind AND f.day BETWEEN a.first AND a.last
        GROUP BY a.n
    """  # noqa: S608 -- only fixed text is put together, every value is a parameter
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, *more])
        return {number: (heads, times) for number, heads, times in cursor.fetchall()}


def _count_days(requests: Sequence[FigureRequest]) -> dict[int, int]:
    asked, parameters = values(
        [
            (number, kind, request.period.end)
            for number, request in enumerate(requests)
            for kind in request.kinds
            if _LABELS[kind].as_of
        ],
        types=["int", "text", "date"],
    )
    sql = f"""
        WITH asked(n, kind, day) AS ({asked})
        SELECT a.n, count(DISTINCT p.id)
        FROM asked a JOIN members_membership m ON m.valid_from <= a.day AND (m.valid_to IS NULL OR m.valid_to >= a.day)
        JOIN members_person p ON p.id = m.person_id
        WHERE CASE a.kind {_WHEN_PEOPLE} ELSE false END
        GROUP BY a.n
        UNION ALL
        SELECT a.n, count(DISTINCT b.id)
        FROM asked a JOIN members_branch b ON (b.founded_on IS NULL OR b.founded_on <= a.day)
             AND (b.dissolved_on IS NULL OR b.dissolved_on > a.day)
        WHERE CASE a.kind {_WHEN_BRANCHES} ELSE false END
        GROUP BY a.n
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return dict(cursor.fetchall())


def count(requests: Sequence[FigureRequest]) -> list[Figure]:
    """Answer requests for the register's kinds; always three queries."""
    summaries = Summaries(requests)
    events = _count_events(requests, summaries)
    days = _count_days(requests)
    figures = []
    for number, request in enumerate(requests):
        kind = _LABELS[request.kinds[0]]
        if kind.as_of:
            figure = _on_a_day(request, kind, days.get(number, 0))
        else:
            heads, times = events.get(number, (0, 0))
            figure = Figure(
                key=request.key,
                label=request.label or str(kind.label),
                kinds=request.kinds,
                period=request.period,
                heads=None if kind.key == TERMS else heads,
                times=times,
                unit=kind.unit,
                basis=_basis(request),
            )
        figures.append(summaries.add(number, figure))
    return figures


def _on_a_day(request: FigureRequest, kind: FigureKind, number: int) -> Figure:
    people = kind.unit == "人"
    return Figure(
        key=request.key,
        label=request.label or str(kind.label),
        kinds=request.kinds,
        as_of=request.period.end,
        heads=number if people else None,
        times=None if people else number,
        unit=kind.unit,
        basis=f"{'会籍登记' if people else '组织登记'}，截至{request.period.end:%Y-%m-%d}",
    )


def _basis(request: FigureRequest) -> str:
    if request.kinds[0] == TERMS:
        return "换届登记，按届期开始日期计"
    return "；".join(EVENTS[part][2] for part in sorted(_parts(request.kinds)) if part in EVENTS)


def rows(request: FigureRequest) -> Rows:
    """Return the memberships, terms or branches that the figure counted."""
    kind = request.kinds[0]
    start, end = request.period.start, request.period.end
    if kind in BRANCHES_ON:
        branches = Branch.objects.standing(on=end).filter(kind=BRANCHES_ON[kind])
        return Rows(("编码", "名称", "成立日期"), branches.values_list("code", "name", "founded_on"))
    if kind == TERMS:
        terms = Term.objects.filter(began_on__range=(start, end)).order_by("began_on", "branch__code")
        return Rows(
            ("分工会", "编号", "开始", "结束"),
            terms.values_list("branch__name", "number", "began_on", "ends_on"),
        )
    episodes = Membership.objects.order_by("person__pinyin_key", "person__staff_number")
    if kind in PEOPLE_ON:
        paths = {"m.": "", "p.": "person__"}
        wanted = {paths[column[:2]] + column[2:]: value for column, value in PEOPLE_ON[kind].items()}
        held = episodes.in_force(on=end).filter(**wanted)
        return Rows((*_PERSON, "起始日期"), held.values_list("person__staff_number", "person__name", "valid_from"))
    asked = Q(pk=None)
    for by, ways, _basis in (EVENTS[part] for part in _parts(request.kinds) if part in EVENTS):
        asked |= Q(**{f"{by}__in": ways, f"{_DAYS[by]}__range": (start, end)})
    return Rows(
        (*_PERSON, "起始日期", "终止日期", "转入（转出）单位"),
        episodes.filter(asked).values_list(
            "person__staff_number", "person__name", "valid_from", "valid_to", "counterpart"
        ),
    )


SOURCE = FigureSource(app="members", kinds=lambda: KINDS, count=count, rows=rows)
_PERSON = ("工号", "名称")
