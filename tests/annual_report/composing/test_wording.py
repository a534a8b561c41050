"""Numbers in sentences: parts that fall away, the source's own words, amounts, changes, and numbers nobody counted."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from union_portal.annual_report.composing.services import composing, wording
from union_portal.annual_report.composing.services.composing import Numbers
from union_portal.base.figures import Figure, Item, sentences
from union_portal.base.figures.parts import parts
from union_portal.base.figures.wording import written
from union_portal.base.periods import Period

WORDS = {"year": "2022年", "period": "2022年", "union": "云麓学院工会"}


def figure(key: str = "k", **fields: Any) -> Figure:
    return Figure(key=key, label="春节慰问", kinds=(key,), **{"period": Period.year(2022), **fields})


def say(text: str, *figures: Figure) -> str:
    numbers = Numbers({one.key: one for one in figures})
    return sentences.joined(sentences.said(text, numbers, WORDS))


def pieces(key: str, times: int | None) -> Figure:
    return figure(key, times=times, unit="件")


PROPOSALS = (
    "提案是代表履职的渠道。共征集提案{all:times}件〔，其中并案{merged:times}件〕〔；立案{filed:times}件"
    "〔（教代会{staff:times}件、工代会{union:times}件）〕〕〔，{passed:times}件转作意见建议〕。"
)


def test_sub_counts_are_folded_into_one_sentence_and_those_of_zero_fall_away() -> None:
    known = {"all": 54, "merged": 3, "filed": 27, "staff": 24, "union": 3, "passed": 6}
    whole = say(PROPOSALS, *(pieces(key, times) for key, times in known.items()))
    assert whole == (
        "提案是代表履职的渠道。共征集提案54件，其中并案3件；立案27件（教代会24件、工代会3件），6件转作意见建议。"
    )
    alone = say(PROPOSALS, *(pieces(key, times) for key, times in (known | {"merged": 0, "union": 0}).items()))
    assert alone.endswith("共征集提案54件；立案27件，6件转作意见建议。")


@pytest.mark.parametrize("times", [0, None])
def test_a_paragraph_whose_figures_all_fall_away_says_nothing(times: int | None) -> None:
    keys = ("all", "merged", "filed", "staff", "union", "passed")
    assert say(PROPOSALS, *(pieces(key, times) for key in keys)) == ""
    assert say(PROPOSALS) == ""


def test_what_nobody_knows_is_not_said_and_what_is_said_keeps_no_commas_of_it() -> None:
    text = "走访：〔住院{a:times}件〕〔、丧事{b:times}件〕〔、退休{c:times}件〕。"
    assert say(text, pieces("b", 8), pieces("a", None)) == "走访：丧事8件。"
    assert say("〔a{a:times}、〕〔b{b:times}、〕。", pieces("a", 5), pieces("b", None)) == "a5。"
    assert say("共{a:times}件、{b:times}件。", pieces("a", 5), pieces("b", None)) == ""


def test_brackets_around_no_figure_are_those_of_a_document() -> None:
    assert say("依据校发〔2025〕12号文件，开展{a:times}次。", pieces("a", 2)) == "依据校发〔2025〕12号文件，开展2次。"


def test_the_first_way_that_can_be_said_is_said() -> None:
    text = "〔慰问{k:count}〔，合计{k:amount_wan}〕｜住院慰问支出{k:amount_wan}〕。"
    assert say(text, figure(heads=6, amount=Decimal(6000))) == "慰问6人，合计6000元。"
    assert say(text, figure(amount=Decimal(60000), approximations={"amount": "余"})) == "住院慰问支出6万余元。"
    assert say("〔不满意{k:times}件｜没有不满意的{k:none}〕。", pieces("k", 0)) == "没有不满意的。"


def test_the_sources_own_word_stays_with_its_number() -> None:
    assert parts(figure(heads=20, approximations={"heads": "近"}))["heads"] == "近20"
    told = parts(figure(heads=20, amount=Decimal(4170000), approximations={"amount": "余"}))
    assert (told["heads"], told["amount_wan"], told["told"]) == ("20", "417余万元", "20人，合计417余万元")


@pytest.mark.parametrize(
    ("amount", "word", "in_yuan", "in_wan"),
    [
        (100000, "近", "近十万元", "近十万元"),
        (4170000, "余", "417余万元", "417余万元"),
        (258500, "约", "约258500元", "约25.85万元"),
        (5000, "余", "5000余元", "5000余元"),
        (100000, "整", "100000元整", "10万元"),
        (100000, "", "100000元", "10万元"),
    ],
)
def test_an_amount_takes_its_unit_along(amount: int, word: str, in_yuan: str, in_wan: str) -> None:
    money = figure(amount=Decimal(amount), approximations={"amount": word} if word else {})
    typed = sentences.typed("{k:amount}元、{k:amount_wan}万元", Numbers({"k": money}))
    assert sentences.joined(typed) == f"{in_yuan}、{in_wan}"


def test_a_rate_that_the_source_gives_stands_without_its_parts() -> None:
    rate = figure(unit="%", share=Decimal(98), approximations={"share": "近"})
    assert (parts(rate)["share"], written(rate)) == ("近98%", "近98%")
    assert written(replace(rate, numerator=59, denominator=60)) == "近98%（59/60）"


def test_what_was_typed_is_never_syntax_except_the_figures_in_it() -> None:
    typed = "根据校发[2025]12号文件，会员入会率[见附件1]达到98%，{union}〔另〕惠及{k:heads}人，{nobody:heads}人。"
    found = sentences.joined(sentences.typed(typed, Numbers({"k": figure(heads=3)})))
    assert found == typed.replace("{k:heads}", "3")


def test_a_starting_text_keeps_its_figures_live_and_loses_what_has_nothing_to_tell() -> None:
    numbers = Numbers({"k": figure(heads=3), "z": figure("z", heads=0)})
    starter = "{union}惠及{k:heads}人〔，走访{z:heads}人〕。\n疗休养{z:heads}人。\n再接再厉。"
    assert sentences.begun(starter, numbers, WORDS) == "云麓学院工会惠及{k:heads}人。\n再接再厉。"


def test_what_is_counted_off_is_numbered_as_it_stands() -> None:
    text = "一是引领。\n二是提案{z:times}件。\n三是服务。\n四是自强。"
    assert sentences.begun(text, Numbers({"z": pieces("z", 0)}), WORDS) == "一是引领。\n二是服务。\n三是自强。"
    assert sentences.begun(text, Numbers({"z": pieces("z", 2)}), WORDS) == text
    count = sentences.Count()
    told = [sentences.said(line, Numbers({"z": pieces("z", 0)}), WORDS, count) for line in text.splitlines()]
    assert [sentences.joined(one) for one in told] == ["一是引领。", "", "二是服务。", "三是自强。"]


def test_the_change_on_last_year_is_told_in_words_where_there_is_something_to_compare() -> None:
    def changed(now: dict[str, Any], before: dict[str, Any] | None) -> str | None:
        earlier = figure(**{"period": Period.year(2021), **before}) if before is not None else None
        return parts(figure(previous=earlier, **now)).get("change")

    assert changed({"heads": 612}, {"heads": 600}) == "比上年增加12人"
    assert changed({"times": 40, "unit": "件"}, {"times": 54, "unit": "件"}) == "比上年减少14件"
    assert changed({"heads": 612}, {"heads": 612}) == "与上年持平"
    rate = {"unit": "%", "denominator": 50}
    assert changed({"numerator": 50, **rate}, {"numerator": 49, **rate}) == "比上年提高2个百分点"
    for before in (None, {"heads": 0}, {"heads": None}, {"heads": 600, "approximations": {"heads": "约"}}):
        assert changed({"heads": 612}, before) is None
    term = figure(
        period=Period.parse("2018..2022"), heads=9, previous=figure(period=Period.parse("2013..2017"), heads=8)
    )
    assert parts(term)["change"] == "比上一统计期增加1人"


def test_lists_are_told_by_their_titles_and_categories_by_their_size() -> None:
    titles = tuple(Item(f"《{name}》", dt.date(2022, 4, 12)) for name in ("章程", "财务报告", "规划", "细则"))
    largest = (Item("后勤保障", times=18), Item("教学科研", times=11))
    told = parts(figure(times=4, unit="件", items=titles, largest=largest))
    assert told["items"] == "《章程》《财务报告》《规划》《细则》"
    assert told["some"] == "《章程》《财务报告》《规划》等"
    assert told["dated"].startswith("4月12日《章程》、4月12日《财务报告》")
    assert told["largest"] == "后勤保障18件、教学科研11件"
    assert parts(figure(times=2, items=titles[:2]))["some"] == "《章程》《财务报告》"


def test_a_doubt_writes_amounts_as_paper_does() -> None:
    odd = figure(times=100, heads=100, amount=Decimal("46650.40"), unit_price=Decimal("466.50"))
    (doubt,) = composing._doubts([odd], {}, whole_school=False)
    assert doubt.text == "春节慰问：单价466.50元 × 100份 = 46650元，与合计46650.40元不符"


def test_numbers_typed_by_hand_are_named_unless_a_figure_backs_them() -> None:
    counted = [figure(heads=517, amount=Decimal("258500.00"))]
    text = "2022年1月为517名会员发放25.85万元，第3届委员会组织12场讲座，1,024人参加，《2022年要点》〔2022〕5号"
    assert wording.unbacked(text, counted) == ["12", "1,024"]


def test_what_is_less_than_ten_thousand_is_told_in_yuan() -> None:
    for amount, words in (
        (Decimal(120), "120元"),
        (Decimal("9999.50"), "9999.50元"),
        (Decimal("9999.00"), "9999元"),
        (Decimal(10000), "1万元"),
        (Decimal("46650.40"), "4.67万元"),
    ):
        premium = figure("x", amount=amount)
        assert say("保费合计{x:amount_wan}。", premium) == f"保费合计{words}。"
        assert say("保费合计{x:amount_wan}万元。", premium) == f"保费合计{words}。"
    assert parts(figure(amount=Decimal("46650.40")))["amount"] == "46650.40元"
    assert say("合计{x:amount}元。", figure("x", amount=Decimal(120))) == "合计120元。"
    assert parts(figure(amount=Decimal("46650.40")), decimals=1)["amount_wan"] == "4.7万元"


@pytest.mark.parametrize(
    ("text", "word"),
    [("{k}名会员", "不是完整的数据引用"), ("{z:heads}", "没有“z”"), ("{k:foo}", "没有“foo”"), ("〔{k:heads}", "成对")],
)
def test_a_paragraph_that_cannot_be_said_is_named(text: str, word: str) -> None:
    (fault,) = sentences.faults(text, {"k"}.__contains__)
    assert word in fault
    assert not sentences.faults("{union}〔{k:heads}人〕", {"k"}.__contains__)
