"""What of a budget was reviewed stays: its lines' amounts, and what it was adopted by."""

from django.db import migrations

KEEP = """
CREATE FUNCTION welfare_keep_line() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    standing text;
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.budget_id, NEW.account_id, NEW.amount) = (OLD.budget_id, OLD.account_id, OLD.amount) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.amount = 0 THEN
        RETURN NEW;
    END IF;
    -- Locked, so that nobody reviews the budget while its lines change.
    IF TG_OP <> 'INSERT' THEN
        SELECT state INTO standing FROM welfare_budget WHERE id = OLD.budget_id FOR SHARE;
    END IF;
    IF TG_OP <> 'DELETE' AND coalesce(standing, 'draft') = 'draft' THEN
        SELECT state INTO standing FROM welfare_budget WHERE id = NEW.budget_id FOR SHARE;
    END IF;
    IF standing <> 'draft' THEN
        RAISE EXCEPTION 'a budget that was reviewed keeps its lines'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_budgetline_stays';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER keep_line BEFORE INSERT OR UPDATE OR DELETE ON welfare_budgetline
    FOR EACH ROW EXECUTE FUNCTION welfare_keep_line();

CREATE FUNCTION welfare_keep_budget() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.year_id <> OLD.year_id OR (OLD.state = 'adopted' AND
        (NEW.reviewed_on, NEW.adopted_on, NEW.decision) IS DISTINCT FROM (OLD.reviewed_on, OLD.adopted_on, OLD.decision))
    THEN
        RAISE EXCEPTION 'budget % was reviewed and stays as it is', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_budget_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_budget BEFORE UPDATE OR DELETE ON welfare_budget
    FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION welfare_keep_budget();

CREATE FUNCTION welfare_check_adjustment() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM welfare_budget AS b JOIN welfare_budgetline AS l ON l.budget_id = b.id
        WHERE l.id = NEW.line_id AND b.state = 'adopted';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only an adopted budget is adjusted'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'welfare_budgetadjustment_of_adopted';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER check_adjustment BEFORE INSERT ON welfare_budgetadjustment
    FOR EACH ROW EXECUTE FUNCTION welfare_check_adjustment();
"""
REVERSE = """
DROP TRIGGER check_adjustment ON welfare_budgetadjustment;
DROP FUNCTION welfare_check_adjustment();
DROP TRIGGER keep_budget ON welfare_budget;
DROP FUNCTION welfare_keep_budget();
DROP TRIGGER keep_line ON welfare_budgetline;
DROP FUNCTION welfare_keep_line();
"""


class Migration(migrations.Migration):
    dependencies = [("welfare", "0031_services_and_purchases")]

    operations = [migrations.RunSQL(KEEP, REVERSE)]
