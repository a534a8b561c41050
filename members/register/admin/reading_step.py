"""How a person's name is read, corrected by staff."""

from django.http import HttpRequest

from members.people import services as people
from members.people.models import Person
from members.register import forms as register_forms
from union_portal.base.admin import object_action
from union_portal.base.chinese import reading as usual_reading


class ReadingStep:
    """Mixed into the person's page."""

    @object_action(
        description="更正姓名读音",
        permission="members.change_person",
        form=register_forms.ReadingForm,
        initial=lambda person: {"reading": person.reading or usual_reading(person.name)},
        confirmation=lambda _admin, _request, person: (
            f"按拼音排序和搜索时，“{person.name}”将按您填写的读音；导入数据不会改动它。"
        ),
        icon="record_voice_over",
    )
    def correct_reading(self, _request: HttpRequest, subject: Person, *, reading: str) -> str:
        """Keep the reading, unless it is the usual one."""
        person = people.correct_reading(person=subject, reading=reading)
        return f"“{person.name}”的读音为 {person.reading or usual_reading(person.name)}。"
