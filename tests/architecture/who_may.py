"""Who may open what at the desk, written by hand: a line is a decision, not a copy of the rules it judges.

`look` is the list, a row's page and its history, `take` the list as a file, `add` the form of a new row, `change` the
sending of an old one; `steps` is everything else that the row's pages offer, unless a line names it. A page of its own
that only shows itself when it is sent counts as open to whoever may look. A branch chair is let to rows of the own
branch only, wherever one can belong to a branch.
"""

from tests.architecture.who import (
    ADMINISTRATOR,
    APPROVES,
    AUDIT,
    BOOKS,
    BRANCH,
    CARES,
    CHAIR,
    CONGRESS,
    COUNTERS,
    FINANCE,
    HEADS,
    HEARS,
    IMPORTERS,
    KEEPERS,
    LENDERS,
    LISTS,
    MEETS,
    MONEY_SEEN_BY,
    NOBODY,
    OF_CHECKS,
    OFFICE,
    ORGANISATION,
    PAYS,
    POSTS,
    PREPARES,
    READERS,
    REGISTER,
    RULES_KEPT_BY,
    RUNS,
    SCHOOL,
    SENT_ON,
    STAFF,
    TAKERS,
    WATCHERS,
    WELFARE,
    WOMEN,
    WRITES,
    May,
    of,
)

