"""Writing a draft: figures put in and judged when saved, words kept while typed, two editors side by side."""

import datetime as dt
import html
import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from tests.factories.members import account_with_role, member
from tests.factories.reports import started, submitted
from union_portal.accounts.enums import Role
from union_portal.annual_report.composing.services.data import snapshot
from union_portal.annual_report.outlines.models import OutlineSection
from union_portal.annual_report.reports.models import AnnualReport, UnsavedText
from union_portal.annual_report.reports.services.composing import compose_report
from union_portal.annual_report.reports.services.quoting import left_open

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows", "one_factor")]
HIDDEN = re.compile(r'<input type="hidden" name="((?:over|mark|seen|kept)-\d+)" value="([^"]*)"')
BOX = re.compile(r'<textarea[^>]* name="((?:text|closing)-\d+)"[^>]*>(.*?)</textarea>', re.DOTALL)


@dataclass
class Editor:
    """Somebody with the draft open: what the page shows and what its form holds."""

    client: Client
    report: AnnualReport
    page: str = ""

    def look(self) -> "Editor":
        address = reverse("admin:annual_report_annualreport_change", args=[self.report.pk])
        self.page = self.client.get(address).content.decode()
        return self

    @property
    def form(self) -> dict[str, str]:
        """What a browser would send of the form as it stands; it ends its lines its own way."""
        found = dict(HIDDEN.findall(self.page))
        return found | {name: html.unescape(text).replace("\n", "\r\n") for name, text in BOX.findall(self.page)}

    def save(self, **typed: str) -> int:
        """Type, press 保存文字, and look at what comes back; return the status."""
        address = reverse("admin:annual_report_annualreport_change", args=[self.report.pk])
        head = {"title": self.report.title, "signer": "工会"}
        answer = self.client.post(address, {**head, **self.form, **_named(typed)}, follow=True)
        self.page = answer.content.decode()
        return answer.status_code

    def ask(self, name: str, **typed: str) -> Any:
        return self.client.post(reverse(f"admin:annual_report_{name}", args=[self.report.pk]), _named(typed))


