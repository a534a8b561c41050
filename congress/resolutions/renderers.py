"""会议纪要 as PDF in official layout: attendance, agenda with votes, resolutions, and the officer's words."""

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from congress.elections.models import Election
from congress.elections.services import outcomes
from congress.resolutions.services import Item, Part, parts
from congress.sessions.enums import AgendaKind, AgendaOutcome
from congress.sessions.models import AgendaItem, Session
from congress.voting.enums import BallotMethod
from congress.voting.models import Ballot
from union_portal.base.paper import PaperResult, render
from union_portal.base.paper.blocks import Block, chapters, day_in_words, paragraph, paragraphs, table

_DID = {
    AgendaKind.HEAR: "听取",
    AgendaKind.REVIEW: "审议",
    AgendaKind.PASS: "审议并表决",
    AgendaKind.ELECT: "选举",
    AgendaKind.OTHER: "其他事项",
}
_BECAME = {
    AgendaOutcome.PENDING: "未作决定",
    AgendaOutcome.HEARD: "会议听取了该报告",
    AgendaOutcome.REVIEWED: "会议审议了该议题",
    AgendaOutcome.PASSED: "会议通过",
    AgendaOutcome.LOST: "会议未予通过",
    AgendaOutcome.WITHDRAWN: "撤下议程",
}
# Words with which the title of an election says by itself what is done.
_ELECTS = ("选举", "补选", "增选", "改选")


def minutes(*, session: Session, union: str) -> PaperResult:
    """Return the minutes of a session as they stand; votes not yet confirmed are left out."""
    title = f"{session.title.removesuffix('会议')}会议纪要"
    html = render_to_string("annual_report/reports/paper.html", context(session=session, union=union, title=title))
    return render(html, title=title, created=timezone.now(), stylesheet="gongwen", archival=False)


def context(*, session: Session, union: str, title: str) -> dict[str, Any]:
    """Return the paper's parts as `paper/report.html` takes them."""
    found = parts(session=session)
    told: list[tuple[str, list[Block]]] = [("会议概况", list(_opening(session, found)))]
    for part in found:
        name = f"（{part.sitting.congress}）" if len(found) > 1 else ""
        done = [block for number, item in enumerate(part.items, start=1) for block in _item(number, item)]
        done += [block for one in part.elections for block in _election(one)]
        told.append((f"议程及表决结果{name}", done or [paragraph("未记录议程。")]))
    adopted = [
        block
        for part in found
        for one in part.resolutions
        for block in (paragraph(f"{_marked(one.title)}（{day_in_words(one.adopted_on)}通过）"), *paragraphs(one.text))
    ]
    told += [("会议决议", adopted), ("会议记录", list(paragraphs(session.minutes)))]
    today = day_in_words(timezone.localdate())
    return {"title": title, "chapters": chapters(told), "signer": union, "signed_on": today}


def _marked(title: str) -> str:
    """Return a title in 书名号, once: its own marks stay, and become single ones inside (GB/T 15834)."""
    if title.startswith("《"):
        return title
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def _opening(session: Session, found: tuple[Part, ...]) -> Iterator[Block]:
    until = f"至{day_in_words(session.ends_on)}" if session.ends_on and session.ends_on != session.convened_on else ""
    place = f"在{session.place}" if session.place else ""
    yield paragraph(f"{day_in_words(session.convened_on)}{until}，{session.title}{place}召开。")
    chairs = [one.person.name for one in session.presidium.select_related("person") if one.post == "executive"]
    if chairs:
        yield paragraph(f"大会执行主席：{'、'.join(chairs)}。")
    for part in found:
        sitting = part.sitting
        if sitting.due is None:
            continue
        words = f"{sitting.congress}应到代表{sitting.due}人"
        words += f"，实到{sitting.present}人" if sitting.present is not None else ""
        words += f"，请假{part.excused}人" if part.excused else ""
        words += f"，列席{part.sitting_in}人" if part.sitting_in else ""
        met = sitting.present is not None and sitting.present >= sitting.congress.quorum_of(sitting.due)
        yield paragraph(f"{words}，{'达到' if met else '未达到'}规定的到会人数（{sitting.congress.quorum_in_words}）。")
    if session.recorded:
        yield paragraph(f"（本次会议为事后补录，来源：{session.source}。）")


def _became(item: AgendaItem) -> str:
    if item.kind == AgendaKind.ELECT and item.outcome in {AgendaOutcome.PASSED, AgendaOutcome.LOST}:
        return "选举结束" if item.outcome == AgendaOutcome.PASSED else "未选出"
    return _BECAME[AgendaOutcome(item.outcome)]


def _item(number: int, entry: Item) -> Iterator[Block]:
    item = entry.item
    presenter = f"（{item.presenter}）" if item.presenter else ""
    said = _DID[AgendaKind(item.kind)]
    if item.kind == AgendaKind.ELECT:
        words = item.title if item.title.startswith(_ELECTS) else f"{said}{item.title}"
    else:
        words = f"{said}{_marked(item.title)}"
    yield paragraph(f"{number}．{words}{presenter}。{_became(item)}。")
    if entry.ballot is not None:
        yield paragraph(_ballot(entry.ballot))
    for election in entry.elections:
        yield from _election(election)


def _ballot(ballot: Ballot) -> str:
    method = "举手表决" if ballot.method == BallotMethod.HANDS else "票决"
    return (
        f"{method}：应到{ballot.due}人，实到{ballot.present}人，{_papers(ballot, '表决票')}"
        f"赞成{ballot.votes_for}票，反对{ballot.votes_against}票，弃权{ballot.abstained}票；"
        f"须{ballot.needed}票以上赞成方为通过。{_counters(ballot)}"
    )


def _papers(sheet: Any, name: str) -> str:
    """Return what became of the papers; nothing of a show of hands, or where the source does not say."""
    if sheet.method == BallotMethod.HANDS or sheet.handed_out is None:
        return ""
    return f"发出{name}{sheet.handed_out}张，收回{sheet.returned}张，其中有效票{sheet.valid}张，无效票{sheet.void}张；"


def _counters(sheet: Any) -> str:
    names = [
        f"{word}：{person.name}"
        for word, person in (("计票人", sheet.teller), ("监票人", sheet.scrutineer))
        if person is not None
    ]
    return f"{'，'.join(names)}。" if names else ""


def _election(election: Election) -> Iterator[Block]:
    which = "（再次选举）" if election.first_round_id else ""
    found = outcomes.outcome_of(election)
    elects = "得票多者当选" if election.by_most_votes else f"须{election.needed}票以上方能当选"
    names = "、".join(one.person.name for one in sorted(found.elected, key=lambda one: one.person.stroke_key))
    yield paragraph(
        f"选举{election.committee}{which}：应到{election.due}人，实到{election.present}人，"
        f"应选{election.seats}名，{_papers(election, '选票')}{elects}。{_counters(election)}"
    )
    yield table(
        "得票情况",
        "票",
        ["姓名", "得票", "结果"],
        [
            [
                (f"{one.person.name}{'（另选人）' if one.written_in else ''}", "left"),
                (str(one.votes), "number"),
                ("当选" if one.elected else "", "left"),
            ]
            for one in election.candidates.all()
        ],
    )
    yield paragraph(f"当选（按姓氏笔画为序）：{names}。" if names else "无人当选。")
    if election.left_open:
        yield paragraph(f"空缺{election.left_open}名，不再选举。")
    if election.approved_on is not None:
        yield paragraph(f"上级工会于{day_in_words(election.approved_on)}批复（{election.approval_document}）。")
