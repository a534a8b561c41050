"""The form of a ballot known from papers."""

from typing import Any

from django import forms

from congress.bodies.forms.scope import RunByUserMixin
from congress.sessions.enums import AgendaKind
from congress.sessions.models import AgendaItem
from congress.voting.enums import BallotMethod, BallotState


def past_count_field(label: Any, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, **options)


class PastVoteForm(RunByUserMixin, forms.Form):
    due = forms.IntegerField(label="应到人数", min_value=1, max_value=100_000)
    present = past_count_field("实到人数")
    method = forms.ChoiceField(label="表决方式", choices=BallotMethod.choices, initial=BallotMethod.PAPER)
    handed_out = past_count_field("发出票数", required=False)
    returned = past_count_field("收回票数", required=False)
    valid = past_count_field("有效票", required=False)
    void = past_count_field(
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


class PastBallotForm(PastVoteForm):
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
    votes_for = past_count_field("同意")
    votes_against = past_count_field("不同意")
    abstained = past_count_field("弃权")
