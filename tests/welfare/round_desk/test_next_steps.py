"""What a page of a round says before anybody presses: what comes next, what is in the way, what a button does."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from tests.factories import members
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from union_portal.accounts.models import User
from welfare.benefits.models import BenefitRule
from welfare.grants.enums import GRANT_MACHINE, ROUND_MACHINE
from welfare.grants.models import Round
from welfare.grants.services.warnings import answer
from welfare.round_desk.portal import desk_items
from welfare.rounds.services import approval, handing_out, payment, people, roster

pytestmark = pytest.mark.django_db


def page_of(round_: Round, user: User) -> Any:
    return signed_in(user).get(reverse("admin:welfare_round_change", args=[round_.pk]))


def step(name: str, round_: Round) -> str:
    return reverse(f"admin:welfare_round_{name}", args=[round_.pk])


def blocked(round_: Round, user: User) -> dict[str, Any]:
    return {one["name"]: one["block"] for one in page_of(round_, user).context["blocked"]}


def test_what_cannot_succeed_is_no_button_and_leads_to_what_is_missing() -> None:
    officer = welfare.officer()
    members.member()
    made = roster.lock(subject=welfare.draft(actor=officer), actor=officer)
    block = blocked(made, officer)["step_submit"]
    assert ("确定单价" in block.why, block.address) == (True, step("step_set_price", made))
    page = page_of(made, officer)
    assert "step_submit" not in {button["name"] for button in page.context["buttons"]}
    assert f"暂不能提交审批：{block.why}" in page.content.decode()
    early = signed_in(officer).get(step("step_submit", made)).content.decode()
    assert block.why in early
    assert step("step_set_price", made) in early
    assert 'type="submit" class="up-button up-button--primary"' not in early


def test_what_the_rules_object_to_is_asked_as_soon_as_there_is_a_price() -> None:
    officer, chair = welfare.officer(), welfare.chair()
    members.member()
    BenefitRule.objects.filter(benefit__code="spring", example=False).update(cap=Decimal(300))
    # Priced before it is locked: the warning is there with the roster, not after the confirmation of the submitting.
    made = welfare.draft(actor=officer)
    people.set_price(subject=made, unit_price=Decimal(500), handed_out_on=welfare.HANDED_OUT, actor=officer)
    made = roster.lock(subject=made, actor=officer)
    assert blocked(made, officer)["step_submit"].address.endswith("#warnings")
    answer(warning=made.warnings.get(), reason="上级批准", document="工字5号", actor=officer)
    assert "step_submit" not in blocked(made, officer)
    made = approval.submit(subject=made, actor=officer)
    assert "确认 1 条超标说明" in page_of(made, chair).context["next"]
    assert "step_approve" not in blocked(made, chair)
    answered = made.warnings.get()
    answer(warning=answered, reason="上级批准", document="工字5号", actor=chair)
    assert "由您填写" in blocked(made, chair)["step_approve"].why
    answer(warning=answered, reason="上级批准", document="工字5号", actor=officer)
    made.warnings.update(chair_only=True)
    assert "须由主席确认" in blocked(made, welfare.treasurer())["step_approve"].why


def test_nobody_is_offered_to_approve_what_he_prepared() -> None:
    chair = welfare.treasurer()
    members.member()
    made = approval.submit(subject=welfare.locked(actor=chair), actor=chair)
    assert "经办人不能审批" in blocked(made, chair)["step_approve"].why
    assert not [item for item in desk_items(chair) if item.title.startswith("审批")]
    assert [item for item in desk_items(welfare.chair()) if item.title.startswith("审批")]


def test_a_draft_that_chooses_nobody_is_not_offered_for_locking() -> None:
    officer = welfare.officer()
    made = welfare.draft(actor=officer)
    block = blocked(made, officer)["step_lock"]
    assert ("没有可列入名册的人员" in block.why, block.address) == (True, step("choose_people", made))
    members.member()
    assert "step_lock" not in blocked(made, officer)


def test_the_next_step_is_named_with_who_takes_it_on_the_page_and_on_the_desk() -> None:
    officer, finance = welfare.officer(), welfare.treasurer()
    person = members.member()
    made = welfare.draft(code="special_group", actor=officer)
    told = page_of(welfare.locked(actor=officer), officer).content.decode()
    assert told.index("下一步：") < told.index("办理记录") < told.index('id="roster"')
    words = {"draft": "生活福利委员核对发放对象，锁定名册", "closed": "已办结"}
    assert words["draft"] in page_of(made, officer).context["next"]
    made = welfare.approved(code="special_group", price="800", actor=officer)
    assert "财务导出银行代发表，完成代发后记入台账" in page_of(made, officer).context["next"]
    assert any("财务导出银行代发表" in item.detail for item in desk_items(finance))
    payment.post_roster(subject=made, on=welfare.HANDED_OUT, actor=finance)
    assert "办结批次" in page_of(made, officer).context["next"]
    assert not [item for item in desk_items(finance) if item.title.startswith("记账")]
    payment.return_payment(subject=made.grants.get(), on=welfare.HANDED_OUT, why="户名不符", actor=finance)
    assert "1 人退票，财务核对账户后" in page_of(made, officer).context["next"]
    assert [item.title for item in desk_items(finance)] == [f"记账：{made}"]

    goods = welfare.approved(code="spring", actor=officer)
    told = page_of(goods, officer).context["next"]
    assert "财务收到发票后登记发票" in told
    assert "分工会（或生活福利委员）登记领取，还有 1 人未领取" in told
    grant = goods.grants.get(person=person)
    handing_out.collect(subject=goods, on=welfare.HANDED_OUT, actor=officer, grants=[grant.pk])
    assert "登记领取" not in page_of(goods, officer).context["next"]


def test_what_each_button_does_is_said_beside_it() -> None:
    officer, finance = welfare.officer(), welfare.treasurer()
    members.member()
    made = welfare.approved(code="special_group", price="800", actor=officer)
    payment.post_roster(subject=made, on=welfare.HANDED_OUT, actor=finance)
    grant = reverse("admin:welfare_grant_change", args=[made.grants.get().pk])
    page = signed_in(finance).get(grant)
    assert [button["label"] for button in page.context["buttons"]] == ["登记退票", "取消发放"]
    for words in ("冲销这一笔台账，核对账户后可以重新发放", "不再发给此人"):
        assert words in page.content.decode()
    for round_ in (made, welfare.locked(actor=officer), welfare.draft(actor=officer)):
        buttons = page_of(round_, officer).context["buttons"]
        assert all(button["note"] for button in buttons), [one["name"] for one in buttons if not one["note"]]


def test_every_move_with_a_button_has_a_word_on_what_it_does() -> None:
    by_itself = {"reopen", "release", "acknowledge", "unpay", "apply", "report", "collect", "submit"}
    for machine in (ROUND_MACHINE, GRANT_MACHINE):
        assert {move.action for move in machine.moves} - by_itself <= machine.notes.keys()