DESK: dict[str, May] = {
    # The register of accounts: the administrator and the organisation officer keep it, heads and audit watch.
    "accounts.user": May(
        KEEPERS,
        KEEPERS,
        also={
            "close_account": ADMINISTRATOR,
            "reopen_account": ADMINISTRATOR,
            "reset_second_factor": ADMINISTRATOR,
        },
    ),
    # What takes two is confirmed, or cancelled, by the administrator or the chair.
    "accounts.roleassignment": May(
        KEEPERS | WATCHERS, ADMINISTRATOR, change=NOBODY, steps=LENDERS, also={"end_role": ADMINISTRATOR}
    ),
    "accounts.delegation": May(KEEPERS | WATCHERS, LENDERS, change=NOBODY, steps=LENDERS),
    "accounts.accountrequest": May(KEEPERS | WATCHERS, NOBODY, steps=LENDERS),
    "accounts.accessentry": May(WATCHERS),
    # Everything in one archive: asked for, confirmed and taken away by two of the administrators and the chair.
    "home.leaving": May(WATCHERS, LENDERS, change=NOBODY, steps=LENDERS),
    # Another portal's archive comes in through the administrator alone.
    "home.arrival": May(WATCHERS, ADMINISTRATOR, change=NOBODY, steps=ADMINISTRATOR),
    # Who is in the register and not in the list: whoever keeps the register says what became of them.
    "home.absence": May(REGISTER, change=NOBODY, steps=REGISTER),
    # What was imported: whoever imports anything sees the list, and in it the kinds that are theirs.
    "home.wordmapping": May(IMPORTERS, change=COUNTERS, also=LISTS),
    "home.importrecord": May(IMPORTERS, change=NOBODY, also={"step_take_back": IMPORTERS} | LISTS),
    # The report: every officer writes and asks for the freeze, only the chair or the vice chair confirms it; a branch's
    # chair does all of it with the own branch's.
    "annual_report.annualreport": May(
        STAFF,
        WRITES | BRANCH,
        also={"freeze": HEADS | BRANCH, "give_up": HEADS | BRANCH, "revise_report": HEADS | BRANCH},
    ),
    "annual_report.outline": May(SCHOOL, WRITES),
    "annual_report.outlinechapter": May(SCHOOL, WRITES),
    "annual_report.outlinesection": May(SCHOOL, WRITES),
    # The register: the organisation officer keeps it; a branch sees its own and enters applications, the union decides.
    "members.admission": May(
        STAFF, REGISTER | BRANCH, take=TAKERS, also={"step_admit": REGISTER, "step_decline": REGISTER}
    ),
    "members.branch": May(STAFF, REGISTER, take=TAKERS),
    "members.person": May(
        STAFF,
        REGISTER,
        take=TAKERS,
        also={
            "add_relative": of(ORGANISATION, WELFARE),
            "remove_relative": of(ORGANISATION, WELFARE),
            "add_place": of(ORGANISATION, WELFARE),
            "reveal_numbers": HEADS | BRANCH | of(ORGANISATION, WELFARE, WOMEN),
            "roster": STAFF,
        },
    ),
    "members.cohortkind": May(SCHOOL, REGISTER),
    "members.office": May(STAFF, NOBODY, take=TAKERS, steps=REGISTER),
    "members.term": May(STAFF, NOBODY, take=TAKERS),
    "members.summaryrecord": May(SCHOOL, COUNTERS, take=TAKERS - BRANCH),
    # Bodies, delegates and meetings: the congress office runs the school's, a branch chair the own branch's.
    "congress.congress": May(STAFF, RUNS, also={"print_list": STAFF}),
    "congress.delegate": May(STAFF, change=RUNS),
    "congress.delegation": May(STAFF, RUNS),
    "congress.unitelection": May(STAFF, RUNS),
    "congress.session": May(STAFF, RUNS, change=STAFF, steps=RUNS, also={"print_minutes": STAFF}),
    "congress.sitting": May(STAFF, change=STAFF, steps=RUNS, also={"roll": STAFF, "print_sheet": STAFF}),
    "congress.agendaitem": May(STAFF, NOBODY, change=RUNS),
    "congress.presidiummember": May(STAFF, NOBODY, steps=RUNS),
    "congress.resolution": May(STAFF, RUNS),
    "congress.ballot": May(
        STAFF, NOBODY, change=STAFF, steps=RUNS, also={"confirm": RUNS | HEADS, "send_back": RUNS | HEADS}
    ),
    "congress.election": May(
        STAFF,
        change=STAFF,
        steps=RUNS,
        also={"confirm": RUNS | HEADS, "send_back": RUNS | HEADS, "approve": OFFICE | HEADS},
    ),
    "congress.survey": May(STAFF, RUNS, also={"print_results": STAFF}),
    "congress.committee": May(STAFF, RUNS | REGISTER, also={"add_meetings": MEETS}),
    "congress.committeeseat": May(SCHOOL, of(CONGRESS, ORGANISATION)),
    "congress.meeting": May(SCHOOL, MEETS),
    "congress.revieweddocument": May(SCHOOL, MEETS),
    # Proposals and what the school hears: the office handles, heads approve, audit reads.
    "congress.department": May(SCHOOL, OFFICE),
    "congress.proposal": May(READERS, change=READERS, steps=OFFICE, also={"approve_filing": HEADS, "send_back": HEADS}),
    "congress.proposalcategory": May(READERS, OFFICE),
    "congress.proposaldrive": May(READERS, OFFICE),
    "congress.followup": May(READERS),
    "congress.proposalreport": May(READERS, OFFICE | HEADS, also=dict.fromkeys(("json", "pdf", "docx"), READERS)),
    "congress.suggestion": May(READERS, OFFICE, change=NOBODY, steps=OFFICE),
    "congress.suggestiondrive": May(SCHOOL, OFFICE),
    "congress.suggestiongroup": May(READERS, OFFICE),
    "congress.award": May(SCHOOL, OFFICE, also={"standings": SCHOOL}),
    "congress.inspection": May(SCHOOL, OFFICE),
    "congress.finding": May(SCHOOL, OFFICE),
    "congress.regulation": May(SCHOOL, RULES_KEPT_BY),
    "congress.regulationversion": May(SCHOOL, RULES_KEPT_BY),
    # A petition is its handlers' alone; the row here is handled by whoever looks.
    "congress.petition": May(HEARS, HEARS, change=NOBODY, steps=HEARS),
    # Welfare: prepared by the welfare officer, approved by the heads or finance, seen by audit.
    "welfare.benefit": May(MONEY_SEEN_BY, PREPARES),
    "welfare.benefitrule": May(MONEY_SEEN_BY, PREPARES),
    "welfare.occasion": May(MONEY_SEEN_BY, PREPARES),
    "welfare.workday": May(MONEY_SEEN_BY, PREPARES),
    "welfare.conditiongroup": May(MONEY_SEEN_BY, PREPARES),
    "welfare.returnreason": May(MONEY_SEEN_BY, PREPARES),
    "welfare.groupbuy": May(MONEY_SEEN_BY, CARES),
    "welfare.procurement": May(MONEY_SEEN_BY, PAYS, also={"step_approve": APPROVES, "step_decline": APPROVES}),
    "welfare.quote": May(MONEY_SEEN_BY, PAYS),
    "welfare.goodsmove": May(MONEY_SEEN_BY, PAYS),
    "welfare.invoice": May(MONEY_SEEN_BY, PAYS, change=NOBODY, steps=APPROVES, also={"scan": MONEY_SEEN_BY}),
    "welfare.procurementthreshold": May(MONEY_SEEN_BY, BOOKS | PREPARES),
    "welfare.aidregion": May(MONEY_SEEN_BY, PREPARES),
    "welfare.assistancetarget": May(MONEY_SEEN_BY, PREPARES),
    "welfare.servicekind": May(MONEY_SEEN_BY, CARES),
    "welfare.servicerecord": May(MONEY_SEEN_BY, CARES),
    "welfare.retiree": May(MONEY_SEEN_BY | BRANCH, change=MONEY_SEEN_BY | BRANCH),
    "welfare.visitkind": May(MONEY_SEEN_BY | BRANCH, CARES),
    "welfare.visit": May(
        MONEY_SEEN_BY | BRANCH,
        CARES | BRANCH,
        steps=APPROVES,
        also=dict.fromkeys(("step_ask", "step_annul"), CARES | BRANCH),
    ),
    # What is given is asked for by whoever keeps the drive, and approved by another.
    "welfare.donationdrive": May(MONEY_SEEN_BY, CARES, also={"take_shown_list": MONEY_SEEN_BY, "disclose": CARES}),
    # The audit committee asks, whoever is asked answers (here finance), the committee judges.
    "welfare.audit": May(MONEY_SEEN_BY, of(AUDIT)),
    "welfare.auditfinding": May(MONEY_SEEN_BY, of(AUDIT), also={"step_answer": POSTS}),
    "welfare.duestopup": May(MONEY_SEEN_BY, BOOKS),
    "welfare.donation": May(MONEY_SEEN_BY, CARES),
    "welfare.donationreceipt": May(MONEY_SEEN_BY, CARES, change=NOBODY, steps=APPROVES),
    "welfare.donationuse": May(MONEY_SEEN_BY, CARES, change=NOBODY, steps=APPROVES),
    "welfare.lifeevent": May(MONEY_SEEN_BY),
    "welfare.grant": May(
        MONEY_SEEN_BY | BRANCH,
        CARES | BRANCH,
        change=MONEY_SEEN_BY | BRANCH,
        steps=PREPARES,
        also={"step_approve": APPROVES, "step_decline": APPROVES, "step_send_back": APPROVES | CARES}
        # A branch reports its own, and fills in anew or takes back what it reported.
        | dict.fromkeys(("amend", "step_withdraw"), CARES | BRANCH)
        | dict.fromkeys(("step_receive", "step_cancel"), PAYS)
        | {"step_register_paper": CARES, "step_return": POSTS, "post_recorded": POSTS}
        | {"step_confirm": BRANCH, "check_evidence": CARES}
        | dict.fromkeys(("print_form", "print_dossier", "take_table"), MONEY_SEEN_BY | BRANCH),
    ),
    "welfare.round": May(
        MONEY_SEEN_BY,
        PREPARES,
        change=MONEY_SEEN_BY,
        steps=PREPARES,
        also={"step_approve": APPROVES, "step_return": APPROVES, "make_sheets": MONEY_SEEN_BY}
        | {"step_post": POSTS, "step_buy": POSTS, "keep_invoice": POSTS, "export_payout": PAYS},
    ),
    "welfare.rulewarning": May(MONEY_SEEN_BY, also={"answer_warning": CARES, "confirm_warning": APPROVES}),
    "welfare.mutualaidplan": May(MONEY_SEEN_BY, PREPARES, also={"post_premium": POSTS}),
    "welfare.cover": May(MONEY_SEEN_BY | BRANCH, NOBODY, steps=PREPARES),
    **dict.fromkeys(OF_CHECKS, May(MONEY_SEEN_BY | BRANCH, CARES)),
    "welfare.healthcheck": May(
        MONEY_SEEN_BY | BRANCH, CARES, also={"add_bookings": CARES | BRANCH, "post_refunds": POSTS}
    ),
    "welfare.checkbooking": May(MONEY_SEEN_BY | BRANCH, CARES | BRANCH, also={"step_refund": CARES}),
    "welfare.claim": May(
        MONEY_SEEN_BY | BRANCH,
        PREPARES | BRANCH,
        also={**dict.fromkeys(SENT_ON, PREPARES), "print_form": MONEY_SEEN_BY | BRANCH},
    ),
    **dict.fromkeys(("welfare.claimrule", "welfare.claimpaperkind"), May(MONEY_SEEN_BY, PREPARES)),
    # 疗休养: the welfare officer keeps it, a branch applies for its own people.
    **dict.fromkeys(("welfare.recuperationrule", "welfare.selectioncriterion"), May(MONEY_SEEN_BY | BRANCH, PREPARES)),
    "welfare.recuperationbatch": May(
        MONEY_SEEN_BY | BRANCH, PREPARES, also={"add_applications": PREPARES | BRANCH, "post_shares": POSTS}
    ),
    "welfare.recuperationapplication": May(MONEY_SEEN_BY | BRANCH, PREPARES | BRANCH),
    "welfare.hardshipstandard": May(MONEY_SEEN_BY | BRANCH, PREPARES),
    "welfare.hardshipaidrule": May(MONEY_SEEN_BY | BRANCH, PREPARES),
    "welfare.hardshipfile": May(
        CARES | HEADS | BRANCH,
        PREPARES | BRANCH,
        also=dict.fromkeys(("step_decide", "step_decline"), HEADS)
        | dict.fromkeys(("step_disclose", "step_recheck", "step_close", "add_aids"), PREPARES)
        | {"print_form": CARES | HEADS | BRANCH},
    ),
    "welfare.hardshipreview": May(CARES | HEADS | BRANCH, NOBODY),
    "welfare.hardshipaid": May(
        MONEY_SEEN_BY | BRANCH,
        PREPARES,
        change=NOBODY,
        steps=PREPARES,
        also=dict.fromkeys(("step_approve", "step_decline"), APPROVES) | {"step_pay": POSTS},
    ),
    "welfare.disclosure": May(MONEY_SEEN_BY, NOBODY, change=NOBODY, steps=CARES, also={"print_notice": MONEY_SEEN_BY}),
    "welfare.objection": May(CARES, CARES),
    "welfare.paperapproval": May(
        MONEY_SEEN_BY,
        NOBODY,
        steps=APPROVES,
        also={"step_amend": CARES | POSTS, "scan": MONEY_SEEN_BY},
    ),
    # Money: finance and the heads keep the books, nobody touches what is posted.
    **{f"welfare.{n}": May(MONEY_SEEN_BY, BOOKS) for n in ("book", "fund", "ledgeraccount", "chartaccount")},
    "welfare.budget": May(MONEY_SEEN_BY, POSTS, steps=of(AUDIT), also={"step_adopt": of(CHAIR), "add_lines": POSTS}),
    "welfare.budgetline": May(MONEY_SEEN_BY, POSTS),
    "welfare.asset": May(MONEY_SEEN_BY, POSTS),
    "welfare.assetcount": May(MONEY_SEEN_BY, POSTS),
    # Dues tell of wages: branches do not see them.
    "members.duesrule": May(HEADS | of(ORGANISATION, FINANCE, AUDIT), of(FINANCE)),
    "members.duesline": May(HEADS | of(ORGANISATION, FINANCE, AUDIT), of(ORGANISATION, FINANCE)),
    "welfare.budgetadjustment": May(MONEY_SEEN_BY, POSTS, change=NOBODY),
    "welfare.fiscalyear": May(MONEY_SEEN_BY, of(FINANCE), also={"step_reopen": of(CHAIR)}),
    "welfare.posting": May(
        MONEY_SEEN_BY, NOBODY, steps=BOOKS, also={"verify": MONEY_SEEN_BY, "request_reversal": of(FINANCE)}
    ),
    "welfare.ledgerentry": May(MONEY_SEEN_BY, NOBODY, steps=of(FINANCE)),
    # One of finance asks, another of finance or the heads approves.
    "welfare.postingrequest": May(
        MONEY_SEEN_BY,
        NOBODY,
        steps=of(FINANCE),
        also={"step_approve": APPROVES, "step_decline": APPROVES, "scan": MONEY_SEEN_BY},
    ),
    "welfare.fundbalance": May(MONEY_SEEN_BY),
}
