"""The shipped outlines: what they quote is counted, and facts of real reports that the portal knows have a place."""

import pytest

from union_portal.annual_report.outlines.services.shipped import Section
from union_portal.annual_report.outlines.services.starting import SHIPPED
from union_portal.base import figures
from union_portal.base.figures import sentences

pytestmark = pytest.mark.django_db
SECTIONS = [
    (style, section)
    for style, shipped in SHIPPED.items()
    for chapter in shipped.chapters
    for section in chapter.sections
]
# Facts of the register, the congress and the common benefits in five real reports, by their numbers there, and what
# tells each: figures that a paragraph quotes.
FACTS = {
    ("000-7", "001-5", "001-14", "002-8", "003-5", "004-24", "004-83"): "congress.sessions",
    ("000-8", "001-6", "003-6"): "congress.agenda.heard",
    ("004-25",): "congress.agenda.reviewed",
    ("000-41", "001-7", "001-15", "003-7"): "congress.agenda.passed",
    ("001-9",): "congress.proposals.collected",
    ("001-11", "003-9"): "congress.proposals.filed",
    ("004-28",): "congress.proposals.filed.staff",
    ("004-29",): "congress.proposals.filed.union",
    ("001-12",): "congress.proposals.passed_on",
    ("001-13", "003-10"): "congress.proposals.satisfied",
    ("003-11",): "congress.proposals.basically",
    ("003-12",): "congress.proposals.dissatisfied",
    ("003-8", "004-30"): "congress.proposals.answered",
    ("003-14",): "congress.proposals.reply_rate",
    ("003-15",): "congress.proposals.satisfaction_rate",
    ("004-27",): "congress.awards.proposal",
    ("004-27b",): "congress.awards.department",
    ("003-45",): "congress.suggestions",
    ("004-31",): "congress.suggestions_answered",
    ("004-34",): "congress.suggestion_drives",
    ("004-32",): "congress.inspections",
    ("004-89",): "congress.meetings.union",
    ("004-33", "004-90"): "congress.meetings.executive",
    ("004-92",): "congress.meetings.proposal",
    ("004-91",): "congress.documents",
    ("002-7", "003-22"): "congress.regulations",
    ("003-70",): "congress.regulations_in_force",
    ("000-9", "000-42", "000-43"): "congress.elections",
    ("000-9b",): "congress.committees_formed",
    ("000-9c",): "members.union_elections",
    ("001-8",): "congress.by_elections",
    ("001-8b",): "members.by_elections",
    ("004-36",): "welfare.festivals_held.other",
    ("004-93",): "members.joined_outside",
    ("001-10",): "congress.proposals.reviewed",
    ("002-9", "002-23"): "members.new",
    ("001-16",): "members.elections",
    ("003-54",): "members.branches",
    ("003-57",): "members.direct_groups",
    ("001-45", "003-27", "004-74"): "welfare.festival",
    ("002-11",): "welfare.festival.spring",
    ("002-24",): "welfare.festival.mid_autumn",
    ("000-11", "001-46", "002-14", "002-15", "003-26", "004-73"): "welfare.birthday",
    ("002-19", "004-71"): "welfare.wedding",
    ("000-15", "002-20"): "welfare.birth",
    ("000-14", "001-44", "002-21", "003-32", "003-33"): "welfare.hospital",
    ("000-17", "002-22", "003-30"): "welfare.bereavement",
    ("004-71b",): "welfare.death",
    ("001-55", "001-56", "001-57"): "welfare.donations",
    ("003-41",): "welfare.services.child_schooling",
    ("004-60",): "welfare.services.child_schooling.middle",
    ("004-61",): "welfare.services.child_schooling.high",
    ("004-62", "004-63"): "welfare.services.consultation",
    ("004-96",): "welfare.services.housing",
    ("003-28", "004-54"): "welfare.assistance",
    ("004-53",): "welfare.assistance_plans",
    ("004-23",): "welfare.group_buys.group_buy",
    ("004-87",): "welfare.group_buys.fair",
    ("000-34", "002-18"): "welfare.retirement",
    ("000-22", "001-48", "002-16", "002-17", "003-34", "003-35"): "welfare.cover",
    ("003-37",): "welfare.claims",
    ("003-38",): "welfare.claims_paid",
}


@pytest.mark.parametrize("key", FACTS.values(), ids=["、".join(ids) for ids in FACTS])
def test_a_paragraph_of_each_outline_carries_the_fact(key: str) -> None:
    for style, shipped in SHIPPED.items():
        texts = [text for chapter in shipped.chapters for section in chapter.sections for text in section.paragraphs]
        assert any(key in sentences.quoted(text) for text in texts), style


@pytest.mark.parametrize(("style", "section"), SECTIONS, ids=[f"{style} {one.heading}" for style, one in SECTIONS])
def test_what_the_outlines_quote_is_counted(style: str, section: Section) -> None:
    known = figures.kinds().keys()
    for text in (*section.paragraphs, section.starter):
        assert sentences.faults(text, known.__contains__) == []
    assert {line.key for line in section.lines} <= known
