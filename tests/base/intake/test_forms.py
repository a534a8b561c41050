"""The fields of a form: a file survives an error elsewhere, may be exchanged and taken back; several at once."""

import re
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from tests.factories import papers
from union_portal.base.intake.forms import PaperFormField, PapersFormField
from union_portal.base.intake.keeping import keep
from union_portal.base.models import KeptPaper

pytestmark = pytest.mark.django_db
MARK = re.compile(r'name="scans?-kept" value="([^"]+)"')


class OneForm(forms.Form):
    why = forms.CharField(label="原因")
    scan = PaperFormField(label="扫描件")


class SpareForm(forms.Form):
    scan = PaperFormField(label="扫描件", required=False)


class ManyForm(forms.Form):
    why = forms.CharField(label="原因")
    scans = PapersFormField(label="证明材料", most=3)


def filled(form: type[forms.Form], text: dict[str, Any], *files: Any, initial: Any = None) -> forms.Form:
    """Return the form as a browser sends it."""
    data = QueryDict(mutable=True)
    for name, value in text.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    chosen = MultiValueDict({name: list(files) for name in form.base_fields if name.startswith("scan") and files})
    return form(data, chosen, initial=initial)


def marks(form: forms.Form) -> list[str]:
    return MARK.findall(str(form))


def test_a_file_waits_with_its_form_when_another_field_is_wrong() -> None:
    first = filled(OneForm, {"why": ""}, papers.sent("收据.png", papers.picture("PNG")))
    assert not first.is_valid()
    page = str(first)
    for words in ("收据.png", "已上传", 'src="data:image/jpeg;base64,', "选择新文件即更换", "最多 20 MB"):
        assert words in page, words
    # Shown again, it is still the one file.
    (mark,) = marks(first)
    assert KeptPaper.objects.count() == 1
    again = filled(OneForm, {"why": "因公", "scan-kept": mark})
    assert again.is_valid()
    assert again.cleaned_data["scan"].name == "收据.png"
    assert keep(again.cleaned_data["scan"]) == KeptPaper.objects.get()


def test_a_file_waits_when_the_step_itself_was_refused() -> None:
    form = filled(OneForm, {"why": "因公"}, papers.sent("收据.pdf"))
    assert form.is_valid()
    with transaction.atomic():
        keep(form.cleaned_data["scan"])
        transaction.set_rollback(True)
    assert not KeptPaper.objects.exists()
    (mark,) = marks(form)
    again = filled(OneForm, {"why": "因公", "scan-kept": mark})
    assert again.is_valid()
    assert again.cleaned_data["scan"].place == KeptPaper.objects.get().place


def test_a_new_choice_and_a_tick_win_over_what_waits() -> None:
    (mark,) = marks(filled(OneForm, {}, papers.sent("旧.pdf")))
    changed = filled(OneForm, {"why": "因公", "scan-kept": mark}, papers.sent("新.pdf"))
    assert changed.is_valid()
    assert changed.cleaned_data["scan"].name == "新.pdf"
    gone = filled(OneForm, {"why": "因公", "scan-kept": mark, "scan-clear": "on"})
    assert gone.errors["scan"] == ["请选择文件。"]
    assert filled(SpareForm, {"scan-clear": "on"}, initial={"scan": "x"}).is_valid()


@pytest.mark.parametrize("mark", ["", "papers/aa/forged.pdf", "x:y:z"])
def test_a_mark_that_is_not_the_portals_is_no_file(mark: str) -> None:
    assert filled(OneForm, {"why": "因公", "scan-kept": mark}).errors["scan"] == ["请选择文件。"]


def test_a_mark_ends_with_the_day_and_with_its_file(time_machine: Any) -> None:
    (mark,) = marks(filled(OneForm, {}, papers.sent()))
    time_machine.move_to("2099-01-01")
    assert not filled(OneForm, {"why": "因公", "scan-kept": mark}).is_valid()


def test_a_refused_file_is_named_at_its_field_and_not_kept() -> None:
    form = filled(OneForm, {"why": "因公"}, papers.sent("木马.pdf", b"MZ"))
    assert form.errors["scan"] == ["“木马.pdf”不是能收取的文件。请上传 PDF 或图片（JPG、PNG、HEIC）。"]
    assert not marks(form)
    assert not KeptPaper.objects.exists()


def test_several_files_come_in_together_and_every_wrong_one_is_named() -> None:
    good, fine = papers.sent("一.pdf"), papers.sent("二.jpg", papers.picture())
    form = filled(ManyForm, {"why": ""}, good, fine, papers.sent("三.pdf", b""))
    assert [str(error).startswith("“三.pdf”") for error in form.errors["scans"]] == [True]
    first, second = marks(form)
    kept = {"why": "因公", "scans-kept": [first, second], "scans-clear": [first]}
    again = filled(ManyForm, kept, papers.sent("四.pdf"))
    assert again.is_valid()
    assert [file.name for file in again.cleaned_data["scans"]] == ["二.jpg", "四.pdf"]
    assert filled(ManyForm, {"why": "因公"}).errors["scans"] == ["请选择文件。"]
    over = filled(ManyForm, {"why": "因公"}, *[papers.sent() for _number in range(4)])
    assert over.errors["scans"] == ["一次最多 3 个文件，这里有 4 个。请分次上传。"]
