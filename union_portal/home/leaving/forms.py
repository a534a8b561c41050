"""The form that takes another portal's archive."""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator

from union_portal.home.leaving.models import Arrival


class ArrivalForm(forms.ModelForm[Arrival]):
    """The archive and its key."""

    file = forms.FileField(
        label="整体导出的文件（.zip）",
        help_text="原平台“整体导出”下载的文件，大小不限；上传期间请不要关闭本页。",
        validators=[FileExtensionValidator(["zip"])],
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )
    key = forms.CharField(
        label="密钥",
        help_text="原平台确认导出时显示的一串字符，以 AGE-SECRET-KEY-1 开头。导入完成后立即删除。",
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    class Meta:
        model = Arrival
        fields = ("file",)

    def _get_validation_exclusions(self) -> Any:
        """Leave the model's own checks to the service."""
        return {field.name for field in Arrival._meta.fields}  # noqa: SLF001

    def _post_clean(self) -> None:
        """Leave the row as it is: the service makes it."""
