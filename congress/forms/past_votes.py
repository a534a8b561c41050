"""Forms for ballots and elections of sessions held before the portal, with what the papers say."""

from collections.abc import Iterator
from typing import Any

from django import forms

from congress.enums import AgendaKind, BallotMethod, BallotState, SittingState
from congress.forms.owned import OwnedMixin
from congress.forms.voting import PeopleField, person_named
from congress.models import AgendaItem, Committee, Sitting
from congress.services.past_votes import Line

_ELECTED, _WRITTEN_IN = "当选", "另选"


class LinesField(PeopleField):
    """One candidate a line: staff number, the name if you like, votes, then 当选 and 另选 where they hold."""

    def _lines(self, text: str) -> Iterator[Any]:
        for number, line in enumerate(text.splitlines(), start=1):
            words = line.replace("，", " ").replace(",", " ").replace("、", " ").split()
            if not words:
                continue
            try:
                person = person_named(words[0])
            except forms.ValidationError as error:
                raise forms.ValidationError(f"第 {number} 行：{error.messages[0]}") from error
            counts = [word.removesuffix("票") for word in words[1:] if word.removesuffix("票").isdecimal()]
            if len(counts) != 1:
                raise forms.ValidationError(f"第 {number} 行：请先写工号，再写票数。")
            marks = "".join(words[1:])
            yield Line(person, int(counts[0]), elected=_ELECTED in marks, written_in=_WRITTEN_IN in marks)


def _count(label: Any, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, **options)


class _PastForm(OwnedMixin, forms.Form):
    due = forms.IntegerField(label="应到人数", min_value=1, max_value=100_000)
    present = _count("实到人数")
    method = forms.ChoiceField(label="表决方式", choices=BallotMethod.choices, initial=BallotMethod.PAPER)
    handed_out = _count("发出票数", required=False)
    returned = _count("收回票数", required=False)
    valid = _count("有效票", required=False)
    void = _count(
        "无效票",
        required=False,
        help_text="四个数须全部填写，或全部留空。",
    )
    source = forms.CharField(label="来源", max_length=200, help_text="会议纪要、档案或年鉴。")

    def clean(self) -> dict[str, Any] | None:
        """Ask for the papers wholly or not at all."""
        data = super().clean()
        counts = [self.cleaned_data.get(name) for name in ("handed_out", "returned", "valid", "void")]
        if None in counts and any(count is not None for count in counts):
            self.add_error("void", "发出、收回、有效、无效四个票数须全部填写，或全部留空。")
        return data


class PastBallotForm(_PastForm):
    """A past ballot."""

    field_order = (
        "item", "due", "present", "method", "handed_out", "returned", "valid", "void", "votes_for", "votes_against",
        "abstained", "source",
    )  # fmt: skip
    item = forms.ModelChoiceField(
        label="议题",
        queryset=AgendaItem.objects.filter(sitting__session__recorded=True)
        .exclude(kind=AgendaKind.ELECT)
        .exclude(ballots__state__in=[BallotState.OPEN, BallotState.COUNTED, BallotState.CONFIRMED]),
        help_text="仅列出补录会议的议题。",
    )
    votes_for = _count("同意")
    votes_against = _count("不同意")
    abstained = _count("弃权")


class PastElectionForm(_PastForm):
    """A past election; its committee may be out of office long since."""

    field_order = (
        "sitting", "item", "committee", "seats", "due", "present", "method", "handed_out", "returned", "valid", "void",
        "lines", "source",
    )  # fmt: skip
    sitting = forms.ModelChoiceField(
        label="会议（分大会）",
        queryset=Sitting.objects.filter(session__recorded=True, state=SittingState.CLOSED).select_related(
            "congress__branch", "session"
        ),
        help_text="仅列出补录的会议。",
    )
    item = forms.ModelChoiceField(
        label="议题",
        queryset=AgendaItem.objects.filter(sitting__session__recorded=True, kind=AgendaKind.ELECT),
        required=False,
    )
    committee = forms.ModelChoiceField(label="委员会", queryset=Committee.objects.all())
    seats = forms.IntegerField(label="名额", min_value=1, max_value=200)
    lines = LinesField(
        label="候选人及得票",
        help_text="每行一人：工号 姓名 票数，当选的加“当选”，另选他人的加“另选”。",
    )
