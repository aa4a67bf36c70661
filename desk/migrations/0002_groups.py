from django.db import migrations


def make_groups(apps, schema_editor):
    """The groups themselves; `desk.roles` gives them their rights once all models are there."""
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in ("Rédaction", "Relecture", "Administration"):
        groups.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
