"""Fields of a form that take files in, with their part: what was chosen is shown, exchanged, and survives an error.

A form that comes back with an error elsewhere keeps the file: it is stored, and a signed mark of it travels with the
form, so that nobody has to choose it again. What is never sent again the sweep removes.
"""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from union_portal.base.errors import Refused
from union_portal.base.intake import pictures
from union_portal.base.intake.keeping import keep
from union_portal.base.intake.kinds import DOCUMENTS, KINDS, PICTURES, SCANS, FileKind
from union_portal.base.intake.taking import LARGEST, MEGABYTE, Taken, accepted_endings, accepted_words, take
from union_portal.base.models.kept import KeptPaper

MOST_FILES = 10
_SALT = "base.intake"
_MARK_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Shown:
    """A file as its form shows it: one of the record has an address, one that waits for the form has a mark."""

    name: str
    size: int
    label: str
    address: str = ""
    mark: str = ""
    picture: str = ""


class FileChoice(forms.ClearableFileInput):
    """The part for a file that no record keeps, such as a list to be read; a form of the desk gets it by itself."""

    template_name = "base/components/upload.html"

    class Media:
        js = ("portal/upload.js",)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the part its words and its names."""
        del value  # a browser cannot be told what it should send
        context = super().get_context(name, None, {"class": "up-upload__input", **(attrs or {})})
        context["widget"] |= {"flat": flatatt(context["widget"]["attrs"])}
        return context

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        """Render with the portal's own templates, where its parts lie."""
        del renderer
        return mark_safe(render_to_string(template_name, context))


class PaperInput(FileChoice):
    """The part for one file or several; it works without the script, which shows what is chosen before it is sent."""

    accepts: frozenset[FileKind] = DOCUMENTS

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return what was chosen now, else what waits since an earlier sending; False to remove what the record has."""
        return _sent(data, files, name, self) or (False if self.clear_checkbox_name(name) in data else None)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Tell whether the form said nothing of the field."""
        names = (_waiting(name), self.clear_checkbox_name(name))
        return name not in files and not any(one in data for one in names)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the part its files, its words and its names."""
        context = super().get_context(name, None, {"accept": accepted_endings(self.accepts), **(attrs or {})})
        several = self.allow_multiple_selected
        most = f"{'每个' if several else ''}最多 {LARGEST // MEGABYTE} MB"
        context["widget"] |= {
            "papers": list(_shown(value)),
            "waiting": _waiting(name),
            "clear": self.clear_checkbox_name(name),
            "removable": several or not self.is_required,
            "several": several,
            "largest": LARGEST,
            "hint": f"{accepted_words(self.accepts).strip()}，{most}。",
        }
        return context


class PapersInput(PaperInput):
    """The part for several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return what waits and is not taken back, then what was chosen now."""
        gone = set(data.getlist(self.clear_checkbox_name(name)))
        marks = [mark for mark in data.getlist(_waiting(name)) if mark not in gone]
        waiting = [file for file in map(_of_mark, marks) if file is not None]
        return [*waiting, *files.getlist(name)]


class PaperFormField(forms.FileField):
    """One file; `accepts` says which kinds. The form gets it clean."""

    widget: Any = PaperInput
    default_error_messages: ClassVar[dict[str, Any]] = {"required": "请选择文件。", "invalid": "请选择文件。"}

    def __init__(self, *, accepts: frozenset[FileKind] = SCANS, **options: Any) -> None:
        self.accepts = accepts
        super().__init__(**{"allow_empty_file": True, **options})  # an empty one is refused by its name
        self.widget.accepts = accepts

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what the part shows of a form that came back: what was taken in, else what the record has."""
        return data if list(_taken_of(data)) else initial

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file clean; what the record has, where nothing was chosen; False where it is to go."""
        found = super().clean(data, initial)
        return _taken(found, self.accepts) if found and found is not initial else found


class PapersFormField(PaperFormField):
    """Several files; the form gets them clean, in a list."""

    widget: Any = PapersInput

    def __init__(self, *, accepts: frozenset[FileKind] = SCANS, most: int = MOST_FILES, **options: Any) -> None:
        self.most = most
        super().__init__(accepts=accepts, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files; every one that is refused is named."""
        del initial
        sent = list(data or [])
        if self.required and not sent:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(sent) > self.most:
            raise ValidationError(f"一次最多 {self.most:,} 个文件，这里有 {len(sent):,} 个。请分次上传。")
        found, wrong = [], []
        for one in sent:
            try:
                found.append(_taken(one, self.accepts))
            except ValidationError as error:
                wrong.append(error)
        if wrong:
            raise ValidationError(wrong)
        return found


def _taken(sent: Any, accepts: frozenset[FileKind]) -> Taken:
    """Take a file in, once: the form that comes back shows what was taken."""
    try:
        sent.taken = take(sent, accepts=accepts)
    except Refused as refused:
        raise ValidationError(str(refused)) from refused
    taken: Taken = sent.taken
    return taken


def _waiting(name: str) -> str:
    return f"{name}-kept"


def _sent(data: Any, files: Any, name: str, widget: PaperInput) -> Any:
    chosen = files.get(name)
    if chosen is not None or widget.clear_checkbox_name(name) in data:
        return chosen
    mark = data.get(_waiting(name))
    return _of_mark(mark) if mark else None


def _of_mark(mark: str) -> Taken | None:
    """Return the file that waits; none for a mark that is not ours, or an old one."""
    try:
        place = signing.loads(mark, salt=_SALT, max_age=_MARK_SECONDS)
        kept = KeptPaper.objects.get(place=place)
        with default_storage.open(kept.place) as file:
            taken = Taken(file.read(), name=kept.name, kind=FileKind(kept.kind))
    except (signing.BadSignature, KeptPaper.DoesNotExist, FileNotFoundError):
        return None
    taken.place = kept.place
    return taken


def _shown(value: Any) -> Iterator[Shown]:
    """Yield the files of a value: the record's, those of a form that came back, and nothing for a refused one."""
    if value and hasattr(value, "kept"):
        yield Shown(value.kept.name, value.kept.size, str(value), address=value.url)
    for taken in _taken_of(value):
        try:
            kept, picture = keep(taken), ""
        except Refused:  # no room for it: the form says so already, or whoever sends it again hears it
            continue
        if taken.kind in PICTURES:
            taken.seek(0)
            picture = f"data:image/jpeg;base64,{b64encode(pictures.thumbnail(taken.read())).decode()}"
        mark = signing.dumps(kept.place, salt=_SALT)
        yield Shown(kept.name, kept.size, KINDS[taken.kind].label, mark=mark, picture=picture)


def _taken_of(value: Any) -> Iterator[Taken]:
    """Yield the files of a value that were taken in, now or by an earlier sending."""
    for one in value if isinstance(value, list) else [value]:
        taken = one if isinstance(one, Taken) else getattr(one, "taken", None)
        if taken is not None:
            yield taken
