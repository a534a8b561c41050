"""What the database refuses of surveys: a person on an anonymous sheet, and taking anonymity back once it was given."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION congress_refuse_named_sheet() RETURNS trigger LANGUAGE plpgsql AS $$
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
NONE = """
DROP TRIGGER promised ON congress_survey;
DROP TRIGGER nameless ON congress_surveysheet;
DROP FUNCTION congress_refuse_named_sheet();
"""


class Migration(migrations.Migration):
    dependencies = [("congress", "0003_reports_on_proposals")]

    operations = [migrations.RunSQL(GUARDS, NONE)]
