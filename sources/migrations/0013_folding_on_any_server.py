"""The same keys on PostgreSQL 15 to 18: no collation by its name, and what parts words is written down."""

from django.db import migrations

from sources.folding import CREATE_FOLDED


class Migration(migrations.Migration):
    """Make `functions.folded` anew. No key changes, compared for every code point, so none is worked out again."""

    dependencies = [("sources", "0012_slugs_of_undisclosed_records")]
    operations = [migrations.RunSQL(CREATE_FOLDED, migrations.RunSQL.noop)]
