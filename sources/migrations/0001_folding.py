"""The function that generated columns need before their tables are made."""

from django.db import migrations

from sources.folding import CREATE_FOLDED, DROP_FOLDED


class Migration(migrations.Migration):
    """Create `functions.folded`; the schemas and extensions stand already (see the command `migrate`)."""

    initial = True
    dependencies = []
    operations = [migrations.RunSQL(CREATE_FOLDED, DROP_FOLDED)]
