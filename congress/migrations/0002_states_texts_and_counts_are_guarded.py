"""What is written once, the states that move only as their tables allow, and texts and counts that are final."""

from django.db import migrations

from union_portal.base.operations import guard_moves, protect_append_only

WRITTEN_ONCE = [
    "ballotmove",
    "departmentnote",
    "electionmove",
    "findingmove",
    "petitionmove",
    "proposalmove",
    "rating",
    "reminder",
    "replymove",
    "review",
    "sittingmove",
    "suggestionmove",
    "surveymove",
]
MACHINES = [
    "ballot",
    "election",
    "extension",
    "finding",
    "followup",
    "petition",
    "proposal",
    "reply",
    "seconding",
    "sitting",
    "suggestion",
    "survey",
]
FINAL = """
CREATE FUNCTION congress_refuse_final() RETURNS trigger LANGUAGE plpgsql AS $$
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
    WHEN (OLD.state = 'confirmed')
    EXECUTE FUNCTION congress_refuse_final('the count is confirmed');
CREATE TRIGGER final_count BEFORE UPDATE ON congress_election FOR EACH ROW
    WHEN (OLD.state = 'confirmed'
          AND (OLD.due, OLD.present, OLD.handed_out, OLD.returned, OLD.valid, OLD.void, OLD.needed, OLD.seats)
              IS DISTINCT FROM
              (NEW.due, NEW.present, NEW.handed_out, NEW.returned, NEW.valid, NEW.void, NEW.needed, NEW.seats))
    EXECUTE FUNCTION congress_refuse_final('the count is confirmed');
CREATE TRIGGER kept_election BEFORE DELETE ON congress_election FOR EACH ROW
    WHEN (OLD.state = 'confirmed')
    EXECUTE FUNCTION congress_refuse_final('the count is confirmed');
CREATE TRIGGER fixed_due BEFORE UPDATE ON congress_sitting FOR EACH ROW
    WHEN (OLD.opened_at IS NOT NULL AND (OLD.due, OLD.opened_at) IS DISTINCT FROM (NEW.due, NEW.opened_at))
    EXECUTE FUNCTION congress_refuse_final('who is due was fixed at the opening');

CREATE FUNCTION congress_refuse_counted_candidate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM congress_election e WHERE e.id = OLD.election_id AND e.state = 'confirmed') THEN
        RAISE EXCEPTION '% on % refused: the count is confirmed', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER final_count BEFORE UPDATE OR DELETE ON congress_candidate FOR EACH ROW
    EXECUTE FUNCTION congress_refuse_counted_candidate();
"""
NOT_FINAL = """
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
    dependencies = [("congress", "0001_congress_and_its_papers"), ("base", "0002_database_guards")]

    operations = [
        *(protect_append_only(f"congress_{name}") for name in WRITTEN_ONCE),
        *(guard_moves(f"congress_{name}", f"congress.{name}") for name in MACHINES),
        migrations.RunSQL(FINAL, NOT_FINAL),
    ]
