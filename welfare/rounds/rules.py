"""Who may prepare, approve, hand out and pay a round."""

from rules.permissions import add_perm

from welfare.books.rules import approvers, money, posters, preparers

add_perm("welfare.prepare_round", preparers)
add_perm("welfare.approve_round", approvers)
add_perm("welfare.collect_round", preparers)
add_perm("welfare.pay_round", posters)
add_perm("welfare.export_payout", money)
