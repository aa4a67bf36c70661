import itertools

import django.db.models.deletion
from django.db import migrations, models


def end_stories(apps, schema_editor):
    """A deletion ends what was told before, unless what follows at once is that it was put back."""
    Revision = apps.get_model("desk", "Revision")
    rows = Revision.objects.order_by("model", "key", "pk")
    rows = rows.values_list("model", "key", "pk", "action")
    for _, story in itertools.groupby(rows, key=lambda row: row[:2]):
        told, deletion = [], None
        for _, _, pk, action in story:
            if deletion and action != "restored":
                Revision.objects.filter(pk__in=told).update(ended_by=deletion)
                told = []
            told.append(pk)
            deletion = pk if action == "deleted" else None
        if deletion:
            Revision.objects.filter(pk__in=told).update(ended_by=deletion)


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0008_merged_rows"),
    ]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ended",
                to="desk.revision",
                verbose_name="fini par",
            ),
        ),
        migrations.RunPython(end_stories, migrations.RunPython.noop),
    ]
