"""Guards of postings hand their keys over as one array: tables measured while they were empty led joins astray.

A round of ten thousand that was undone leaves pages without rows; measured then, the next one was compared row by row,
for a minute. What the guards refuse, and in which words, stays.
"""

from django.db import migrations

POSTING = """
CREATE OR REPLACE FUNCTION welfare_check_posting(p welfare_posting, year_state text) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE seen record; before record; bad record; paid record;
BEGIN
    SELECT bool_or(f.book_id <> p.book_id) AS foreign_fund,
        bool_or(e.reverses_id IS NOT NULL) AS reversing, bool_or(e.reverses_id IS NULL) AS plain,
        count(*) FILTER (WHERE extract(year FROM e.occurred_on) >= p.year) AS late,
        array_agg(DISTINCT extract(year FROM e.occurred_on)::int) AS years,
        array_agg(e.reverses_id) FILTER (WHERE e.reverses_id IS NOT NULL) AS reversed,
        array_agg(e.reverses_id) FILTER (WHERE extract(year FROM e.occurred_on) >= p.year) AS reversed_late
        INTO seen
        FROM welfare_ledgerentry e JOIN welfare_fund f ON f.id = e.fund_id WHERE e.posting_id = p.id;
    EXECUTE 'SELECT array_agg(DISTINCT op.year::int) AS years,'
        ' count(*) FILTER (WHERE o.id = ANY ($2) AND op.year < $3) AS late_of_earlier'
        ' FROM welfare_ledgerentry o JOIN welfare_posting op ON op.id = o.posting_id WHERE o.id = ANY ($1)'
        INTO before USING seen.reversed, seen.reversed_late, p.year;
    IF seen.foreign_fund THEN
        RAISE EXCEPTION 'an entry of posting % uses the fund of another book', p.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_funds_of_its_book';
    ELSIF (p.kind = 'reversal' AND seen.plain) OR (p.kind NOT IN ('reversal', 'adjustment') AND seen.reversing) THEN
        RAISE EXCEPTION 'a posting of kind % cannot hold these entries', p.kind
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_kind_fits_entries';
    ELSIF year_state = 'reopened' AND p.kind <> 'recorded' THEN
        RAISE EXCEPTION 'fiscal year % is reopened for later recording only', p.year
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_reopened_for_recording';
    ELSIF p.kind = 'adjustment' AND seen.late > before.late_of_earlier THEN
        RAISE EXCEPTION 'an adjustment in % concerns earlier years only', p.year
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_adjusts_earlier_years';
    END IF;
    SELECT y.year INTO bad FROM welfare_fiscalyear y
        WHERE p.kind <> 'adjustment' AND y.book_id = p.book_id AND y.state = 'closed' AND y.year = ANY (seen.years || before.years)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'fiscal year % is closed: correct it by an adjustment', bad.year
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_closed_year_by_adjustment';
    END IF;
    FOR paid IN SELECT e.subject_kind AS kind, array_agg(e.subject_id) AS keys FROM welfare_ledgerentry e
        WHERE e.posting_id = p.id AND e.amount > 0 AND e.subject_id IS NOT NULL GROUP BY e.subject_kind
    LOOP
        EXECUTE 'SELECT min(o.subject_id) AS id FROM welfare_ledgerentry o'
            ' WHERE o.subject_kind = $1 AND o.subject_id = ANY ($2) AND o.posting_id <> $3 AND o.amount > 0'
            ' AND NOT EXISTS (SELECT FROM welfare_ledgerentry r WHERE r.reverses_id = o.id)'
            INTO bad USING paid.kind, paid.keys, p.id;
        IF bad.id IS NOT NULL THEN
            RAISE EXCEPTION '% % is already paid', paid.kind, bad.id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_subject_paid_once';
        END IF;
    END LOOP;
END $$;
"""
SUBJECTS = """
CREATE OR REPLACE FUNCTION welfare_check_subjects() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE asked bigint[]; found bigint;
BEGIN
    SELECT array_agg(DISTINCT n.subject_id) INTO asked FROM new_rows n
        WHERE n.subject_kind = TG_ARGV[0] AND n.reverses_id IS NULL AND n.subject_id IS NOT NULL;
    IF asked IS NOT NULL THEN
        EXECUTE format('SELECT count(*) FROM (SELECT FROM %s s WHERE s.id = ANY ($1) FOR KEY SHARE) held',
            TG_ARGV[1]::regclass) INTO found USING asked;
        IF found <> cardinality(asked) THEN
            RAISE EXCEPTION '% of the % subjects of kind % do not exist',
                cardinality(asked) - found, cardinality(asked), TG_ARGV[0]
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_entry_subject_exists';
        END IF;
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("welfare", "0017_cover_paid")]

    operations = [migrations.RunSQL(sql=POSTING + SUBJECTS, reverse_sql=migrations.RunSQL.noop)]
