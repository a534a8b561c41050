"""What the database itself refuses in the congress: texts that were read, counts that were confirmed, promises given."""

from django.db import migrations

FINAL = """
CREATE FUNCTION congress_refuse_final() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% on % refused: %', TG_OP, TG_TABLE_NAME, TG_ARGV[0]
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER locked_text BEFORE UPDATE ON congress_proposal FOR EACH ROW
    WHEN (OLD.state NOT IN ('draft', 'returned') AND NOT OLD.recorded
          AND (OLD.title, OLD.grounds, OLD.measures, OLD.proposer_id, OLD.delegation_id, OLD.congress_id)
              IS DISTINCT FROM
              (NEW.title, NEW.grounds, NEW.measures, NEW.proposer_id, NEW.delegation_id, NEW.congress_id))
    EXECUTE FUNCTION congress_refuse_final('the text is locked');
CREATE TRIGGER fixed_number BEFORE UPDATE ON congress_proposal FOR EACH ROW
    WHEN (OLD.number <> '' AND OLD.number IS DISTINCT FROM NEW.number)
    EXECUTE FUNCTION congress_refuse_final('the number is given once');
CREATE TRIGGER kept_proposals BEFORE DELETE ON congress_proposal FOR EACH ROW
    WHEN (OLD.submitted_at IS NOT NULL)
    EXECUTE FUNCTION congress_refuse_final('a submitted proposal is kept');
CREATE TRIGGER sent_reply BEFORE UPDATE OR DELETE ON congress_reply FOR EACH ROW
    WHEN (OLD.state = 'sent')
    EXECUTE FUNCTION congress_refuse_final('a reply that was sent is final');
CREATE TRIGGER final_count BEFORE UPDATE OR DELETE ON congress_ballot FOR EACH ROW
    WHEN (OLD.state = 'confirmed' AND NOT OLD.recorded)
    EXECUTE FUNCTION congress_refuse_final('the count is confirmed');
CREATE TRIGGER final_count BEFORE UPDATE ON congress_election FOR EACH ROW
    WHEN (OLD.state = 'confirmed' AND NOT OLD.recorded
          AND (OLD.state, OLD.due, OLD.present, OLD.handed_out, OLD.returned, OLD.valid, OLD.void, OLD.needed,
               OLD.seats)
              IS DISTINCT FROM
              (NEW.state, NEW.due, NEW.present, NEW.handed_out, NEW.returned, NEW.valid, NEW.void, NEW.needed,
               NEW.seats))
    EXECUTE FUNCTION congress_refuse_final('the count is confirmed');
CREATE TRIGGER kept_election BEFORE DELETE ON congress_election FOR EACH ROW
    WHEN (OLD.state = 'confirmed')
    EXECUTE FUNCTION congress_refuse_final('the count is confirmed');
CREATE TRIGGER fixed_due BEFORE UPDATE ON congress_sitting FOR EACH ROW
    WHEN (OLD.opened_at IS NOT NULL AND (OLD.due, OLD.opened_at) IS DISTINCT FROM (NEW.due, NEW.opened_at))
    EXECUTE FUNCTION congress_refuse_final('who is due was fixed at the opening');

CREATE FUNCTION congress_refuse_counted_candidate() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    -- The seat is given after the count, once.
    IF TG_OP = 'UPDATE' AND OLD.seat_id IS NULL AND to_jsonb(OLD) - 'seat_id' = to_jsonb(NEW) - 'seat_id' THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM congress_election e WHERE e.id = OLD.election_id AND e.state = 'confirmed') THEN
        RAISE EXCEPTION '% on % refused: the count is confirmed', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER final_count BEFORE UPDATE OR DELETE ON congress_candidate FOR EACH ROW
    EXECUTE FUNCTION congress_refuse_counted_candidate();
"""
SHEETS = """
CREATE FUNCTION congress_refuse_named_sheet() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.person_id IS NOT NULL
       AND EXISTS (SELECT 1 FROM congress_survey s WHERE s.id = NEW.survey_id AND s.anonymous) THEN
        RAISE EXCEPTION '% on % refused: the survey is anonymous', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nameless BEFORE INSERT OR UPDATE ON congress_surveysheet FOR EACH ROW
    EXECUTE FUNCTION congress_refuse_named_sheet();
CREATE TRIGGER promised BEFORE UPDATE ON congress_survey FOR EACH ROW
    WHEN (OLD.state <> 'draft' AND OLD.anonymous AND NOT NEW.anonymous)
    EXECUTE FUNCTION congress_refuse_final('anonymity was promised');
"""
REVERSE = """
DROP TRIGGER promised ON congress_survey;
DROP TRIGGER nameless ON congress_surveysheet;
DROP FUNCTION congress_refuse_named_sheet();
DROP TRIGGER final_count ON congress_candidate;
DROP FUNCTION congress_refuse_counted_candidate();
DROP TRIGGER fixed_due ON congress_sitting;
DROP TRIGGER kept_election ON congress_election;
DROP TRIGGER final_count ON congress_election;
DROP TRIGGER final_count ON congress_ballot;
DROP TRIGGER sent_reply ON congress_reply;
DROP TRIGGER kept_proposals ON congress_proposal;
DROP TRIGGER fixed_number ON congress_proposal;
DROP TRIGGER locked_text ON congress_proposal;
DROP FUNCTION congress_refuse_final();
"""


class Migration(migrations.Migration):
    dependencies = [("congress", "0001_tables"), ("base", "0002_guards")]

    operations = [migrations.RunSQL(FINAL + SHEETS, REVERSE)]
