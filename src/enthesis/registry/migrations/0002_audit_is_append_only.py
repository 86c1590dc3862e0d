"""The database itself refuses to change or remove an audit event; no setting can switch this off."""

from django.db import migrations

SQLITE = {
    "UPDATE": "CREATE TRIGGER audit_no_update BEFORE UPDATE ON registry_auditevent BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END;",
    "DELETE": "CREATE TRIGGER audit_no_delete BEFORE DELETE ON registry_auditevent BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END;",
}
POSTGRESQL = """
CREATE FUNCTION registry_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit events are append-only'; END $$;
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON registry_auditevent FOR EACH ROW EXECUTE FUNCTION registry_audit_refuse();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON registry_auditevent FOR EACH STATEMENT EXECUTE FUNCTION registry_audit_refuse();
"""


def refuse_changes(apps, schema_editor):
    """Put the triggers up."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for statement in SQLITE.values():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop)]
