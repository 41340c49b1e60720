"""The groups of curators; `chronicle.curators` says what each may do, and `manage.py migrate` keeps them so."""

from django.conf import settings
from django.db import migrations

from chronicle.curators import ROLES, grant


def make_groups(apps, schema_editor):
    grant(apps, schema_editor.connection.alias)


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("sources", "0002_parties_agents_documents"),
        ("chronicle", "0002_masthead_missing_terms"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
