"""The ledger's own guards: entries only by the transaction that seals their posting; numbers and hashes by the database.

docs/ledger.md tells the protocol. A change of the canonical text needs a new prefix beside "posting/1", never an edit.
"""

from django.db import migrations

# Written as RETURN, these two are bound to what they name when they are made: no search path can mislead them, and they
# are still inlined, which a SET would forbid (a million calls when the ledger is verified).
CANONICAL = """
CREATE FUNCTION welfare_entry_text(e welfare_ledgerentry) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN concat_ws('|', e.id, e.line, e.account_id, e.fund_id, e.amount,
        to_char(e.occurred_on::timestamp, 'YYYY-MM-DD'),
        coalesce(e.subject_kind || ':' || e.subject_id, '-'), coalesce(e.reverses_id::text, '-'), e.transaction);

CREATE VIEW welfare_posting_seal AS
    SELECT e.posting_id, count(*) AS entry_count, sum(e.amount) AS total,
        min(e.line) = 1 AND max(e.line) = count(*) AS contiguous,
        encode(sha256(convert_to(string_agg(welfare_entry_text(e), E'\\n' ORDER BY e.line), 'UTF8')), 'hex') AS digest
    FROM welfare_ledgerentry e GROUP BY e.posting_id;

CREATE FUNCTION welfare_posting_hash(p welfare_posting, digest text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN encode(sha256(convert_to(concat_ws('|', 'posting/1',
        p.id, p.book_id, p.year, p.number, p.kind,
        octet_length(p.summary) || ':' || p.summary,
        to_char(p.posted_on::timestamp, 'YYYY-MM-DD'),
        to_char(p.posted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        coalesce(p.prepared_by_id::text, '-'), coalesce(p.approved_by_id::text, '-'),
        octet_length(p.offline_approval) || ':' || p.offline_approval,
        octet_length(p.source_key) || ':' || p.source_key,
        p.entry_count, p.total, p.previous_hash, p.transaction, digest), 'UTF8')), 'hex');
"""

# pg_temp stands last in the search path: a temporary table named like ours must not answer in its place.
ENTRIES = """
CREATE FUNCTION welfare_check_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE bad record;
BEGIN
    SELECT n.posting_id, n.line INTO bad FROM new_rows n WHERE n.transaction <> pg_current_xact_id() LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'entry %/% bears the id of another transaction', bad.posting_id, bad.line
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_entry_own_transaction';
    END IF;
    SELECT p.id INTO bad FROM (SELECT DISTINCT posting_id FROM new_rows) n JOIN welfare_posting p ON p.id = n.posting_id
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'posting % is sealed: nothing can be added to it', bad.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_entry_posting_is_sealed';
    END IF;
    SELECT min(n.subject_kind) AS subject_kind INTO bad
        FROM (SELECT DISTINCT subject_kind FROM new_rows WHERE subject_id IS NOT NULL) n
        WHERE NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = TG_RELID AND t.tgname = 'subject_' || n.subject_kind);
    IF bad.subject_kind IS NOT NULL THEN
        RAISE EXCEPTION 'nothing checks that subjects of kind % exist', bad.subject_kind
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_entry_kind_of_subject';
    END IF;
    IF EXISTS (SELECT FROM new_rows WHERE reverses_id IS NOT NULL) THEN
        SELECT n.reverses_id INTO bad FROM new_rows n
            LEFT JOIN welfare_ledgerentry o ON o.id = n.reverses_id
            LEFT JOIN welfare_posting p ON p.id = o.posting_id
            WHERE n.reverses_id IS NOT NULL AND (p.id IS NULL OR o.reverses_id IS NOT NULL
                OR n.amount <> -o.amount OR n.account_id <> o.account_id OR n.fund_id <> o.fund_id
                OR n.occurred_on <> o.occurred_on OR n.subject_kind <> o.subject_kind
                OR n.subject_id IS DISTINCT FROM o.subject_id) LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'a reversal of entry % must mirror it, and a reversal is not reversed', bad.reverses_id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_entry_reversal_mirrors';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER check_entries AFTER INSERT ON welfare_ledgerentry REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION welfare_check_entries();

ALTER TABLE welfare_ledgerentry ADD CONSTRAINT welfare_entry_sealed_by_its_transaction
    FOREIGN KEY (posting_id, transaction) REFERENCES welfare_posting (id, transaction) DEFERRABLE INITIALLY DEFERRED;
"""

