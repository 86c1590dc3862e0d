from django.db import migrations, models

SAYS = 'the record says that this patient has died'  # as imports wrote it until now, and frozen here


def note_those_read(apps, schema_editor):
    """Records that were read in before this column was there said so among the things nobody understood."""
    patients = apps.get_model('registry', 'Patient').objects
    patients.filter(chart__kind='unread', chart__name__contains=SAYS).update(died=True)


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0021_mood_alerts'),
    ]

    operations = [
        migrations.AddField(
            model_name='patient',
            name='died',
            field=models.BooleanField(default=False, help_text='as the record that was read in says'),
        ),
        migrations.RunPython(note_those_read, migrations.RunPython.noop),
    ]
