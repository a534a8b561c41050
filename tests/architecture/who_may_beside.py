"""Who may open the pages that are none of the desk's lists, written by hand as `who_may` is."""

from tests.architecture.who import (
    ADMINISTRATOR,
    AUDIT,
    BRANCH,
    CHAIR,
    COUNTERS,
    EVERY_ROLE,
    FINANCE,
    HEADS,
    KEEPERS,
    LENDERS,
    MONEY_SEEN_BY,
    NOBODY,
    PREPARES,
    REGISTER,
    RUNS,
    SCHOOL,
    STAFF,
    WATCHERS,
    WRITES,
    Roles,
    of,
)

# What the desk has beside its lists; who holds no role opens none of it.
PLACES: dict[str, Roles] = {
    "admin:index": EVERY_ROLE,
    "admin:search": EVERY_ROLE,
    "admin:jsi18n": EVERY_ROLE,
    "admin:password_change": EVERY_ROLE,
    "admin:password_change_done": EVERY_ROLE,
    "admin:app_list": KEEPERS | WATCHERS,  # of the accounts
    "admin:autocomplete": STAFF,  # of people
    "admin:view_on_site": NOBODY,  # no row has a page outside
    # A list is brought by whoever adds to it, and dealt with by whoever brought it.
    "home:drafts": EVERY_ROLE,
    "home:filters": EVERY_ROLE,  # one's own, of the lists one may look at
    "home:files": EVERY_ROLE,  # one's own; each is its asker's alone
    "home:file": REGISTER,
    "home:file_take": REGISTER,
    "home:file_again": REGISTER,
    "home:file_remove": REGISTER,
    "home:leaving_take": ADMINISTRATOR,  # whoever asked for it or confirmed it, as the one here did
    "home:jobs": ADMINISTRATOR,  # the background service
    "home:profile": LENDERS,
    "home:officer": ADMINISTRATOR,
    "home:officer_aside": ADMINISTRATOR,
    "home:officer_candidates": ADMINISTRATOR,
    "home:beginning": ADMINISTRATOR | COUNTERS | of(CHAIR, FINANCE),
    "home:import_upload": COUNTERS | of(FINANCE),
    "home:import_columns": REGISTER,
    "home:import_template": REGISTER,
    "home:import_preview": REGISTER,
    "home:import_confirm": REGISTER,
    "home:import_answer": REGISTER,
    "home:import_words": REGISTER,
    "home:import_absent": REGISTER,
    "home:import_retry": REGISTER,
    "home:import_recheck": REGISTER,
    "home:import_taking_back": REGISTER,
    "home:import_marked": REGISTER,
    "home:import_discard": REGISTER,
    # A statement tells of illness: who sees grants reads it, its file is only for who asked.
    "home:person_statement": MONEY_SEEN_BY | BRANCH,
    "home:person_statement_ask": MONEY_SEEN_BY | BRANCH,
    "home:person_statement_file": PREPARES,
    # Collecting: the welfare officer for everybody, a branch chair for the own branch.
    "welfare:collecting": PREPARES | BRANCH,
    "welfare:collecting_round": PREPARES | BRANCH,
    "welfare:collecting_branch": PREPARES | BRANCH,
    "welfare:collecting_sheet": PREPARES | BRANCH,
    "welfare:collecting_paper": PREPARES | BRANCH,
    "welfare:fund_statement": MONEY_SEEN_BY,
    "welfare:audit": HEADS | of(AUDIT),
    "welfare:audit_ask": of(AUDIT),
    "admin:welfare_round_paper": MONEY_SEEN_BY,
    "admin:welfare_round_invoice": MONEY_SEEN_BY,
    "admin:welfare_invoice_scan": MONEY_SEEN_BY,
    "admin:welfare_grant_evidence": MONEY_SEEN_BY | BRANCH,
    # A sitting: the office lets in, the hall's figures are for whoever sees the session.
    "admin:congress_sitting_roll_step": RUNS,
    "congress:door": RUNS,
    "congress:quorum": STAFF,
    "congress:reviewed_file": SCHOOL,
    "admin:annual_report_rows": STAFF,
    "admin:annual_report_figures": WRITES | BRANCH,
    "admin:annual_report_reading": WRITES | BRANCH,
    "admin:annual_report_keeping": WRITES | BRANCH,
    "admin:annual_report_pdf": STAFF,
    "admin:annual_report_docx": STAFF,
    "admin:annual_report_preview": STAFF,
    "admin:annual_report_preview_file": STAFF,
}
