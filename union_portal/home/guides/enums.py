"""The guides in Chinese (`docs/zh`), and whose each of them is."""

from dataclasses import dataclass

from union_portal.accounts.enums import Role


@dataclass(frozen=True)
class Guide:
    """A guide by job: the name of its file, its title, and the roles that find it opened first."""

    key: str
    title: str
    roles: frozenset[Role] = frozenset()


MEMBER = Guide("member", "会员")
GUIDES = (
    Guide("administrator", "系统管理员", frozenset({Role.ADMINISTRATOR})),
    Guide("chair", "主席、副主席", frozenset({Role.CHAIR, Role.VICE_CHAIR})),
    Guide(
        "officer",
        "工会干部",
        frozenset({Role.ORGANISATION, Role.WELFARE, Role.WOMEN, Role.ACTIVITIES}),
    ),
    Guide("treasurer", "财务", frozenset({Role.FINANCE})),
    Guide("congress-officer", "教代会、工代会工作人员", frozenset({Role.CONGRESS})),
    Guide("auditor", "经费审查委员会", frozenset({Role.AUDIT})),
    Guide("branch-chair", "分工会主席", frozenset({Role.BRANCH_CHAIR})),
    MEMBER,
)
