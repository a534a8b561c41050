from django.db import migrations

REFUSE = """
CREATE FUNCTION annual_report_refuse_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.state = 'frozen' THEN
        RAISE EXCEPTION 'report % is frozen: a frozen version never changes', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION annual_report_refuse_frozen_part() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE report bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.report_id ELSE NEW.report_id END;
BEGIN
    IF EXISTS (SELECT 1 FROM annual_report_annualreport r WHERE r.id = report AND r.state <> 'draft') THEN
        RAISE EXCEPTION 'report % is no draft: its text does not change', report
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER refuse_frozen BEFORE UPDATE OR DELETE ON annual_report_annualreport
    FOR EACH ROW EXECUTE FUNCTION annual_report_refuse_frozen();
CREATE TRIGGER refuse_frozen_text BEFORE INSERT OR UPDATE OR DELETE ON annual_report_chaptertext
    FOR EACH ROW EXECUTE FUNCTION annual_report_refuse_frozen_part();
CREATE TRIGGER refuse_frozen_explanation BEFORE INSERT OR UPDATE OR DELETE ON annual_report_explanation
    FOR EACH ROW EXECUTE FUNCTION annual_report_refuse_frozen_part();
"""
ALLOW = """
DROP TRIGGER refuse_frozen_explanation ON annual_report_explanation;
DROP TRIGGER refuse_frozen_text ON annual_report_chaptertext;
DROP TRIGGER refuse_frozen ON annual_report_annualreport;
DROP FUNCTION annual_report_refuse_frozen_part();
DROP FUNCTION annual_report_refuse_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("annual_report", "0001_tables"), ("base", "0002_guards")]

    operations = [
        migrations.RunSQL(sql=REFUSE, reverse_sql=ALLOW),
    ]
