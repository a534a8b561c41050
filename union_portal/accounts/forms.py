"""Forms of signing in."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa import app_settings as mfa
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError

from union_portal.accounts.models import User


class SignInForm(LoginForm):
    """allauth's form, asking for the staff number by its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "工号"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class _OnceForm(BaseAuthenticateForm):
    """Takes a code once for as long as it is taken at all: allauth forgets after one period, a code is good for three.

    allauth's own mark keeps two sign-ins at the same moment apart for the first of them, this one for the others.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "动态码"
        self.fields["code"].help_text = "手机上身份验证器应用显示的六位数字；手机不在身边时，可输入一个恢复码。"
        self.fields["code"].widget.attrs.pop("placeholder", None)

    def clean_code(self) -> str:
        """Refuse a code of the phone that was used before."""
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            digits = "".join(filter(str.isdigit, code))  # written 12-34-56 it is the same code
            key = f"accounts.code_used:{self.user.pk}:{digits}"
            if not cache.add(key, "y", timeout=mfa.TOTP_PERIOD * (2 * mfa.TOTP_TOLERANCE + 1)):
                raise get_adapter().validation_error("incorrect_code")
        return str(code)


class SecondFactorForm(_OnceForm, AuthenticateForm):
    """The code that follows the password."""


class SecondFactorAgainForm(_OnceForm, ReauthenticateForm):
    """The code that is asked again before something grave."""


class FirstSignInForm(forms.Form):
    """A staff number, the code that staff issued, and the password to be."""

    staff_number = forms.CharField(
        label="工号", max_length=32, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    code = forms.CharField(
        label="一次性登录码",
        max_length=20,
        help_text="您领到的十位字母和数字，例如 ABCDE-23456。",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    password = forms.CharField(
        label="新密码",
        strip=False,
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再次输入新密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Check that both passwords agree and are good enough for this account."""
        data = super().clean() or {}
        password, again = data.get("password"), data.get("again")
        if password and again and password != again:
            self.add_error("again", "两次输入的密码不一致，请重新输入。")
        if password:
            user = User(staff_number=data.get("staff_number", ""))
            try:
                validate_password(password, user)
            except ValidationError as error:
                self.add_error("password", error)
        return data