POSTINGS = """
CREATE FUNCTION welfare_check_posting(p welfare_posting, year_state text) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE seen record; bad record;
BEGIN
    SELECT bool_or(f.book_id <> p.book_id) AS foreign_fund,
        bool_or(e.reverses_id IS NOT NULL) AS reversing, bool_or(e.reverses_id IS NULL) AS plain,
        bool_and(extract(year FROM e.occurred_on) < p.year OR coalesce(op.year < p.year, false)) AS all_earlier,
        array_agg(DISTINCT extract(year FROM e.occurred_on)::int) || array_agg(DISTINCT op.year::int) AS years
        INTO seen
        FROM welfare_ledgerentry e JOIN welfare_fund f ON f.id = e.fund_id
        LEFT JOIN welfare_ledgerentry o ON o.id = e.reverses_id LEFT JOIN welfare_posting op ON op.id = o.posting_id
        WHERE e.posting_id = p.id;
    IF seen.foreign_fund THEN
        RAISE EXCEPTION 'an entry of posting % uses the fund of another book', p.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_funds_of_its_book';
    ELSIF (p.kind = 'reversal' AND seen.plain) OR (p.kind NOT IN ('reversal', 'adjustment') AND seen.reversing) THEN
        RAISE EXCEPTION 'a posting of kind % cannot hold these entries', p.kind
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_kind_fits_entries';
    ELSIF year_state = 'reopened' AND p.kind <> 'recorded' THEN
        RAISE EXCEPTION 'fiscal year % is reopened for later recording only', p.year
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_reopened_for_recording';
    ELSIF p.kind = 'adjustment' AND NOT seen.all_earlier THEN
        RAISE EXCEPTION 'an adjustment in % concerns earlier years only', p.year
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_adjusts_earlier_years';
    END IF;
    SELECT y.year INTO bad FROM welfare_fiscalyear y
        WHERE p.kind <> 'adjustment' AND y.book_id = p.book_id AND y.state = 'closed' AND y.year = ANY (seen.years)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'fiscal year % is closed: correct it by an adjustment', bad.year
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_closed_year_by_adjustment';
    END IF;
    -- Positive amounts instead of "reverses_id IS NULL", and no LIMIT: both led the planner astray at 10,000 entries.
    SELECT min(e.subject_kind || ' ' || e.subject_id) AS subject INTO bad FROM welfare_ledgerentry e
        JOIN welfare_ledgerentry other ON other.subject_kind = e.subject_kind AND other.subject_id = e.subject_id
            AND other.posting_id <> p.id AND other.amount > 0
        WHERE e.posting_id = p.id AND e.amount > 0
        AND NOT EXISTS (SELECT FROM welfare_ledgerentry r WHERE r.reverses_id = other.id);
    IF bad.subject IS NOT NULL THEN
        RAISE EXCEPTION '% is already paid', bad.subject
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_subject_paid_once';
    END IF;
END $$;

CREATE FUNCTION welfare_seal_posting() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE seal record; year_state text; last record;
BEGIN
    -- Before the lock: nobody else can touch this transaction's entries.
    SELECT * INTO seal FROM welfare_posting_seal s WHERE s.posting_id = NEW.id;
    IF NOT FOUND OR NOT seal.contiguous THEN
        RAISE EXCEPTION 'posting % needs entries with lines 1 to n, written before it', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_has_entries';
    END IF;
    SELECT y.state INTO year_state FROM welfare_fiscalyear y
        WHERE y.book_id = NEW.book_id AND y.year = NEW.year FOR NO KEY UPDATE;
    IF year_state IS NULL OR year_state = 'closed' OR extract(year FROM NEW.posted_on) < NEW.year THEN
        RAISE EXCEPTION 'fiscal year % takes no postings of % (state %)', NEW.year, NEW.posted_on, year_state
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_year_is_open';
    END IF;
    PERFORM welfare_check_posting(NEW, year_state);
    SELECT p.number, p.hash INTO last FROM welfare_posting p
        WHERE p.book_id = NEW.book_id AND p.year = NEW.year ORDER BY p.number DESC LIMIT 1;
    NEW.number := coalesce(last.number, 0) + 1;
    NEW.previous_hash := coalesce(last.hash, repeat('0', 64));
    NEW.posted_at := clock_timestamp();
    NEW.transaction := pg_current_xact_id();
    NEW.entry_count := seal.entry_count;
    NEW.total := seal.total;
    NEW.hash := welfare_posting_hash(NEW, seal.digest);
    RETURN NEW;
END $$;

CREATE TRIGGER seal_posting BEFORE INSERT ON welfare_posting
    FOR EACH ROW EXECUTE FUNCTION welfare_seal_posting();
"""

SURROUNDINGS = """
CREATE FUNCTION welfare_keep_year() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.book_id, NEW.year) = (OLD.book_id, OLD.year) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'fiscal year % stays what it is: its state moves, nothing else', OLD.year
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_fiscalyear_stays';
END $$;
CREATE TRIGGER keep_year BEFORE UPDATE OR DELETE ON welfare_fiscalyear
    FOR EACH ROW EXECUTE FUNCTION welfare_keep_year();

CREATE FUNCTION welfare_keep_fund() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM welfare_ledgerentry WHERE fund_id = NEW.id) THEN
        RAISE EXCEPTION 'fund % has entries and stays in its book', NEW.code
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_fund_stays_in_its_book';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_fund BEFORE UPDATE OF book_id ON welfare_fund
    FOR EACH ROW WHEN (OLD.book_id <> NEW.book_id) EXECUTE FUNCTION welfare_keep_fund();
"""