def _named(typed: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-") if name[0] != "_" else name: value for name, value in typed.items()}


@pytest.fixture(scope="module")
def report(one_data_set: Any) -> AnnualReport:
    member(on=dt.date(2020, 1, 1))
    return started()


@pytest.fixture(scope="module")
def place(report: AnnualReport) -> int:
    """A section that stands alone: nothing of it is drawn from records."""
    last = OutlineSection.objects.filter(chapter__outline=report.outline).order_by("chapter__position", "position")
    return last.reverse()[0].pk


@pytest.fixture(scope="module")
def clients(one_data_set: Any) -> list[Client]:
    made = []
    for role in (Role.ORGANISATION, Role.WELFARE):
        client = Client()
        client.force_login(account_with_role(role))
        made.append(client)
    return made


@pytest.fixture
def one(report: AnnualReport, clients: list[Client]) -> Editor:
    return Editor(clients[0], report).look()


@pytest.fixture
def two(report: AnnualReport, clients: list[Client]) -> Editor:
    return Editor(clients[1], report).look()


def text_of(report: AnnualReport, place: int) -> str:
    return report.texts.get(section=place).text


def test_a_figure_that_is_none_is_refused_at_its_box_with_the_near_ones(
    report: AnnualReport, one: Editor, place: int
) -> None:
    said = "全年为{members.total}名会员提供服务，{members.totals:heads}人。"
    assert one.save(**{f"text_{place}": said}) == 422
    assert "“{members.total}”没有写明引用“在册会员”的哪一项，相近的有：在册会员·人数 {members.total:heads}" in one.page
    assert "没有“{members.totals:heads}”这项数据，相近的有：在册会员·人数 {members.total:heads}" in one.page
    assert f'aria-describedby="wrong-text-{place}-1"' in one.page
    assert one.form[f"text-{place}"] == said
    assert text_of(report, place) != said


@pytest.mark.parametrize(
    "said",
    ["{members.total:headz}", "｛members.total：heads｝", "{members.total:heads", "{ members.total:heads }"],
)
def test_what_looks_like_a_figure_and_is_none_is_not_saved(one: Editor, place: int, said: str) -> None:
    assert one.save(**{f"text_{place}": f"共{said}人"}) == 422


def test_what_a_person_typed_is_never_syntax(report: AnnualReport, one: Editor, place: int) -> None:
    mine = "依据校发[2025]12号文件，会员入会率[见附件1]〔注〕{甲}，方案{A}、{B:1}和{v2.0}，{heads}共"
    said = mine + "{members.total:heads}人。"
    assert one.save(**{f"text_{place}": said}) == 200
    assert text_of(report, place) == said
    assert mine in one.page
    assert left_open(snapshot(compose_report(report))) == []
    rows = reverse("admin:annual_report_rows", args=[report.pk, "members.total"])
    assert f'<a href="{rows}">1</a>人。' in one.page


def test_the_text_reads_as_typed_before_it_is_saved(report: AnnualReport, one: Editor, place: int) -> None:
    before = text_of(report, place)
    shown = one.ask(
        "reading", **{f"text_{place}": "共{members.total:heads}人，{members.total:headz}。"}
    ).content.decode()
    assert ">1</a>人" in shown
    assert "“在册会员”没有“{members.total:headz}”这一项" in shown
    assert text_of(report, place) == before


@pytest.mark.parametrize("asked", ["在册会员", "zchy", "members.total"])
def test_figures_are_found_by_name_to_be_put_in(report: AnnualReport, one: Editor, asked: str) -> None:
    address = reverse("admin:annual_report_figures", args=[report.pk])
    found = one.client.get(address, {"q": asked}, headers={"HX-Request": "true"}).content.decode()
    assert 'data-quote="{members.total:heads}"' in found
    assert "<html" not in found
    # Without scripts it is a page of its own, to copy from.
    assert "<code>{members.total:heads}</code>" in one.client.get(address, {"q": asked}).content.decode()


def test_the_second_of_two_editors_sees_both_texts_and_chooses(
    report: AnnualReport, one: Editor, two: Editor, place: int
) -> None:
    assert one.save(**{f"text_{place}": "甲写的"}) == 200
    assert two.save(**{f"text_{place}": "乙写的"}) == 422
    assert text_of(report, place) == "甲写的"
    assert '<p class="up-report__typed">甲写的</p>' in two.page
    assert '<p class="up-report__typed">乙写的</p>' in two.page
    assert two.save() == 422, "nothing was chosen"

    # While the second was choosing, the first saved once more: the choice was about another text.
    assert one.look().save(**{f"text_{place}": "甲又写的"}) == 200
    assert two.save(**{f"take_{place}": "mine"}) == 422
    assert text_of(report, place) == "甲又写的"
    assert two.save(**{f"take_{place}": "both"}) == 200
    assert text_of(report, place) == "甲又写的\n乙写的"


@pytest.mark.parametrize(("take", "left"), [("mine", "乙写的"), ("theirs", "甲写的")])
def test_either_text_can_be_taken(
    report: AnnualReport, one: Editor, two: Editor, place: int, take: str, left: str
) -> None:
    one.save(**{f"text_{place}": "甲写的"})
    two.save(**{f"text_{place}": "乙写的"})
    assert two.save(**{f"take_{place}": take}) == 200
    assert text_of(report, place) == left
    events = apps.get_model("annual_report", "SectionTextEvent").objects.filter(section_id=place)
    assert "甲写的" in set(events.values_list("text", flat=True)), "what was replaced stays in the history"


def test_two_who_write_different_sections_are_not_in_each_others_way(
    report: AnnualReport, one: Editor, two: Editor, place: int
) -> None:
    other = report.texts.exclude(section=place).earliest("pk")
    assert one.save(**{f"text_{place}": "甲写的"}) == 200
    assert two.save(**{f"text_{other.section_id}": "乙写的\n第二段"}) == 200
    assert (text_of(report, place), text_of(report, other.section_id)) == ("甲写的", "乙写的\n第二段")
    versions = dict(report.texts.values_list("section", "version"))
    assert (versions.pop(place), versions.pop(other.section_id)) == (1, 1)
    assert set(versions.values()) <= {0}, "what nobody touched keeps its version"


def test_what_is_typed_is_kept_for_its_writer_alone_without_version_or_history(
    report: AnnualReport, one: Editor, two: Editor, place: int
) -> None:
    events = apps.get_model("annual_report", "SectionTextEvent").objects
    before = (events.count(), text_of(report, place))
    kept = ""
    for words in ("写了", "写了一半，{members.tot"):
        typed = {f"text_{place}": words, f"closing_{place}": "", f"over_{place}": "0", f"kept_{place}": kept}
        told = one.ask("keeping", **typed)
        assert (told.status_code, told.json()["stale"]) == (200, [])
        kept = told.json()["kept"][str(place)]
    assert re.fullmatch(r"\d\d:\d\d", told.json()["at"])
    assert (events.count(), text_of(report, place)) == before
    assert UnsavedText.objects.count() == 1

    assert one.look().form[f"text-{place}"] == "写了一半，{members.tot"
    assert "自动保存、尚未写入报告" in one.page
    assert two.look().form[f"text-{place}"] == before[1]
    assert two.save(**{f"text_{place}": "乙先保存了"}) == 200
    again = one.ask("keeping", **{f"text_{place}": "写了大半", f"over_{place}": "0", f"kept_{place}": kept})
    assert again.json()["stale"] == [place]
    assert "乙先保存了" in one.look().page
    assert one.save(**{f"take_{place}": "mine"}) == 200
    assert (text_of(report, place), UnsavedText.objects.exists()) == ("写了大半", False)


def test_of_two_windows_of_one_person_neither_loses_words_to_the_other(
    report: AnnualReport, one: Editor, place: int
) -> None:
    other = Editor(one.client, report).look()
    first = one.ask("keeping", **{f"text_{place}": "第一个窗口", f"over_{place}": "0"}).json()
    assert (first["elsewhere"], list(first["kept"])) == ([], [str(place)])
    told = other.ask("keeping", **{f"text_{place}": "第二个窗口", f"over_{place}": "0"}).json()
    assert (told["elsewhere"], told["kept"]) == ([place], {})
    assert told["instead"] == {str(place): [first["kept"][str(place)], ["第一个窗口", ""]]}
    # The first goes on over what it knows to be kept.
    again = {f"text_{place}": "第一个窗口续", f"over_{place}": "0", f"kept_{place}": first["kept"][str(place)]}
    assert one.ask("keeping", **again).json()["elsewhere"] == []
    assert UnsavedText.objects.get().text == "第一个窗口续"

    # What the second saves is its own; what the first keeps is still there, and is told as a text beside it.
    assert other.save(**{f"text_{place}": "第二个窗口"}) == 200
    assert (text_of(report, place), UnsavedText.objects.get().text) == ("第二个窗口", "第一个窗口续")
    assert one.look().save() == 422
    assert '<p class="up-report__typed">第二个窗口</p>' in one.page
    assert one.save(**{f"take_{place}": "both"}) == 200
    assert (text_of(report, place), UnsavedText.objects.exists()) == ("第二个窗口\n第一个窗口续", False)


def test_what_reads_as_it_was_typed_is_not_shown_a_second_time(one: Editor, place: int) -> None:
    assert one.save(**{f"text_{place}": "只有文字。\n共{members.total:heads}人。"}) == 200
    said = one.page.split(f'id="said-text-{place}"')[1].split("</div>")[0]
    assert ("只有文字" in said, "人。" in said) == (False, True)
    shown = one.ask("reading", **{f"text_{place}": "只有文字。"}).content.decode()
    assert shown.strip() == ""


def test_the_chair_s_own_figures_lead_to_their_rows_where_the_report_waits_for_its_freeze(
    report: AnnualReport, one: Editor, place: int
) -> None:
    assert one.save(**{f"text_{place}": "只有文字。\n共{members.total:heads}人。"}) == 200
    submitted(report)
    page = one.look().page
    rows = reverse("admin:annual_report_rows", args=[report.pk, "members.total"])
    assert "<textarea" not in page
    assert "只有文字。" in page
    assert f'共<a href="{rows}">' in page


def test_kept_words_can_be_given_up(report: AnnualReport, one: Editor, place: int) -> None:
    before = text_of(report, place)
    one.ask("keeping", **{f"text_{place}": "写了一半", f"over_{place}": "0"})
    assert one.look().save(_discard=str(place)) == 200
    assert (one.form[f"text-{place}"], text_of(report, place), UnsavedText.objects.exists()) == (before, before, False)


def test_nothing_is_kept_for_a_report_that_waits_for_its_freeze(report: AnnualReport, one: Editor, place: int) -> None:
    submitted(report)
    told = one.ask("keeping", **{f"text_{place}": "晚了一步", f"over_{place}": "0"})
    assert (told.status_code, "退回修改" in told.json()["refusal"]) == (422, True)
    assert "<textarea" not in one.look().page


def test_only_writers_are_answered(report: AnnualReport, place: int) -> None:
    reader = Editor(Client(), report)
    reader.client.force_login(account_with_role(Role.AUDIT))
    assert reader.client.get(reverse("admin:annual_report_figures", args=[report.pk])).status_code == 403
    for name in ("reading", "keeping"):
        assert reader.ask(name, **{f"text_{place}": "字"}).status_code == 403
    assert "<textarea" not in reader.look().page
