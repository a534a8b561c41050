"""What the congress did, as facts of one form: kind, part, day, and what is counted once."""

import datetime as dt
from collections.abc import Sequence

from django.db import connection
from django.utils import timezone

from congress.figures.report.vocabulary import COUNTED, DELEGATES, split
from members.totals.report import Summaries
from union_portal.base.figures import FigureRequest
from union_portal.base.sql import values

# A title as committees and agendas write it, without book marks and blanks; YEARLY also without its year.
_TITLE = r"regexp_replace({}, '[《》\s]', '', 'g')"
_YEARLY = r"regexp_replace({}, '[《》\s]|\d{{4}}([—–-]\d{{4}})?(学年|年度|年)?', '', 'g')"
# Filed proposals with their last reply that was sent, and how it was rated.
PROPOSAL_FACTS = """
    SELECT p.id, s.convened_on AS day, c.body, p.outcome, p.recorded, p.due_on, r.id IS NOT NULL AS answered, r.grade,
           p.round > r.round AS again, EXISTS (
               SELECT 1 FROM congress_reply l WHERE l.proposal_id = p.id AND l.state = 'sent'
               AND (l.sent_at AT TIME ZONE 'Asia/Shanghai')::date > coalesce(l.due_on, p.due_on)
           ) AS late
    FROM congress_proposal p
    JOIN congress_proposaldrive d ON d.id = p.drive_id
    JOIN congress_session s ON s.id = d.session_id
    JOIN congress_congress c ON c.id = p.congress_id AND c.branch_id IS NULL
    LEFT JOIN LATERAL (
        SELECT r.id, r.round, g.grade
        FROM congress_reply r LEFT JOIN congress_rating g ON g.reply_id = r.id
        WHERE r.proposal_id = p.id AND r.state = 'sent'
        ORDER BY r.round DESC LIMIT 1
    ) r ON p.outcome = 'filed'
    WHERE p.submitted_at IS NOT NULL AND p.outcome <> 'late'
"""
_DUE = "p.outcome = 'filed' AND p.due_on IS NOT NULL AND (p.answered OR p.due_on < %s)"
STANDING = {
    "collected": "true",
    "reviewed": "p.outcome IN ('filed', 'passed_on', 'declined')",
    "filed": "p.outcome = 'filed'",
    "passed_on": "p.outcome = 'passed_on'",
    "declined": "p.outcome = 'declined'",
    "merged": "p.outcome = 'merged'",
    "withdrawn": "p.outcome = 'withdrawn'",
    "undecided": "p.outcome = '' AND NOT p.recorded",
    "answered": "p.answered",
    "due": _DUE,
    # Every reply in time, and no second one overdue.
    "on_time": "p.due_on IS NOT NULL AND p.answered AND NOT p.late AND NOT (p.again AND p.due_on < %s)",
    "satisfied": "p.grade = 'satisfied'",
    "basically": "p.grade = 'basically'",
    "dissatisfied": "p.grade = 'dissatisfied'",
    "unrated": "p.answered AND p.grade IS NULL",
}
_AGENDA = """
    SELECT '{kind}.' || i.outcome AS kind, '' AS part, s.convened_on AS day, {item} AS item
    FROM congress_agendaitem i JOIN congress_sitting t ON t.id = i.sitting_id
    JOIN congress_session s ON s.id = t.session_id
    JOIN congress_congress c ON c.id = t.congress_id AND c.branch_id IS NULL
    WHERE i.outcome IN ('heard', 'reviewed', 'passed')
"""
_FACTS = (
    """
    SELECT CASE WHEN c.branch_id IS NULL THEN 'sessions' ELSE 'branch_sessions' END AS kind, c.body AS part,
           s.convened_on AS day, s.id::text AS item
    FROM congress_session s JOIN congress_sitting t ON t.session_id = s.id JOIN congress_congress c
         ON c.id = t.congress_id
    WHERE t.state IN ('open', 'closed')
    """,
    _AGENDA.format(kind="agenda", item="s.id || ' ' || " + _TITLE.format("i.title")),
    _AGENDA.format(kind="titles", item=_YEARLY.format("i.title")),
    *(
        f"SELECT 'proposals.{name}', p.body, p.day, p.id::text FROM proposals p WHERE {condition}"  # noqa: S608
        for name, condition in STANDING.items()
    ),
    "SELECT 'suggestions', source, collected_on, id::text FROM congress_suggestion",
    "SELECT 'suggestions_answered', source, answered_on, id::text FROM congress_suggestion WHERE state = 'answered'",
    """
    SELECT 'suggestions_published', source, answered_on, id::text FROM congress_suggestion
    WHERE state = 'answered' AND published
    """,
    # What was passed on or came late is counted beside: it stayed a proposal.
    """
    SELECT 'suggestions', outcome, (submitted_at AT TIME ZONE 'Asia/Shanghai')::date, 'p' || id
    FROM congress_proposal WHERE outcome IN ('passed_on', 'late')
    """,
    """
    SELECT 'suggestions_answered', outcome, answered_on, 'p' || id
    FROM congress_proposal WHERE state = 'advised'
    """,
    "SELECT 'suggestion_drives', '', opens_on, id::text FROM congress_suggestiondrive",
    "SELECT 'inspections', '', held_on, id::text FROM congress_inspection",
    """
    SELECT 'meetings', o.kind, m.held_on, m.id::text
    FROM congress_meeting m JOIN congress_committee o ON o.id = m.committee_id AND o.branch_id IS NULL
    """,
    f"""
    SELECT 'documents', o.kind, m.held_on, {_TITLE.format("d.title")}
    FROM congress_revieweddocument d JOIN congress_meeting m ON m.id = d.meeting_id
    JOIN congress_committee o ON o.id = m.committee_id AND o.branch_id IS NULL
    """,  # noqa: S608
    """
    SELECT CASE act WHEN 'repealed' THEN 'regulations_repealed' ELSE 'regulations' END, act, "on", regulation_id::text
    FROM congress_regulationversion
    """,
    "SELECT 'awards', kind, awarded_on, id::text FROM congress_award",
)
_TODAYS = sum(fact.count("%s") for fact in _FACTS)
FACTS = " UNION ALL ".join(_FACTS)


