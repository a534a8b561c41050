"""The account: a staff number that signs in."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from union_portal.accounts.enums import SCHOOL_ROLES, Role
from union_portal.accounts.querysets import UserQuerySet
from union_portal.base.moments import minute
from union_portal.base.prepared import noted_as, own

T = TypeVar("T")


class UserManager(BaseUserManager["User"]):
    """Makes accounts; without a password an account waits for its one-time code."""

    def create_user(self, staff_number: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password it cannot sign in until a one-time code opens it."""
        user = self.model(staff_number=staff_number, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, staff_number: str, password: str | None = None, **fields: Any) -> "User":
        """Make the account that sets the portal up."""
        return self.create_user(staff_number, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """An account. What its owner may do follows from roles, delegations and the person behind it, all dated."""

    staff_number = models.CharField("工号", max_length=32, unique=True)
    name = models.CharField("姓名", max_length=64)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    date_joined = models.DateTimeField("建立时间", default=timezone.now)
    # How often everybody signed in to the account was signed out; a session knows the number it began with.
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "staff_number"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    empty_words = "每个登录平台的人有一个账号；会员的账号由名册批量开通，工会干部的在“新任干部”一页开通。"

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        ordering = ["staff_number"]

    def __str__(self) -> str:
        return f"{self.name}（{self.staff_number}）" if self.name else self.staff_number

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Let a session end with a new password, as Django does, and when the account's sessions are ended."""
        salt = "union_portal.accounts.models.user.User.session"
        return salted_hmac(salt, f"{self.password}{self.sessions_ended}", secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """Return the name as other libraries ask for it."""
        return self.name

    @cached_property
    def _answers(self) -> dict[str, Any]:
        return {}

    def once(self, name: str, ask: Callable[[], T]) -> T:
        """Return the answer to a question about the account, asked at most once a request, as the roles are."""
        if name not in self._answers:
            self._answers[name] = ask()
        answer: T = self._answers[name]
        return answer

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Ask the rules; without a row their answer hangs on the account alone, and pages ask the same many times."""
        if obj is not None:
            return super().has_perm(perm, obj)
        return self.once(f"may {perm}", lambda: super(User, self).has_perm(perm))

    def keys(self, name: str, ask: "Callable[[User], list[int]]") -> list[int]:
        """Return the keys of rows that are the account's, asked at most once a request.

        What stands in for the account says but that they were asked for, so that a statement takes them as a list.
        """
        noted: dict[str, Any] | None = self.__dict__.get("lists")
        if noted is not None:
            noted[name] = ask
            return [noted_as(name)]
        return self.once(name, lambda: ask(self))

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Roles held today, own or by delegation; read once per request."""

        def asked(account: "User") -> "models.QuerySet[Any]":
            today = timezone.localdate()
            held = account.role_assignments.in_force(on=today).order_by().values_list("role", flat=True)
            lent = account.delegations_received.in_force(on=today).order_by().values_list("role", flat=True)
            return held.union(lent)

        return frozenset(Role(value) for value in own(self, "roles", asked))

    @property
    def standing(self) -> tuple[bool, bool, frozenset[Role]]:
        """What a queryset may depend on beside the account's key, and hold for all accounts with the same."""
        return self.is_active, self.is_superuser, self.roles

    def stand_in(self, key: int, lists: dict[str, Any]) -> "User":
        """Return an account of the same standing with this key, which notes in `lists` what keys it is asked for."""
        other = User(pk=key, is_active=self.is_active, is_superuser=self.is_superuser)
        other.__dict__ |= {"roles": self.roles, "lists": lists}
        return other

    @property
    def is_entrusted(self) -> bool:
        """Whether it takes two to let somebody into the account: it has a role today, or one to come."""
        return User.objects.entrusted().filter(pk=self.pk).exists()

    def has_role(self, *roles: Role) -> bool:
        """Tell whether any of the roles is held today."""
        return self.is_active and not self.roles.isdisjoint(roles)

    @property
    def is_confined(self) -> bool:
        """Whether the account sees the own branches only, and not the school."""
        return self.has_role(Role.BRANCH_CHAIR) and not (self.is_superuser or self.has_role(*SCHOOL_ROLES))

    @property
    def is_staff(self) -> bool:
        """Whether the staff desk opens: a role today, or the account that sets the portal up."""
        return self.is_superuser or bool(self.roles)


class OneTimeCode(models.Model):
    """A code that opens an account once: issued by staff, stored only as a hash."""

    user = models.ForeignKey(User, models.CASCADE, related_name="codes", verbose_name="账号")
    code_hash = models.CharField(max_length=128)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="发放人")
    issued_at = models.DateTimeField("发放时间", auto_now_add=True)
    expires_at = models.DateTimeField("有效期至")
    used_at = models.DateTimeField("使用时间", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "一次性登录码"

    def __str__(self) -> str:
        return f"{self.user} {minute(self.expires_at)}"
