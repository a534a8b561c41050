"""The list of committee members."""

from collections.abc import Sequence

from congress.committees import services as committees
from congress.committees.enums import CommitteePost
from congress.committees.models import Committee, CommitteeSeat
from congress.committees.resources.meetings import COMMITTEES
from members.people.resources import OPTIONAL_NAME, STAFF_NUMBER, people_by_number, person_of
from union_portal.base.errors import DomainError
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Boolean, Choice, Text

POSTS = Choice(
    {
        CommitteePost.CHAIR: "主任",
        CommitteePost.VICE_CHAIR: "副主任",
        CommitteePost.SECRETARY: "秘书",
        CommitteePost.MEMBER: "委员",
    },
    synonyms=dict.fromkeys(("主席", "主任委员", "召集人"), CommitteePost.CHAIR)
    | dict.fromkeys(("副主席", "副主任委员"), CommitteePost.VICE_CHAIR)
    | {"秘书长": CommitteePost.SECRETARY, "成员": CommitteePost.MEMBER},
)


@register_kind
class CommitteeMemberResource(RowResource):
    """Seats by committee, person and first day; a committee not yet recorded is made when kind and term are told."""

    kind = ImportKind(
        key="committee_members",
        label="委员会委员",
        columns=(
            Column(key="committee", label="委员会", synonyms=("委员会名称",), parser=Text(longest=100), required=True),
            Column(
                key="kind", label="委员会类别", synonyms=("类别",), parser=COMMITTEES, help="尚未登记的委员会须填写"
            ),
            Column(key="began_on", label="届期开始", synonyms=("成立日期",), parser=Date()),
            Column(key="ends_on", label="届期结束", synonyms=("届满日期",), parser=Date()),
            STAFF_NUMBER,
            OPTIONAL_NAME,
            Column(key="post", label="职务", synonyms=("委员会职务",), parser=POSTS, example="委员"),
            Column(key="on", label="任职日期", synonyms=("开始日期", "起始日期"), parser=Date(), required=True),
            Column(key="until", label="离任日期", synonyms=("结束日期", "免职日期"), parser=Date()),
            Column(key="by_election", label="补选", synonyms=("是否补选",), parser=Boolean(), example="否"),
            Column(key="document", label="批复文号", synonyms=("批复", "文号", "文件"), parser=Text(longest=200)),
        ),
        permission="congress.import_committee",
        order=81,
    )
    key_columns = ("committee", "staff_number", "on")
    label_columns = ("committee", "staff_number", "name")

    class Meta:
        model = CommitteeSeat

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find the people, and the seats recorded already."""
        self.people = people_by_number(row.values["staff_number"] for row in rows)
        seats = CommitteeSeat.objects.filter(person__in=self.people.values()).select_related("committee")
        found = {(one.committee.name, one.person_id, one.valid_from): one for one in seats}
        for row in rows:
            person = self.people.get(row.values["staff_number"])
            seat = found.get((row.values["committee"], person.pk, row.values["on"])) if person else None
            if seat is not None:
                row.pk, row.current = seat.pk, {**row.values, "until": seat.valid_to}

    def clean_row(self, row: Row) -> None:
        """Refuse unknown people."""
        person_of(row, self.people)

    def save_row(self, row: Row) -> None:
        """Give the seat, or end one that is known."""
        if row.pk is not None:
            seat: CommitteeSeat = CommitteeSeat.objects.get(pk=row.pk)
        else:
            seat = committees.seat(
                committee=self._committee(row),
                person=self.people[row.values["staff_number"]],
                on=row.values["on"],
                post=row.values.get("post") or CommitteePost.MEMBER,
                document=row.values.get("document") or "",
                by_election=bool(row.values.get("by_election")),
            )
        if row.values.get("until") is not None:
            committees.leave(seat=seat, on=row.values["until"])

    @staticmethod
    def _committee(row: Row) -> Committee:
        name, day = row.values["committee"], row.values["on"]
        found: Committee | None = Committee.objects.filter(name=name, began_on__lte=day).order_by("-began_on").first()
        if found is not None:
            return found
        if row.values.get("kind") is None:
            raise DomainError("该委员会尚未登记，请填写委员会类别。", field="kind")
        made: Committee = Committee.objects.create(
            kind=row.values["kind"],
            name=name,
            began_on=row.values.get("began_on") or day,
            ends_on=row.values.get("ends_on"),
        )
        return made