def count_facts(requests: Sequence[FigureRequest], summaries: Summaries) -> dict[int, int]:
    """Count what each request asks for, without what a counted summary contains; one query."""
    asked, parameters = values(
        [
            (number, *split(kind), request.period.start, request.period.end)
            for number, request in enumerate(requests)
            for kind in request.kinds
            if split(kind)[0] in COUNTED
        ],
        types=["int", "text", "text", "date", "date"],
    )
    if not parameters:
        return {}
    covered, more = values(
        [(row.request, *split(row.kind), row.start, row.end) for row in summaries.covered() if row.measure == "times"],
        types=["int", "text", "text", "date", "date"],
    )
    sql = f"""
        WITH asked(n, kind, part, first, last) AS ({asked}), covered(n, kind, part, first, last) AS ({covered}),
        proposals AS MATERIALIZED ({PROPOSAL_FACTS}), facts AS ({FACTS})
        SELECT a.n, count(DISTINCT f.item)
        FROM asked a JOIN facts f ON f.kind = a.kind AND a.part IN ('', f.part) AND f.day BETWEEN a.first AND a.last
        WHERE NOT EXISTS (SELECT 1 FROM covered c WHERE c.n = a.n AND c.kind = f.kind AND c.part IN ('', f.part)
                          AND f.day BETWEEN c.first AND c.last)
        GROUP BY a.n
    """  # noqa: S608 -- only fixed text is put together, every value is a parameter
    today = timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, *more, *[today] * _TODAYS])
        return dict(cursor.fetchall())


def count_delegates(requests: Sequence[FigureRequest]) -> dict[int, int]:
    """Count the people with a vote on the last day of each request; one query, none when nobody asks."""
    days: list[tuple[int, str, dt.date]] = [
        (number, split(kind)[1], request.period.end)
        for number, request in enumerate(requests)
        for kind in request.kinds
        if split(kind)[0] == DELEGATES
    ]
    if not days:
        return {}
    asked, parameters = values(days, types=["int", "text", "date"])
    sql = f"""
        WITH asked(n, part, day) AS ({asked})
        SELECT a.n, count(DISTINCT m.person_id)
        FROM asked a JOIN congress_delegate m ON m.seat = 'delegate' AND m.valid_from <= a.day
             AND (m.valid_to IS NULL OR m.valid_to >= a.day)
        JOIN congress_congress c ON c.id = m.congress_id AND c.branch_id IS NULL AND a.part IN ('', c.body)
        GROUP BY a.n
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return dict(cursor.fetchall())
