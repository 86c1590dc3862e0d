"""Consent, vials, signatures, addenda and adverse events; the database itself refuses to change a signed session."""

import unicodedata
import uuid

import django.db.models.deletion
from django.db import migrations, models

ALWAYS = ("sessionsignature", "addendum", "consent", "adverseeventnote")
SIGNED = ("sessionstep", "injection")
SAID = "this record is kept as it was signed"
SQLITE_ALWAYS = (
    "CREATE TRIGGER {table}_kept_{op} BEFORE {op} ON registry_{table} BEGIN SELECT RAISE(ABORT, '{said}'); END;"
)
SQLITE_SIGNED = (
    "CREATE TRIGGER {table}_signed_{op} BEFORE {op} ON registry_{table} "
    "WHEN EXISTS (SELECT 1 FROM registry_sessionsignature s WHERE s.session_id = {row}.session_id{more}) "
    "BEGIN SELECT RAISE(ABORT, '{said}'); END;"
)
POSTGRESQL = """
CREATE FUNCTION registry_kept_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{said}'; END $$;
CREATE FUNCTION registry_signed_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM registry_sessionsignature s WHERE s.session_id = OLD.session_id) THEN
    RAISE EXCEPTION '{said}';
  END IF;
  IF TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM registry_sessionsignature s WHERE s.session_id = NEW.session_id) THEN
    RAISE EXCEPTION '{said}';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
"""
POSTGRESQL_TRIGGERS = {
    "kept": "CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON registry_{table} "
    "FOR EACH ROW EXECUTE FUNCTION registry_kept_refuse();",
    "signed": "CREATE TRIGGER {table}_signed BEFORE INSERT OR UPDATE OR DELETE ON registry_{table} "
    "FOR EACH ROW EXECUTE FUNCTION registry_signed_refuse();",
    "lots": "CREATE TRIGGER lotused_signed BEFORE UPDATE OR DELETE ON registry_lotused "
    "FOR EACH ROW EXECUTE FUNCTION registry_signed_refuse();",
}


def refuse_changes(apps, schema_editor):
    """Put the triggers up."""
    statements = postgresql() if schema_editor.connection.vendor == "postgresql" else sqlite()
    for statement in statements:
        schema_editor.execute(statement)


def sqlite():
    """What never changes, and what never changes once its session is signed; a lot may still be added by an addendum."""
    for table in ALWAYS:
        yield from (SQLITE_ALWAYS.format(table=table, op=op, said=SAID) for op in ("UPDATE", "DELETE"))
    for table in (*SIGNED, "lotused"):
        for op, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
            more = " AND NEW.addendum_id IS NULL" if (table, op) == ("lotused", "INSERT") else ""
            yield SQLITE_SIGNED.format(table=table, op=op, row=row, more=more, said=SAID)


def postgresql():
    """The same for PostgreSQL."""
    yield POSTGRESQL.format(said=SAID)
    yield from (POSTGRESQL_TRIGGERS["kept"].format(table=table) for table in ALWAYS)
    yield from (POSTGRESQL_TRIGGERS["signed"].format(table=table) for table in SIGNED)
    yield POSTGRESQL_TRIGGERS["lots"]


def fill_keys(apps, schema_editor):
    """The key by which a lot is found, for injections recorded before there was one."""
    Injection = apps.get_model("registry", "Injection")
    for one in Injection._base_manager.exclude(lot="").iterator():
        one.lot_key = "".join(c for c in unicodedata.normalize("NFKC", one.lot).casefold() if c.isalnum())[:60]
        one.save(update_fields=["lot_key"])


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_courses_as_clinics_run_them")]

    operations = [
        migrations.AddField(
            model_name="injection", name="lot_key", field=models.CharField(blank=True, db_index=True, max_length=60)
        ),
        migrations.CreateModel(
            name="Addendum",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("recorded_by", models.CharField(max_length=200)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("text", models.TextField()),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.clinic"
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="registry.addendum",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="addenda", to="registry.session"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="AdverseEvent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("recorded_by", models.CharField(max_length=200)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("on", models.DateField()),
                ("what", models.CharField(max_length=500)),
                ("grade", models.PositiveSmallIntegerField()),
                ("serious", models.JSONField(default=list)),
                ("outcome", models.CharField(max_length=30)),
                ("closed", models.BooleanField(default=False)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.clinic"
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="registry.adverseevent",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adverse_events", to="registry.course"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adverse_events",
                        to="registry.session",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="AdverseEventNote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("recorded_by", models.CharField(max_length=200)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("on", models.DateField()),
                ("text", models.CharField(max_length=2000)),
                ("grade", models.PositiveSmallIntegerField()),
                ("serious", models.JSONField(default=list)),
                ("outcome", models.CharField(max_length=30)),
                ("closed", models.BooleanField(default=False)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.clinic"
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="registry.adverseeventnote",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="registry.adverseevent"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("recorded_by", models.CharField(max_length=200)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("given", models.BooleanField()),
                ("on", models.DateField()),
                ("language", models.CharField(max_length=20)),
                ("interpreter", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("library", models.CharField(blank=True, max_length=64)),
                ("signed_as", models.CharField(max_length=120)),
                ("signature", models.TextField(blank=True)),
                ("why", models.CharField(blank=True, max_length=500)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.clinic"
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="registry.consent",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="registry.course"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="LotUsed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("recorded_by", models.CharField(max_length=200)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("part", models.CharField(max_length=20)),
                ("what", models.CharField(max_length=80)),
                ("lot", models.CharField(max_length=60)),
                ("lot_key", models.CharField(db_index=True, max_length=60)),
                ("expires_on", models.DateField(null=True)),
                (
                    "addendum",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="registry.addendum",
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.clinic"
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="registry.lotused",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lots", to="registry.session"
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="registry.sessionstep",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="SessionSignature",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("recorded_by", models.CharField(max_length=200)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("content", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.clinic"
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="registry.sessionsignature",
                    ),
                ),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signature", to="registry.session"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Vial",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(db_index=True)),
                ("recorded_by", models.CharField(max_length=200)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("what", models.CharField(max_length=80)),
                ("lot", models.CharField(max_length=60)),
                ("lot_key", models.CharField(db_index=True, max_length=60)),
                ("expires_on", models.DateField()),
                ("maker", models.CharField(blank=True, max_length=80)),
                ("gone", models.BooleanField(default=False)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.clinic"
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="registry.vial",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
        migrations.RunPython(refuse_changes, migrations.RunPython.noop),
    ]
