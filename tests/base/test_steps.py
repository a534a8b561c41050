"""One way to be born and to move, in the code and in the database."""

import datetime as dt
from functools import partial
from typing import Any

import pytest

from tests.database import at_once
from tests.factories.accounts import account
from tests.sample.models import LOAN_MACHINE, Loan, LoanMove, LoanState
from tests.sample.rows import DAY, lent
from union_portal.base.errors import Conflict, DomainError, Refused
from union_portal.base.states import Move
from union_portal.base.steps import record, saved, take, take_all, timeline

LOG: Any = LoanMove


@pytest.mark.django_db
def test_a_step_moves_sets_and_logs() -> None:
    who, loan = account(name="温若安"), lent()
    back = take(subject=loan, action="give_back", actor=who, returned_on=DAY, why="  完好 ")
    assert (back.state, back.returned_on) == (LoanState.BACK, DAY)
    assert Loan.objects.get().state == LoanState.BACK
    told = [(entry.label, entry.reason) for entry in timeline(loan)]
    assert told == [("登记", ""), ("登记归还", "完好")]
    assert [str(move) for move in loan.moves.all()] == ["借出", "借出 → 已归还"]
    assert timeline(loan)[1].actor == who


def test_what_was_done_is_said_as_people_say_it() -> None:
    labels = ("审批通过", "退回补充", "不予通过", "暂不处理")
    told = [Move("go", "here", "there", label).done for label in labels]
    assert told == ["已审批通过", "已退回补充", "：不予通过", "：暂不处理"]


def test_a_step_leads_on_unless_it_needs_a_reason_or_stays() -> None:
    assert [move.action for move in LOAN_MACHINE.leads_on(state=LoanState.OUT)] == ["give_back"]
    assert LOAN_MACHINE.leads_on(state=LoanState.BACK) == ()


@pytest.mark.django_db
def test_the_table_says_what_is_possible_and_what_is_asked() -> None:
    loan = lent()
    with pytest.raises(Refused):
        take(subject=loan, action="find", actor=None)
    with pytest.raises(DomainError) as missing:
        take(subject=loan, action="give_back", actor=None)
    assert (missing.value.field, str(missing.value)) == ("returned_on", "请填写“归还日期”。")
    with pytest.raises(DomainError) as reason:
        take(subject=loan, action="lose", actor=None, why=" ")
    assert reason.value.field == "why"
    assert [step.action for step in LOAN_MACHINE.steps()] == ["give_back", "lose", "find"]
    assert Loan.objects.get().state == LoanState.OUT
    assert LOG.objects.count() == 1


@pytest.mark.django_db
def test_a_row_is_born_and_moved_only_when_its_model_agrees() -> None:
    lent()
    for fields, field, words in (
        ({"item": "帐篷", "lent_on": DAY, "due_on": DAY - dt.timedelta(1)}, None, "应还日期不能早于借出日期。"),
        ({"lent_on": dt.date(1900, 1, 1)}, "lent_on", "日期太早。"),
        ({"lent_on": DAY}, None, "这次借用已经登记。"),
        ({"lent_on": DAY, "state": LoanState.LOST}, "state", "新登记的记录不能直接处于这个状态。"),
    ):
        with pytest.raises(DomainError) as refused:
            record(Loan(**{"item": "投影仪", **fields}), actor=None)
        assert (refused.value.field, str(refused.value)) == (field, words)
    assert Loan.objects.count() == 1


@pytest.mark.django_db
def test_a_sound_row_is_saved_without_asking_for_its_constraints_one_by_one(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):  # the INSERT between its savepoint's two statements
        saved(Loan(item="投影仪", lent_on=DAY, due_on=DAY))


@pytest.mark.django_db
def test_a_form_from_an_older_row_changes_nothing() -> None:
    loan = lent()
    assert take(subject=loan, action="lose", actor=None, why="找不到", version=1).version == 2
    with pytest.raises(Conflict):
        take(subject=loan, action="find", actor=None, version=1)
    assert Loan.objects.get().state == LoanState.LOST


@pytest.mark.django_db
def test_many_rows_move_by_two_statements_or_not_at_all(django_assert_num_queries: Any) -> None:
    who = account()
    for number in range(5):
        lent(f"帐篷{number}")
    with django_assert_num_queries(7):  # the keys, UPDATE, INSERT, and the savepoints around them
        assert take_all(Loan.objects.all(), action="give_back", actor=who, returned_on=DAY) == 5
    moves = LOG.objects.filter(action="give_back")
    assert set(moves.values_list("source", "target", "actor")) == {("out", "back", who.pk)}
    assert moves.count() == 5
    lent("最后一顶")
    with pytest.raises(Refused, match="5 条"):
        take_all(Loan.objects.all(), action="give_back", actor=who, returned_on=DAY)
    assert LOG.objects.filter(action="give_back").count() == 5


@pytest.mark.django_db
def test_what_the_database_refuses_is_said_in_the_models_words(monkeypatch: pytest.MonkeyPatch) -> None:
    lent()
    monkeypatch.setattr(Loan, "get_constraints", lambda _self: [])  # another writer came between check and save
    with pytest.raises(Refused, match="已经登记"):
        saved(Loan(item="投影仪", lent_on=DAY))
    with pytest.raises(Refused, match="归还日期"):
        _back_without_day()


def _back_without_day() -> None:
    loan = Loan.objects.get()
    loan.state = LoanState.BACK
    saved(loan)


@pytest.mark.django_db(transaction=True)
def test_of_two_steps_at_once_one_is_refused() -> None:
    loan = lent()
    lose = partial(take, subject=loan, action="lose", actor=None, why="找不到")
    outcomes = at_once(lose, lose)
    assert sorted(isinstance(outcome, Refused) for outcome in outcomes) == [False, True]
    assert LOG.objects.filter(action="lose").count() == 1


def test_a_log_is_named_after_what_it_follows() -> None:
    assert str(LoanMove._meta.verbose_name) == "借用的变动"
