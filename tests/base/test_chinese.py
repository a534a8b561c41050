"""Chinese names: found however they are typed, ordered as lists of names are."""

from collections.abc import Callable

import pytest

from union_portal.base.chinese import (
    initials,
    normalise_name,
    pinyin,
    pinyin_key,
    search_key,
    search_text,
    split_name,
    stroke_key,
)
from union_portal.base.chinese import (
    reading as reading_of,
)


def order(names: list[str], key: Callable[[str], str]) -> list[str]:
    backwards = names[::-1]
    return sorted(backwards, key=key)


@pytest.mark.parametrize("typed", ["张伟", "zhangwei", "zw", "ZhangWei", "zhang", "张 伟", "伟"])
def test_a_name_is_found_by_characters_pinyin_and_initials(typed: str) -> None:
    assert search_text(typed) in search_key("张伟")


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("曾国", "zengguo"), ("单雄", "shanxiong"), ("仇和", "qiuhe"), ("解缙", "xiejin"), ("查良镛", "zhaliangyong"),
        ("区志强", "ouzhiqiang"), ("朴成", "piaocheng"), ("翟天", "zhaitian"), ("盖文", "gewen"), ("覃塘", "qintang"),
        ("缪斯", "miaosi"), ("任远", "renyuan"), ("尉迟恭", "yuchigong"), ("万俟卨", "moqixie"),
        ("长孙无忌", "zhangsunwuji"), ("欧阳修", "ouyangxiu"), ("吕布", "lvbu"), ("张单", "zhangdan"),
        ("令狐冲", "linghuchong"), ("单于", "shanyu"), ("华山", "huashan"),
    ],
)  # fmt: skip
def test_surnames_are_read_as_surnames(name: str, reading: str) -> None:
    assert pinyin(name) == reading


@pytest.mark.parametrize(
    ("name", "reading", "typed"),
    [
        ("六小龄", "lu4 xiao3 ling2", "liuxiaoling"),
        ("不明", "fou3 ming2", "buming"),
        ("炅明", "gui4 ming2", "jiongming"),
        ("干将", "gan1 jiang1", "ganjiang"),
        ("扎明", "za1 ming2", "zhaming"),
        ("难明", "nan4 ming2", "nanming"),
        ("粘明", "nian2 ming2", "zhanming"),
        ("肖明", "xiao1 ming2", "xiaoming"),
        ("要明", "yao1 ming2", "yaoming"),
        ("颉明", "xie2 ming2", "jieming"),
    ],
)
def test_rare_readings_of_surnames_come_first_and_the_common_one_finds_too(name: str, reading: str, typed: str) -> None:
    assert reading_of(name) == reading
    for word in (typed, "".join(syllable[:-1] for syllable in reading.split())):
        assert search_text(word) in search_key(name)


@pytest.mark.parametrize("typed", ["lv", "lu", "lyu", "lü", "lvmeng", "lumeng", "lyumeng", "lm"])
def test_every_spelling_of_the_umlaut_finds(typed: str) -> None:
    assert f" {search_text(typed)}" in search_key("吕蒙")


def test_the_common_reading_of_a_surname_finds_too() -> None:
    assert " cengguo" in search_key("曾国")
    assert " tantang" in search_key("覃塘")
    assert " lejia" in search_key("乐嘉")


def test_names_of_minorities_and_foreigners() -> None:
    assert search_text("买买提") in search_key("阿卜杜拉．买买提".replace("．", "•"))
    assert "abdlmmt" in search_key("阿卜杜拉·买买提")
    assert " smith" in search_key("John Smith")
    assert initials("John Smith") == "js"
    assert pinyin_key("José Li") == "jose li"


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        (" 张　伟 ", "张伟"),
        ("ＬＩ　Ming", "LI Ming"),
        ("古丽 • 巴哈尔", "古丽·巴哈尔"),
        ("古丽.巴哈尔", "古丽·巴哈尔"),
        ("J. Smith", "J. Smith"),
        ("欧\u200b阳修", "欧阳修"),
        ("", ""),
    ],
)
def test_names_are_cleaned(written: str, clean: str) -> None:
    assert normalise_name(written) == clean


def test_compound_surnames_need_a_given_name() -> None:
    assert split_name("欧阳修") == ("欧阳", "修")
    assert split_name("欧阳") == ("欧", "阳")
    assert split_name("王小明") == ("王", "小明")


def test_stroke_order_of_surnames() -> None:
    # strokes of the surname, then 横竖撇点折
    expected = (
        "丁一 马一 王一 邓一 田一 吕一 任一 刘一 李一 邱一 陆一 陈一 林一 欧一 周一 郑一 赵一 钱一 徐一 黄一 魏一"
    )
    names = expected.split()
    assert order(names, stroke_key) == names


def test_after_one_surname_short_names_come_first_then_strokes() -> None:
    names = ["王宁", "王军", "王勇", "王晨", "王毅", "王小洪", "王玉普", "王正伟", "王东明"]
    assert order(names, stroke_key) == names


def test_surnames_with_the_same_strokes_do_not_mix() -> None:
    names = sorted(["土一", "工一", "土二", "工二"], key=stroke_key)
    assert [name[0] for name in names] in (["土", "土", "工", "工"], ["工", "工", "土", "土"])


def test_compound_surnames_follow_the_single_one() -> None:
    assert sorted(["欧阳修", "欧二三"], key=stroke_key) == ["欧二三", "欧阳修"]


def test_rare_characters_and_latin_names_come_last() -> None:
    names = ["魏一", "㛃一", "䶮一", "𬭎一", "John Smith"]
    assert order(names, stroke_key) == names


def test_pinyin_order() -> None:
    names = ["安然", "曹操", "陈一", "任远", "单雄", "曾国", "查良", "张伟", "章伟"]
    assert order(names, pinyin_key) == names
    assert sorted(["林一", "李一"], key=pinyin_key) == ["李一", "林一"]


@pytest.mark.parametrize("name", ["张伟", "堃喆昇㛃䶮𬭎", "阿卜杜拉·买买提", "José", "", "𠮷" * 64, "字" * 64, "Ж"])
def test_keys_are_ascii_and_fit_the_column(name: str) -> None:
    for key in (pinyin_key(name), stroke_key(name)):
        assert key.isascii()
        assert len(key) <= 200
    assert search_key(name) is not None
