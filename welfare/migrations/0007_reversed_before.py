"""What was reversed before anything followed a reversal: its invoices are void, its grants wait for payment again."""

from django.db import migrations

# Logged like any other move; nobody took it, the reason names the posting that did.
INVOICES = """
WITH taken AS (
    SELECT p.id, min(b.name || ' ' || r.year || '-' || lpad(r.number::text, 5, '0')) AS by
    FROM welfare_purchase p JOIN welfare_ledgerentry e ON e.posting_id = p.posting_id
    JOIN welfare_ledgerentry m ON m.reverses_id = e.id JOIN welfare_posting r ON r.id = m.posting_id
    JOIN welfare_book b ON b.id = r.book_id WHERE p.state = 'standing' GROUP BY p.id
), void AS (
    UPDATE welfare_purchase SET state = 'void' FROM taken WHERE welfare_purchase.id = taken.id
)
INSERT INTO welfare_purchasemove (subject_id, action, source, target, reason, at)
SELECT id, 'void', 'standing', 'void', by || '冲销', now() FROM taken;
"""
GRANTS = """
WITH taken AS (
    SELECT g.id, min(b.name || ' ' || r.year || '-' || lpad(r.number::text, 5, '0')) AS by
    FROM welfare_grant g JOIN welfare_ledgerentry m ON m.subject_kind = 'grant' AND m.subject_id = g.id
    JOIN welfare_posting r ON r.id = m.posting_id JOIN welfare_book b ON b.id = r.book_id
    WHERE g.state = 'received' AND m.reverses_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM welfare_ledgerentry e WHERE e.subject_kind = 'grant' AND e.subject_id = g.id AND e.amount > 0
            AND NOT EXISTS (SELECT FROM welfare_ledgerentry o WHERE o.reverses_id = e.id)
    ) GROUP BY g.id
), unpaid AS (
    UPDATE welfare_grant SET state = 'returned', received_on = NULL FROM taken WHERE welfare_grant.id = taken.id
)
INSERT INTO welfare_grantmove (subject_id, action, source, target, reason, at)
SELECT id, 'unpay', 'received', 'returned', by || '冲销', now() FROM taken;
"""


class Migration(migrations.Migration):
    dependencies = [("welfare", "0006_covers_that_end")]

    operations = [
        migrations.RunSQL(INVOICES, migrations.RunSQL.noop),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
