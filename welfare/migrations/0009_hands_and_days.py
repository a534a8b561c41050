"""Who prepares, approves and posts; on which days: checked by the database beside the seal, for new rows only.

The seal of a posting with a poster begins with "posting/2"; older rows keep the text they were sealed with.
"""

from django.db import migrations

HASH = """
CREATE OR REPLACE FUNCTION welfare_posting_hash(p welfare_posting, digest text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN encode(sha256(convert_to(concat_ws('|',
        CASE WHEN p.posted_by_id IS NULL AND p.paper_approval_id IS NULL THEN 'posting/1' ELSE 'posting/2' END,
        p.id, p.book_id, p.year, p.number, p.kind,
        octet_length(p.summary) || ':' || p.summary,
        to_char(p.posted_on::timestamp, 'YYYY-MM-DD'),
        to_char(p.posted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        coalesce(p.prepared_by_id::text, '-'), coalesce(p.approved_by_id::text, '-'),
        CASE WHEN p.posted_by_id IS NULL AND p.paper_approval_id IS NULL THEN NULL
            ELSE coalesce(p.posted_by_id::text, '-') || '|' || coalesce(p.paper_approval_id::text, '-') END,
        octet_length(p.offline_approval) || ':' || p.offline_approval,
        octet_length(p.source_key) || ':' || p.source_key,
        p.entry_count, p.total, p.previous_hash, p.transaction, digest), 'UTF8')), 'hex');
"""
OLD_HASH = """
CREATE OR REPLACE FUNCTION welfare_posting_hash(p welfare_posting, digest text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
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
# Triggers of one table fire by their names: both before `seal_posting`.
HANDS = """
CREATE FUNCTION welfare_check_hands() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE paper record;
BEGIN
    IF NEW.prepared_by_id IS NULL OR NEW.posted_by_id IS NULL THEN
        RAISE EXCEPTION 'posting % names no preparer or no poster', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_has_hands';
    ELSIF NEW.prepared_by_id = NEW.posted_by_id THEN
        RAISE EXCEPTION 'posting % would be posted by its preparer', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_poster_is_second';
    ELSIF NEW.approved_by_id = NEW.prepared_by_id THEN
        RAISE EXCEPTION 'posting % would be approved by its preparer', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_four_eyes';
    ELSIF NEW.approved_by_id IS NULL AND NEW.paper_approval_id IS NULL THEN
        RAISE EXCEPTION 'nobody approved posting %', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_is_approved';
    ELSIF NEW.paper_approval_id IS NOT NULL THEN
        SELECT a.state, a.approver_id, a.confirmed_by_id INTO paper
            FROM welfare_paperapproval a WHERE a.id = NEW.paper_approval_id;
        IF paper.state IS DISTINCT FROM 'confirmed' THEN
            RAISE EXCEPTION 'the paper approval of posting % is not confirmed', NEW.id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_paper_confirmed';
        ELSIF NEW.prepared_by_id IN (paper.approver_id, paper.confirmed_by_id) THEN
            RAISE EXCEPTION 'the preparer of posting % approved or confirmed its paper', NEW.id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_paper_of_others';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER check_hands BEFORE INSERT ON welfare_posting FOR EACH ROW EXECUTE FUNCTION welfare_check_hands();
"""
DAYS = """
CREATE FUNCTION welfare_check_days() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE today date := (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date;
BEGIN
    IF NEW.posted_on > today OR NEW.year NOT BETWEEN 2000 AND extract(year FROM today)
            OR extract(year FROM NEW.posted_on) < 2000 THEN
        RAISE EXCEPTION 'posting % of % in fiscal year % is out of range', NEW.id, NEW.posted_on, NEW.year
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_posting_day_in_order';
    ELSIF EXISTS (SELECT FROM welfare_ledgerentry e
            WHERE e.posting_id = NEW.id AND e.reverses_id IS NULL AND e.occurred_on > NEW.posted_on) THEN
        RAISE EXCEPTION 'an entry of posting % lies after its day', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_entry_not_after_posting';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER check_days BEFORE INSERT ON welfare_posting FOR EACH ROW EXECUTE FUNCTION welfare_check_days();
"""
PAPERS = """
CREATE FUNCTION welfare_keep_paper() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'paper approval % is confirmed and stays as it is', OLD.id
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_paperapproval_stays';
END $$;
CREATE TRIGGER keep_paper BEFORE UPDATE OR DELETE ON welfare_paperapproval
    FOR EACH ROW WHEN (OLD.state = 'confirmed') EXECUTE FUNCTION welfare_keep_paper();
"""
REVERSE = """
DROP TRIGGER keep_paper ON welfare_paperapproval;
DROP FUNCTION welfare_keep_paper();
DROP TRIGGER check_days ON welfare_posting;
DROP FUNCTION welfare_check_days();
DROP TRIGGER check_hands ON welfare_posting;
DROP FUNCTION welfare_check_hands();
"""


class Migration(migrations.Migration):
    dependencies = [("welfare", "0008_paper_approvals")]

    operations = [migrations.RunSQL(sql=HASH + HANDS + DAYS + PAPERS, reverse_sql=REVERSE + OLD_HASH)]
