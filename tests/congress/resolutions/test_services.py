"""Votes and surveys over HTTP: who sees them, who may confirm, what a stranger gets, how many queries a list costs."""

from typing import Any

import pytest
from django.utils import timezone

from congress.resolutions import services as resolutions
from congress.resolutions.renderers import context
from congress.sessions.enums import AgendaKind
from congress.voting.services import ballots
from tests.factories import attendance, bodies, sessions
from tests.factories.voting import counted_ballot


def test_the_minutes_tell_attendance_votes_and_resolutions_and_leave_out_what_is_not_confirmed() -> None:
    officer = bodies.officer()
    ballot = counted_ballot(actor=officer)
    sitting = ballot.item.sitting
    said = text_of(sitting.session)
    assert "赞成5票" not in said
    ballots.confirm(sheet=ballot, actor=bodies.officer(), signed_sheet="1号")
    ballot.item.refresh_from_db()
    resolutions.adopt_resolution(sitting=sitting, item=ballot.item, title="关于绩效办法的决议", text="会议同意。")
    resolutions.write_minutes(session=sitting.session, text="代表们认真讨论。")
    sitting.session.refresh_from_db()
    said = text_of(sitting.session)
    for words in ("应到代表9人，实到9人", "赞成5票，反对4票", "关于绩效办法的决议", "代表们认真讨论。"):
        assert words in said
    assert timezone.localdate().strftime("%Y年") in said


def text_of(session: Any) -> str:
    found = context(session=session, union="某学院工会", title="会议纪要")
    return "\n".join(str(chapter) for chapter in found["chapters"]) + str(found["signed_on"])


def test_the_minutes_name_a_title_with_its_own_marks_once_and_a_by_election_by_its_own_word() -> None:
    from congress.resolutions.renderers import _marked  # noqa: PLC0415

    assert _marked("《考核办法》（修订）") == "《考核办法》（修订）"
    assert _marked("关于通过《考核办法》的决议") == "《关于通过〈考核办法〉的决议》"
    assert _marked("学校工作报告") == "《学校工作报告》"
    one = attendance.sitting(due=9)
    item = sessions.item(one, kind=AgendaKind.ELECT)
    item.title = "补选工会委员会委员"
    item.save()
    said = text_of(one.session)
    assert "补选工会委员会委员" in said
    assert "选举补选" not in said


def test_a_resolution_needs_an_item_that_was_passed() -> None:
    from union_portal.base.errors import Refused  # noqa: PLC0415

    one = attendance.sitting(due=6)
    item = sessions.item(one, kind=AgendaKind.PASS)
    with pytest.raises(Refused):
        resolutions.adopt_resolution(sitting=one, item=item, title="x", text="x")


pytestmark = pytest.mark.django_db