# What an entry pays for is a row of any table: its kind, a short code, and its key, without a foreign key, so that the
# ledger knows no table that is paid from it. `welfare_guard_subjects` holds a kind to its table: an entry's subject
# exists (locked, so that nobody deletes it meanwhile; by the owner, whatever the writer may do there), and it stays, with
# its key, while an entry speaks of it. NOT EXISTS and no LIMIT, for the planner's sake.
SUBJECTS = """
CREATE FUNCTION welfare_check_subjects() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE asked bigint; found bigint;
BEGIN
    SELECT count(DISTINCT n.subject_id) INTO asked FROM new_rows n
        WHERE n.subject_kind = TG_ARGV[0] AND n.reverses_id IS NULL;
    IF asked > 0 THEN
        EXECUTE format('SELECT count(*) FROM (SELECT FROM %s s WHERE s.id IN (SELECT n.subject_id FROM new_rows n'
            ' WHERE n.subject_kind = %L AND n.reverses_id IS NULL) FOR KEY SHARE) held', TG_ARGV[1]::regclass, TG_ARGV[0])
            INTO found;
        IF found <> asked THEN
            RAISE EXCEPTION '% of the % subjects of kind % do not exist', asked - found, asked, TG_ARGV[0]
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_entry_subject_exists';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION welfare_keep_subjects() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE bad record;
BEGIN
    SELECT min(o.id) AS id INTO bad FROM old_rows o
        WHERE EXISTS (SELECT FROM welfare_ledgerentry e WHERE e.subject_kind = TG_ARGV[0] AND e.subject_id = o.id);
    IF bad.id IS NOT NULL THEN
        RAISE EXCEPTION '% % stands in the ledger and is kept', TG_ARGV[0], bad.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_subject_is_kept';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION welfare_refuse_new_key() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the key of % % is kept: the ledger goes by it', TG_TABLE_NAME, OLD.id
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_subject_is_kept';
END $$;

CREATE FUNCTION welfare_guard_subjects(kind text, relation regclass) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON welfare_ledgerentry REFERENCING NEW TABLE AS new_rows'
        ' FOR EACH STATEMENT EXECUTE FUNCTION welfare_check_subjects(%L, %L)', 'subject_' || kind, kind, relation);
    EXECUTE format('CREATE TRIGGER keep_subjects AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows'
        ' FOR EACH STATEMENT EXECUTE FUNCTION welfare_keep_subjects(%L)', relation, kind);
    EXECUTE format('CREATE TRIGGER keep_key BEFORE UPDATE OF id ON %s FOR EACH ROW WHEN (OLD.id <> NEW.id)'
        ' EXECUTE FUNCTION welfare_refuse_new_key()', relation);
END $$;

CREATE FUNCTION welfare_unguard_subjects(kind text, relation regclass) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE format('DROP TRIGGER %I ON welfare_ledgerentry', 'subject_' || kind);
    EXECUTE format('DROP TRIGGER keep_subjects ON %s', relation);
    EXECUTE format('DROP TRIGGER keep_key ON %s', relation);
END $$;
"""

# The grants room's own.
GRANTS = "SELECT welfare_guard_subjects('grant', 'welfare_grant')"
UNGUARDED_GRANTS = "SELECT welfare_unguard_subjects('grant', 'welfare_grant')"

REVERSE = """
DROP FUNCTION welfare_unguard_subjects(text, regclass);
DROP FUNCTION welfare_guard_subjects(text, regclass);
DROP FUNCTION welfare_refuse_new_key();
DROP FUNCTION welfare_keep_subjects();
DROP FUNCTION welfare_check_subjects();
DROP TRIGGER keep_fund ON welfare_fund;
DROP FUNCTION welfare_keep_fund();
DROP TRIGGER keep_year ON welfare_fiscalyear;
DROP FUNCTION welfare_keep_year();
DROP TRIGGER seal_posting ON welfare_posting;
DROP FUNCTION welfare_seal_posting();
DROP FUNCTION welfare_check_posting(welfare_posting, text);
ALTER TABLE welfare_ledgerentry DROP CONSTRAINT welfare_entry_sealed_by_its_transaction;
DROP TRIGGER check_entries ON welfare_ledgerentry;
DROP FUNCTION welfare_check_entries();
DROP VIEW welfare_posting_seal;
DROP FUNCTION welfare_posting_hash(welfare_posting, text);
DROP FUNCTION welfare_entry_text(welfare_ledgerentry);
"""


class Migration(migrations.Migration):
    dependencies = [("welfare", "0001_tables"), ("base", "0002_guards")]

    operations = [
        migrations.RunSQL(sql=CANONICAL + ENTRIES + POSTINGS + SURROUNDINGS + SUBJECTS, reverse_sql=REVERSE),
        migrations.RunSQL(sql=GRANTS, reverse_sql=UNGUARDED_GRANTS),
    ]
