"""What a judgment was made from is kept: the chart and the person as they were, and the text of the library."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_cds_hooks")]

    operations = [
        migrations.CreateModel(
            name="LibraryText",
            fields=[
                ("fingerprint", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("content", models.BinaryField(help_text="the texts as compressed JSON")),
                ("kept_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(model_name="screeningrecord", name="facts", field=models.JSONField(default=dict)),
    ]
