"""Parties, agents, documents, their files and texts, as the first eleven migrations left them."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import sources.edtf.fields
import sources.folding
import sources.validators
from django.conf import settings
from django.db import migrations, models

from sources.folding import CREATE_FOLDED, DROP_FOLDED


class Migration(migrations.Migration):

    replaces = [('sources', '0001_folding'), ('sources', '0002_parties_agents_documents'), ('sources', '0003_lists_at_any_size'), ('sources', '0004_story_of_a_record'), ('sources', '0005_files_and_texts'), ('sources', '0006_documents_by_isbn'), ('sources', '0007_deleted_last'), ('sources', '0008_merged_records'), ('sources', '0009_reprints'), ('sources', '0010_pages_by_words'), ('sources', '0011_purged_files')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('auth', '__first__'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.RunSQL(CREATE_FOLDED, DROP_FOLDED),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(help_text='Its address and natural key: lower-case ASCII letters, digits and hyphens, such as first-ceasefire-october-2020. Public; never used again for something else.', max_length=80, unique=True, validators=[sources.validators.validate_ascii_slug], verbose_name='slug')),
                ('name', models.CharField(help_text='For headings: Republic of Armenia. Public.', max_length=200, validators=[sources.validators.validate_plain_text], verbose_name='name')),
                ('name_short', models.CharField(help_text='For tables and sentences: Armenia. Public.', max_length=40, validators=[sources.validators.validate_plain_text], verbose_name='short name')),
                ('name_folded', models.GeneratedField(db_persist=True, expression=sources.folding.Folded('name'), output_field=models.TextField())),
                ('period_edtf', sources.edtf.fields.EDTFField(blank=True, help_text='When it existed or took part, EDTF: 1991-09-02/2023-09-28. Public.', max_length=200, range_field='period_range', verbose_name='period')),
                ('period_range', sources.edtf.fields.EDTFRangeField(blank=True, null=True)),
                ('curators_note', models.TextField(blank=True, help_text='Private: never published. For instance: check against the printed edition.', validators=[sources.validators.validate_plain_text], verbose_name="curators' note")),
            ],
            options={
                'verbose_name': 'party',
                'verbose_name_plural': 'parties',
                'ordering': ['name_folded', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='party_slug_is_plain', violation_error_code='slug', violation_error_message='Slug: lower-case letters, digits and single hyphens, such as fall-of-a-town-2020.'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('name_short', ''), _negated=True)), name='party_has_names', violation_error_code='name', violation_error_message='Name: a party has one and a short one, such as Republic of Armenia, Armenia.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='party',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_partyrevision" ("curators_note", "id", "name", "name_short", "period_edtf", "period_range", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT new_values."curators_note", new_values."id", new_values."name", new_values."name_short", new_values."period_edtf", new_values."period_range", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."slug" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='78183a4679db194bbc940884bae95f4ab0493a46', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_67b89', referencing='REFERENCING NEW TABLE AS new_values ', table='sources_party', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='party',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_partyrevision" ("curators_note", "id", "name", "name_short", "period_edtf", "period_range", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT new_values."curators_note", new_values."id", new_values."name", new_values."name_short", new_values."period_edtf", new_values."period_range", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."slug" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."curators_note" IS DISTINCT FROM (new_values."curators_note") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."name_short" IS DISTINCT FROM (new_values."name_short") OR old_values."period_edtf" IS DISTINCT FROM (new_values."period_edtf") OR old_values."period_range" IS DISTINCT FROM (new_values."period_range") OR old_values."slug" IS DISTINCT FROM (new_values."slug")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='23588856b84747d14df51b31d542ac9c46db6feb', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1550a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sources_party', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='party',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_partyrevision" ("curators_note", "id", "name", "name_short", "period_edtf", "period_range", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT old_values."curators_note", old_values."id", old_values."name", old_values."name_short", old_values."period_edtf", old_values."period_range", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."slug" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6bad1738cdfbf0124a6b4f8bc26f22067bcf1ed4', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c3e6b', referencing='REFERENCING OLD TABLE AS old_values ', table='sources_party', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='party',
            trigger=pgtrigger.compiler.Trigger(name='number_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id)', func="\n        RAISE EXCEPTION 'Number: a row keeps its number for good; make a new row and delete this one'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'number_never_changes';\n    ", hash='19f797f22f2fb5267f2b0f61b3e2355994fb101c', ignore_func_name='"desk"._pgtrigger_should_ignore', operation='UPDATE OF "id"', pgid='pgtrigger_number_never_changes_5f24b', table='sources_party', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='PartyRevision',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='revisions', to='sources.party')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('slug', models.CharField(help_text='Its address and natural key: lower-case ASCII letters, digits and hyphens, such as first-ceasefire-october-2020. Public; never used again for something else.', max_length=80, validators=[sources.validators.validate_ascii_slug], verbose_name='slug')),
                ('name', models.CharField(help_text='For headings: Republic of Armenia. Public.', max_length=200, validators=[sources.validators.validate_plain_text], verbose_name='name')),
                ('name_short', models.CharField(help_text='For tables and sentences: Armenia. Public.', max_length=40, validators=[sources.validators.validate_plain_text], verbose_name='short name')),
                ('period_edtf', sources.edtf.fields.EDTFField(blank=True, help_text='When it existed or took part, EDTF: 1991-09-02/2023-09-28. Public.', max_length=200, range_field='period_range', verbose_name='period')),
                ('period_range', sources.edtf.fields.EDTFRangeField(blank=True, null=True)),
                ('curators_note', models.TextField(blank=True, help_text='Private: never published. For instance: check against the printed edition.', validators=[sources.validators.validate_plain_text], verbose_name="curators' note")),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_obj', 'pgh_id'], name='party_newest'), models.Index(fields=['pgh_obj', 'pgh_created_at', 'pgh_context'], name='party_story'), models.Index(condition=models.Q(('pgh_label', 'delete')), fields=['-pgh_id'], name='party_deleted')],
            },
        ),
        migrations.CreateModel(
            name='PartyName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='names', to='sources.party', verbose_name='party')),
                ('name', models.CharField(help_text='As that language writes it: Հայաստան. Public.', max_length=200, validators=[sources.validators.validate_plain_text], verbose_name='name')),
                ('language', models.CharField(help_text='BCP 47 tag, with script where a language has several: az-Latn, hy, hy-Latn, ru. Public.', max_length=35, validators=[sources.validators.validate_language_tag], verbose_name='language')),
            ],
            options={
                'verbose_name': 'name of a party',
                'verbose_name_plural': 'names of parties',
                'ordering': ['language', 'name', 'id'],
                'constraints': [models.UniqueConstraint(fields=('party', 'language', 'name'), name='party_name_is_given_once', violation_error_code='name', violation_error_message='Name: it is given in this language already; change one of the two, or remove one.'), models.CheckConstraint(condition=models.Q(('language__regex', '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*$')), name='party_name_language_is_tag', violation_error_code='language', violation_error_message='Language: a BCP 47 tag, such as az-Latn.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partyname',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_partynamerevision" ("id", "language", "name", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."language", new_values."name", new_values."party_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='faf5d01ceb0b601857b1748a80e06248f68c0cc0', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0451c', referencing='REFERENCING NEW TABLE AS new_values ', table='sources_partyname', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partyname',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_partynamerevision" ("id", "language", "name", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."language", new_values."name", new_values."party_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eb76cd992bb7e4b52839f2e4a7d7a4ed5ceafd02', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e56d5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sources_partyname', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partyname',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_partynamerevision" ("id", "language", "name", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."id", old_values."language", old_values."name", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='29fc96c395e9cae132b0d998ac4df5231b046967', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a9878', referencing='REFERENCING OLD TABLE AS old_values ', table='sources_partyname', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partyname',
            trigger=pgtrigger.compiler.Trigger(name='number_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id)', func="\n        RAISE EXCEPTION 'Number: a row keeps its number for good; make a new row and delete this one'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'number_never_changes';\n    ", hash='ad3b88a435497463788b797d2fcd1ae99408274a', ignore_func_name='"desk"._pgtrigger_should_ignore', operation='UPDATE OF "id"', pgid='pgtrigger_number_never_changes_2c3ca', table='sources_partyname', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='PartyNameRevision',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='revisions', to='sources.partyname')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.party', verbose_name='party')),
                ('name', models.CharField(help_text='As that language writes it: Հայաստան. Public.', max_length=200, validators=[sources.validators.validate_plain_text], verbose_name='name')),
                ('language', models.CharField(help_text='BCP 47 tag, with script where a language has several: az-Latn, hy, hy-Latn, ru. Public.', max_length=35, validators=[sources.validators.validate_language_tag], verbose_name='language')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_obj', 'pgh_id'], name='partyname_newest'), models.Index(fields=['party', 'pgh_created_at', 'pgh_context'], name='partyname_story')],
            },
        ),
        migrations.CreateModel(
            name='Agent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(help_text='Its address and natural key: lower-case ASCII letters, digits and hyphens, such as first-ceasefire-october-2020. Public; never used again for something else.', max_length=80, unique=True, validators=[sources.validators.validate_ascii_slug], verbose_name='slug')),
                ('merged_into', models.ForeignKey(editable=False, help_text='The record that stands for it since they were merged. Private.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='sources.agent', verbose_name='merged into')),
                ('name', models.CharField(help_text='In reading order: Jeyhun Bayramov. Public.', max_length=300, validators=[sources.validators.validate_plain_text], verbose_name='name')),
                ('name_sorted', models.CharField(blank=True, help_text="A person's family name first, with a comma: Bayramov, Jeyhun. Empty for bodies. Public.", max_length=300, validators=[sources.validators.validate_plain_text], verbose_name='name for sorting')),
                ('name_folded', models.GeneratedField(db_persist=True, expression=sources.folding.Folded('name'), output_field=models.TextField())),
                ('kind', models.CharField(choices=[('government', 'government'), ('intergovernmental', 'intergovernmental body'), ('press', 'press'), ('scholarship', 'scholarship'), ('non_governmental', 'non-governmental organisation'), ('campaign', 'campaign'), ('military', 'military'), ('other', 'other')], help_text='What kind of body it is, or the person speaks from. Public.', max_length=20, verbose_name='kind of body')),
                ('party', models.ForeignKey(blank=True, help_text='The party to the conflict that it speaks for, if any. Public, and needs a basis.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agents', to='sources.party', verbose_name='speaks for')),
                ('basis', models.TextField(blank=True, help_text='The public basis for saying so: minister of foreign affairs since 16 July 2020. Public.', validators=[sources.validators.validate_plain_text], verbose_name='basis')),
                ('curators_note', models.TextField(blank=True, help_text='Private: never published. For instance: check against the printed edition.', validators=[sources.validators.validate_plain_text], verbose_name="curators' note")),
            ],
            options={
                'verbose_name': 'agent',
                'verbose_name_plural': 'agents',
                'ordering': ['name_folded', 'id'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['name_folded'], name='agent_name_trigrams', opclasses=['functions.gin_trgm_ops']), models.Index(fields=['name_folded', 'id'], name='agent_by_folded_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='agent_slug_is_plain', violation_error_code='slug', violation_error_message='Slug: lower-case letters, digits and single hyphens, such as fall-of-a-town-2020.'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='agent_has_name', violation_error_code='name', violation_error_message='Name: an agent has one, such as Ministry of Foreign Affairs of Azerbaijan.'), models.CheckConstraint(condition=models.Q(('kind__in', ['government', 'intergovernmental', 'press', 'scholarship', 'non_governmental', 'campaign', 'military', 'other'])), name='agent_kind_is_known', violation_error_code='kind', violation_error_message='Kind of body: choose one of the listed ones, such as government.'), models.CheckConstraint(condition=models.Q(('party__isnull', True), models.Q(('basis', ''), _negated=True), _connector='OR'), name='agent_party_has_basis', violation_error_code='basis', violation_error_message='Basis: say on what public basis the agent speaks for this party, such as “founded by decree of …”.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agent',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_agentrevision" ("basis", "curators_note", "id", "kind", "merged_into_id", "name", "name_sorted", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT new_values."basis", new_values."curators_note", new_values."id", new_values."kind", new_values."merged_into_id", new_values."name", new_values."name_sorted", new_values."party_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."slug" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ce9a624a4b59eae2f01e815e618ce85395036c22', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_00f2b', referencing='REFERENCING NEW TABLE AS new_values ', table='sources_agent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agent',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_agentrevision" ("basis", "curators_note", "id", "kind", "merged_into_id", "name", "name_sorted", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT new_values."basis", new_values."curators_note", new_values."id", new_values."kind", new_values."merged_into_id", new_values."name", new_values."name_sorted", new_values."party_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."slug" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."basis" IS DISTINCT FROM (new_values."basis") OR old_values."curators_note" IS DISTINCT FROM (new_values."curators_note") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."merged_into_id" IS DISTINCT FROM (new_values."merged_into_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."name_sorted" IS DISTINCT FROM (new_values."name_sorted") OR old_values."party_id" IS DISTINCT FROM (new_values."party_id") OR old_values."slug" IS DISTINCT FROM (new_values."slug")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='302c7ce3dfb7d792e8c9fb1a4793afc4dce242bf', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b3a47', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sources_agent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agent',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_agentrevision" ("basis", "curators_note", "id", "kind", "merged_into_id", "name", "name_sorted", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT old_values."basis", old_values."curators_note", old_values."id", old_values."kind", old_values."merged_into_id", old_values."name", old_values."name_sorted", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."slug" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e14dd708555393c023bde5fd8cb4351b36c40701', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_bc6bd', referencing='REFERENCING OLD TABLE AS old_values ', table='sources_agent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agent',
            trigger=pgtrigger.compiler.Trigger(name='number_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id)', func="\n        RAISE EXCEPTION 'Number: a row keeps its number for good; make a new row and delete this one'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'number_never_changes';\n    ", hash='832d82e70763acf4ff29655b359dd03fe273cab0', ignore_func_name='"desk"._pgtrigger_should_ignore', operation='UPDATE OF "id"', pgid='pgtrigger_number_never_changes_ccda3', table='sources_agent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agent',
            trigger=pgtrigger.compiler.Trigger(name='new_row_refers_to_nothing_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE instead text;', func='\n    PERFORM 1 FROM desk."sources_agent" r WHERE r.id IN (SELECT n."merged_into_id" FROM new_values n) ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_agent" r JOIN desk."sources_agent" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."merged_into_id" FROM new_values n) LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Merged into: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\nRETURN NULL;', hash='639c1776849a97838d3d107b1d27a9622deff9c6', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='INSERT', pgid='pgtrigger_new_row_refers_to_nothing_merged_fe06b', referencing='REFERENCING NEW TABLE AS new_values ', table='sources_agent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agent',
            trigger=pgtrigger.compiler.Trigger(name='changed_row_refers_to_nothing_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE instead text;', func='\n    PERFORM 1 FROM desk."sources_agent" r WHERE r.id IN (SELECT n."merged_into_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."merged_into_id" IS DISTINCT FROM o."merged_into_id") ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_agent" r JOIN desk."sources_agent" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."merged_into_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."merged_into_id" IS DISTINCT FROM o."merged_into_id") LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Merged into: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\nRETURN NULL;', hash='51b33907a6932ddc80fd29d5abfdb228e4a1c5fc', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_row_refers_to_nothing_merged_2b98e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sources_agent', when='AFTER')),
        ),
        migrations.CreateModel(
            name='AgentRevision',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='revisions', to='sources.agent')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('slug', models.CharField(help_text='Its address and natural key: lower-case ASCII letters, digits and hyphens, such as first-ceasefire-october-2020. Public; never used again for something else.', max_length=80, validators=[sources.validators.validate_ascii_slug], verbose_name='slug')),
                ('merged_into', models.ForeignKey(db_constraint=False, editable=False, help_text='The record that stands for it since they were merged. Private.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.agent', verbose_name='merged into')),
                ('name', models.CharField(help_text='In reading order: Jeyhun Bayramov. Public.', max_length=300, validators=[sources.validators.validate_plain_text], verbose_name='name')),
                ('name_sorted', models.CharField(blank=True, help_text="A person's family name first, with a comma: Bayramov, Jeyhun. Empty for bodies. Public.", max_length=300, validators=[sources.validators.validate_plain_text], verbose_name='name for sorting')),
                ('kind', models.CharField(choices=[('government', 'government'), ('intergovernmental', 'intergovernmental body'), ('press', 'press'), ('scholarship', 'scholarship'), ('non_governmental', 'non-governmental organisation'), ('campaign', 'campaign'), ('military', 'military'), ('other', 'other')], help_text='What kind of body it is, or the person speaks from. Public.', max_length=20, verbose_name='kind of body')),
                ('party', models.ForeignKey(blank=True, db_constraint=False, help_text='The party to the conflict that it speaks for, if any. Public, and needs a basis.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.party', verbose_name='speaks for')),
                ('basis', models.TextField(blank=True, help_text='The public basis for saying so: minister of foreign affairs since 16 July 2020. Public.', validators=[sources.validators.validate_plain_text], verbose_name='basis')),
                ('curators_note', models.TextField(blank=True, help_text='Private: never published. For instance: check against the printed edition.', validators=[sources.validators.validate_plain_text], verbose_name="curators' note")),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_obj', 'pgh_id'], name='agent_newest'), models.Index(fields=['pgh_obj', 'pgh_created_at', 'pgh_context'], name='agent_story'), models.Index(condition=models.Q(('pgh_label', 'delete')), fields=['-pgh_id'], name='agent_deleted')],
            },
        ),
        migrations.CreateModel(
            name='AgentName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agent', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='names', to='sources.agent', verbose_name='agent')),
                ('name', models.CharField(help_text='As that language writes it: Ceyhun Bayramov. Public.', max_length=300, validators=[sources.validators.validate_plain_text], verbose_name='name')),
                ('name_folded', models.GeneratedField(db_persist=True, expression=sources.folding.Folded('name'), output_field=models.TextField())),
                ('language', models.CharField(help_text='BCP 47 tag, with script where a language has several: az-Latn, hy, hy-Latn, ru. Public.', max_length=35, validators=[sources.validators.validate_language_tag], verbose_name='language')),
            ],
            options={
                'verbose_name': 'name of an agent',
                'verbose_name_plural': 'names of agents',
                'ordering': ['language', 'name', 'id'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['name_folded'], name='agent_name_other_trigrams', opclasses=['functions.gin_trgm_ops'])],
                'constraints': [models.UniqueConstraint(fields=('agent', 'language', 'name'), name='agent_name_is_given_once', violation_error_code='name', violation_error_message='Name: it is given in this language already; change one of the two, or remove one.'), models.CheckConstraint(condition=models.Q(('language__regex', '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*$')), name='agent_name_language_is_tag', violation_error_code='language', violation_error_message='Language: a BCP 47 tag, such as az-Latn.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agentname',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_agentnamerevision" ("agent_id", "id", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."agent_id", new_values."id", new_values."language", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='31d7bb60ffc0a38db08b6466a025b2d86bdabf31', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_43ed2', referencing='REFERENCING NEW TABLE AS new_values ', table='sources_agentname', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agentname',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_agentnamerevision" ("agent_id", "id", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."agent_id", new_values."id", new_values."language", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."agent_id" IS DISTINCT FROM (new_values."agent_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."name" IS DISTINCT FROM (new_values."name")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1e45f8bcd079d8d11a72b8e873d20ffa0983633c', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_18bf1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sources_agentname', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agentname',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_agentnamerevision" ("agent_id", "id", "language", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."agent_id", old_values."id", old_values."language", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2c389b89f211774cc296902e19d6e7853d4684d9', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_78b57', referencing='REFERENCING OLD TABLE AS old_values ', table='sources_agentname', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agentname',
            trigger=pgtrigger.compiler.Trigger(name='number_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id)', func="\n        RAISE EXCEPTION 'Number: a row keeps its number for good; make a new row and delete this one'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'number_never_changes';\n    ", hash='c3d09be1d42d7e69916e94020a32b53a83666025', ignore_func_name='"desk"._pgtrigger_should_ignore', operation='UPDATE OF "id"', pgid='pgtrigger_number_never_changes_8ab5c', table='sources_agentname', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agentname',
            trigger=pgtrigger.compiler.Trigger(name='new_row_refers_to_nothing_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE instead text;', func='\n    PERFORM 1 FROM desk."sources_agent" r WHERE r.id IN (SELECT n."agent_id" FROM new_values n) ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_agent" r JOIN desk."sources_agent" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."agent_id" FROM new_values n) LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Agent: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\nRETURN NULL;', hash='84a8da90e017a93e510922a97459b1097f9810e2', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='INSERT', pgid='pgtrigger_new_row_refers_to_nothing_merged_60964', referencing='REFERENCING NEW TABLE AS new_values ', table='sources_agentname', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agentname',
            trigger=pgtrigger.compiler.Trigger(name='changed_row_refers_to_nothing_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE instead text;', func='\n    PERFORM 1 FROM desk."sources_agent" r WHERE r.id IN (SELECT n."agent_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."agent_id" IS DISTINCT FROM o."agent_id") ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_agent" r JOIN desk."sources_agent" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."agent_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."agent_id" IS DISTINCT FROM o."agent_id") LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Agent: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\nRETURN NULL;', hash='f69dac777f16c1561ffcff2dac486933ba8887fc', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_row_refers_to_nothing_merged_6cff8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sources_agentname', when='AFTER')),
        ),
        migrations.CreateModel(
            name='AgentNameRevision',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='revisions', to='sources.agentname')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('agent', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.agent', verbose_name='agent')),
                ('name', models.CharField(help_text='As that language writes it: Ceyhun Bayramov. Public.', max_length=300, validators=[sources.validators.validate_plain_text], verbose_name='name')),
                ('language', models.CharField(help_text='BCP 47 tag, with script where a language has several: az-Latn, hy, hy-Latn, ru. Public.', max_length=35, validators=[sources.validators.validate_language_tag], verbose_name='language')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_obj', 'pgh_id'], name='agentname_newest'), models.Index(fields=['agent', 'pgh_created_at', 'pgh_context'], name='agentname_story')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(help_text='Its address and natural key: lower-case ASCII letters, digits and hyphens, such as first-ceasefire-october-2020. Public; never used again for something else.', max_length=80, unique=True, validators=[sources.validators.validate_ascii_slug], verbose_name='slug')),
                ('merged_into', models.ForeignKey(editable=False, help_text='The record that stands for it since they were merged. Private.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='sources.document', verbose_name='merged into')),
                ('document_type', models.CharField(choices=[('article', 'article or preprint'), ('article-journal', 'journal article'), ('article-magazine', 'magazine article'), ('article-newspaper', 'newspaper article'), ('bill', 'bill'), ('book', 'book'), ('broadcast', 'broadcast'), ('chapter', 'chapter'), ('dataset', 'data set'), ('document', 'document'), ('entry-encyclopedia', 'encyclopedia entry'), ('graphic', 'photograph or picture'), ('hearing', 'hearing'), ('interview', 'interview'), ('legal_case', 'legal case'), ('legislation', 'legislation or resolution'), ('manuscript', 'manuscript'), ('map', 'map'), ('motion_picture', 'film or video'), ('pamphlet', 'pamphlet'), ('personal_communication', 'letter or testimony'), ('post', 'post'), ('post-weblog', 'weblog post'), ('report', 'report'), ('speech', 'speech'), ('thesis', 'thesis'), ('treaty', 'treaty'), ('webpage', 'web page')], help_text='CSL item type, such as report. Public.', max_length=30, verbose_name='type')),
                ('title', models.CharField(help_text='As printed, in its own language. Public.', max_length=500, validators=[sources.validators.validate_plain_text], verbose_name='title')),
                ('title_short', models.CharField(help_text='Its siglum in plots and tables: Bayramov 2021. Public.', max_length=60, validators=[sources.validators.validate_plain_text], verbose_name='short title')),
                ('title_folded', models.GeneratedField(db_persist=True, expression=sources.folding.Folded('title'), output_field=models.TextField())),
                ('title_short_folded', models.GeneratedField(db_persist=True, expression=sources.folding.Folded('title_short'), output_field=models.TextField())),
                ('container_title', models.CharField(blank=True, help_text='The journal, book or site that holds it. Public.', max_length=500, validators=[sources.validators.validate_plain_text], verbose_name='container title')),
                ('volume', models.CharField(blank=True, help_text='Such as 12. Public.', max_length=40, validators=[sources.validators.validate_plain_text], verbose_name='volume')),
                ('issue', models.CharField(blank=True, help_text='Such as 3. Public.', max_length=40, validators=[sources.validators.validate_plain_text], verbose_name='issue')),
                ('number', models.CharField(blank=True, help_text='Of a report or resolution: S/RES/822. Public.', max_length=80, validators=[sources.validators.validate_plain_text], verbose_name='number')),
                ('edition', models.CharField(blank=True, help_text='Such as 2nd. Public.', max_length=80, validators=[sources.validators.validate_plain_text], verbose_name='edition')),
                ('pages', models.CharField(blank=True, help_text='Where it stands: 211–230. Public.', max_length=40, validators=[sources.validators.validate_plain_text], verbose_name='pages')),
                ('publisher', models.ForeignKey(blank=True, help_text='The body that brought it out. Public.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='published_documents', to='sources.agent', verbose_name='publisher')),
                ('publisher_place', models.CharField(blank=True, help_text='Baku. Public.', max_length=200, validators=[sources.validators.validate_plain_text], verbose_name='place of publication')),
                ('issued_edtf', sources.edtf.fields.EDTFField(blank=True, help_text='EDTF: 2021-11-08. Public.', max_length=200, range_field='issued_range', verbose_name='issued')),
                ('issued_range', sources.edtf.fields.EDTFRangeField(blank=True, null=True)),
                ('original_edtf', sources.edtf.fields.EDTFField(blank=True, help_text='EDTF, of a reprint alone: when the original came out, such as 1925. Public.', max_length=200, range_field=None, verbose_name='first issued')),
                ('language', models.CharField(blank=True, help_text='BCP 47 tag, with script where a language has several: az-Latn, hy, hy-Latn, ru. Public.', max_length=35, validators=[sources.validators.validate_language_tag], verbose_name='language')),
                ('doi', models.CharField(blank=True, help_text='10.1000/182. Public.', max_length=200, validators=[sources.validators.validate_doi], verbose_name='DOI')),
                ('isbn', models.CharField(blank=True, help_text='978-0-306-40615-7. Public.', max_length=20, validators=[sources.validators.validate_isbn], verbose_name='ISBN')),
                ('url', models.CharField(blank=True, help_text='https://… Public.', max_length=2000, validators=[sources.validators.validate_url], verbose_name='URL')),
                ('archive_url', models.CharField(blank=True, help_text='A lasting copy of the same: https://web.archive.org/… Public.', max_length=2000, validators=[sources.validators.validate_url], verbose_name='archive URL')),
                ('accessed_on', models.DateField(blank=True, help_text='When the address was last seen: 2026-05-31. Public.', null=True, verbose_name='accessed on')),
                ('rights', models.CharField(blank=True, help_text='Its licence or owner: CC BY 4.0. Public.', max_length=500, validators=[sources.validators.validate_plain_text], verbose_name='rights')),
                ('party', models.ForeignKey(blank=True, help_text='Only where it speaks for another party than its publisher does. Public, and needs a basis.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='sources.party', verbose_name='speaks for')),
                ('party_basis', models.TextField(blank=True, help_text='The public basis for saying so. Public.', validators=[sources.validators.validate_plain_text], verbose_name='basis')),
                ('access', models.CharField(choices=[('open', 'open: the whole record may be published'), ('described', 'described: only a public description, its type and its year'), ('withheld', 'withheld: nothing')], default='open', help_text='How much may ever leave the desk. Changed by the actions “withhold” and “release” alone.', max_length=10, verbose_name='access')),
                ('public_description', models.CharField(blank=True, help_text='All that readers see of a described document: testimony of a resident. Public.', max_length=500, validators=[sources.validators.validate_plain_text], verbose_name='public description')),
                ('curators_note', models.TextField(blank=True, help_text='Private: never published. For instance: check against the printed edition.', validators=[sources.validators.validate_plain_text], verbose_name="curators' note")),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'ordering': ['title_folded', 'id'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['title_folded'], name='document_title_trigrams', opclasses=['functions.gin_trgm_ops']), django.contrib.postgres.indexes.GinIndex(fields=['title_short_folded'], name='document_short_title_trigrams', opclasses=['functions.gin_trgm_ops']), models.Index(fields=['document_type', 'title_folded', 'id'], name='document_by_type'), models.Index(condition=models.Q(('access', 'open'), _negated=True), fields=['access', 'title_folded', 'id'], name='document_not_open'), models.Index(fields=['title_folded', 'id'], name='document_by_folded_title'), models.Index(condition=models.Q(('isbn', ''), _negated=True), fields=['isbn'], name='document_by_isbn'), models.Index(condition=models.Q(('doi', ''), _negated=True), fields=['doi'], name='document_by_doi')],
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='document_slug_is_plain', violation_error_code='slug', violation_error_message='Slug: lower-case letters, digits and single hyphens, such as fall-of-a-town-2020.'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('title_short', ''), _negated=True)), name='document_has_titles', violation_error_code='title', violation_error_message='Title: a document has one and a short one, such as Bayramov 2021.'), models.CheckConstraint(condition=models.Q(('document_type__in', ['article', 'article-journal', 'article-magazine', 'article-newspaper', 'bill', 'book', 'broadcast', 'chapter', 'dataset', 'document', 'entry-encyclopedia', 'graphic', 'hearing', 'interview', 'legal_case', 'legislation', 'manuscript', 'map', 'motion_picture', 'pamphlet', 'personal_communication', 'post', 'post-weblog', 'report', 'speech', 'thesis', 'treaty', 'webpage'])), name='document_type_is_known', violation_error_code='document_type', violation_error_message='Type: choose a CSL item type, such as report.'), models.CheckConstraint(condition=models.Q(('access__in', ['open', 'described', 'withheld'])), name='document_access_is_known', violation_error_code='access', violation_error_message='Access: open, described or withheld.'), models.CheckConstraint(condition=models.Q(models.Q(('access', 'described'), _negated=True), models.Q(('public_description', ''), _negated=True), _connector='OR'), name='document_described_has_description', violation_error_code='public_description', violation_error_message='Public description: a described document needs one, such as “testimony of a resident”.'), models.CheckConstraint(condition=models.Q(('party__isnull', True), models.Q(('party_basis', ''), _negated=True), _connector='OR'), name='document_party_has_basis', violation_error_code='party_basis', violation_error_message='Basis: say on what public basis it speaks for this party, such as “printed by its ministry”.'), models.CheckConstraint(condition=models.Q(('language__regex', '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*$'), ('language', ''), _connector='OR'), name='document_language_is_tag', violation_error_code='language', violation_error_message='Language: a BCP 47 tag, such as az-Latn.')],
            },
        ),
        migrations.CreateModel(
            name='DocumentRevision',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='revisions', to='sources.document')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('slug', models.CharField(help_text='Its address and natural key: lower-case ASCII letters, digits and hyphens, such as first-ceasefire-october-2020. Public; never used again for something else.', max_length=80, validators=[sources.validators.validate_ascii_slug], verbose_name='slug')),
                ('merged_into', models.ForeignKey(db_constraint=False, editable=False, help_text='The record that stands for it since they were merged. Private.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.document', verbose_name='merged into')),
                ('document_type', models.CharField(choices=[('article', 'article or preprint'), ('article-journal', 'journal article'), ('article-magazine', 'magazine article'), ('article-newspaper', 'newspaper article'), ('bill', 'bill'), ('book', 'book'), ('broadcast', 'broadcast'), ('chapter', 'chapter'), ('dataset', 'data set'), ('document', 'document'), ('entry-encyclopedia', 'encyclopedia entry'), ('graphic', 'photograph or picture'), ('hearing', 'hearing'), ('interview', 'interview'), ('legal_case', 'legal case'), ('legislation', 'legislation or resolution'), ('manuscript', 'manuscript'), ('map', 'map'), ('motion_picture', 'film or video'), ('pamphlet', 'pamphlet'), ('personal_communication', 'letter or testimony'), ('post', 'post'), ('post-weblog', 'weblog post'), ('report', 'report'), ('speech', 'speech'), ('thesis', 'thesis'), ('treaty', 'treaty'), ('webpage', 'web page')], help_text='CSL item type, such as report. Public.', max_length=30, verbose_name='type')),
                ('title', models.CharField(help_text='As printed, in its own language. Public.', max_length=500, validators=[sources.validators.validate_plain_text], verbose_name='title')),
                ('title_short', models.CharField(help_text='Its siglum in plots and tables: Bayramov 2021. Public.', max_length=60, validators=[sources.validators.validate_plain_text], verbose_name='short title')),
                ('container_title', models.CharField(blank=True, help_text='The journal, book or site that holds it. Public.', max_length=500, validators=[sources.validators.validate_plain_text], verbose_name='container title')),
                ('volume', models.CharField(blank=True, help_text='Such as 12. Public.', max_length=40, validators=[sources.validators.validate_plain_text], verbose_name='volume')),
                ('issue', models.CharField(blank=True, help_text='Such as 3. Public.', max_length=40, validators=[sources.validators.validate_plain_text], verbose_name='issue')),
                ('number', models.CharField(blank=True, help_text='Of a report or resolution: S/RES/822. Public.', max_length=80, validators=[sources.validators.validate_plain_text], verbose_name='number')),
                ('edition', models.CharField(blank=True, help_text='Such as 2nd. Public.', max_length=80, validators=[sources.validators.validate_plain_text], verbose_name='edition')),
                ('pages', models.CharField(blank=True, help_text='Where it stands: 211–230. Public.', max_length=40, validators=[sources.validators.validate_plain_text], verbose_name='pages')),
                ('publisher', models.ForeignKey(blank=True, db_constraint=False, help_text='The body that brought it out. Public.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.agent', verbose_name='publisher')),
                ('publisher_place', models.CharField(blank=True, help_text='Baku. Public.', max_length=200, validators=[sources.validators.validate_plain_text], verbose_name='place of publication')),
                ('issued_edtf', sources.edtf.fields.EDTFField(blank=True, help_text='EDTF: 2021-11-08. Public.', max_length=200, range_field='issued_range', verbose_name='issued')),
                ('issued_range', sources.edtf.fields.EDTFRangeField(blank=True, null=True)),
                ('original_edtf', sources.edtf.fields.EDTFField(blank=True, help_text='EDTF, of a reprint alone: when the original came out, such as 1925. Public.', max_length=200, range_field=None, verbose_name='first issued')),
                ('language', models.CharField(blank=True, help_text='BCP 47 tag, with script where a language has several: az-Latn, hy, hy-Latn, ru. Public.', max_length=35, validators=[sources.validators.validate_language_tag], verbose_name='language')),
                ('doi', models.CharField(blank=True, help_text='10.1000/182. Public.', max_length=200, validators=[sources.validators.validate_doi], verbose_name='DOI')),
                ('isbn', models.CharField(blank=True, help_text='978-0-306-40615-7. Public.', max_length=20, validators=[sources.validators.validate_isbn], verbose_name='ISBN')),
                ('url', models.CharField(blank=True, help_text='https://… Public.', max_length=2000, validators=[sources.validators.validate_url], verbose_name='URL')),
                ('archive_url', models.CharField(blank=True, help_text='A lasting copy of the same: https://web.archive.org/… Public.', max_length=2000, validators=[sources.validators.validate_url], verbose_name='archive URL')),
                ('accessed_on', models.DateField(blank=True, help_text='When the address was last seen: 2026-05-31. Public.', null=True, verbose_name='accessed on')),
                ('rights', models.CharField(blank=True, help_text='Its licence or owner: CC BY 4.0. Public.', max_length=500, validators=[sources.validators.validate_plain_text], verbose_name='rights')),
                ('party', models.ForeignKey(blank=True, db_constraint=False, help_text='Only where it speaks for another party than its publisher does. Public, and needs a basis.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.party', verbose_name='speaks for')),
                ('party_basis', models.TextField(blank=True, help_text='The public basis for saying so. Public.', validators=[sources.validators.validate_plain_text], verbose_name='basis')),
                ('access', models.CharField(choices=[('open', 'open: the whole record may be published'), ('described', 'described: only a public description, its type and its year'), ('withheld', 'withheld: nothing')], default='open', help_text='How much may ever leave the desk. Changed by the actions “withhold” and “release” alone.', max_length=10, verbose_name='access')),
                ('public_description', models.CharField(blank=True, help_text='All that readers see of a described document: testimony of a resident. Public.', max_length=500, validators=[sources.validators.validate_plain_text], verbose_name='public description')),
                ('curators_note', models.TextField(blank=True, help_text='Private: never published. For instance: check against the printed edition.', validators=[sources.validators.validate_plain_text], verbose_name="curators' note")),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_obj', 'pgh_id'], name='document_newest'), models.Index(fields=['pgh_obj', 'pgh_created_at', 'pgh_context'], name='document_story'), models.Index(condition=models.Q(('pgh_label', 'delete')), fields=['-pgh_id'], name='document_deleted')],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to='sources.document', verbose_name='document')),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='sources.agent', verbose_name='agent')),
                ('role', models.CharField(choices=[('author', 'author'), ('editor', 'editor'), ('translator', 'translator'), ('compiler', 'compiler'), ('contributor', 'contributor'), ('interviewer', 'interviewer'), ('recipient', 'recipient'), ('director', 'director'), ('illustrator', 'illustrator')], default='author', help_text='CSL name variable, such as author. Public.', max_length=20, verbose_name='role')),
                ('position', models.PositiveSmallIntegerField(default=1, help_text='Order on the title page, from 1. Public.', verbose_name='position')),
            ],
            options={
                'verbose_name': 'contribution',
                'verbose_name_plural': 'contributions',
                'ordering': ['role', 'position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('document', 'agent', 'role'), name='contribution_is_given_once', violation_error_code='agent', violation_error_message='Agent: it has this role in the document already; change one of the two, or remove one.'), models.CheckConstraint(condition=models.Q(('role__in', ['author', 'editor', 'translator', 'compiler', 'contributor', 'interviewer', 'recipient', 'director', 'illustrator'])), name='contribution_role_is_known', violation_error_code='role', violation_error_message='Role: choose a CSL name variable, such as author.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contribution',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_contributionrevision" ("agent_id", "document_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role") SELECT new_values."agent_id", new_values."document_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."role" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='02ab2fc3f1f4f3298500c3ea8c1dbe1643a25013', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_300d6', referencing='REFERENCING NEW TABLE AS new_values ', table='sources_contribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contribution',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_contributionrevision" ("agent_id", "document_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role") SELECT new_values."agent_id", new_values."document_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."role" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b6aa6f797de8796eb9cb221273f852cab62241a3', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_658a1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sources_contribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contribution',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_contributionrevision" ("agent_id", "document_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role") SELECT old_values."agent_id", old_values."document_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."role" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='76d6f666593f748db6ed4e15e4978d104d371eba', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_55c5f', referencing='REFERENCING OLD TABLE AS old_values ', table='sources_contribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contribution',
            trigger=pgtrigger.compiler.Trigger(name='number_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id)', func="\n        RAISE EXCEPTION 'Number: a row keeps its number for good; make a new row and delete this one'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'number_never_changes';\n    ", hash='2d8046e90c64dbfe79ff7e49a11d3f9c18bf175c', ignore_func_name='"desk"._pgtrigger_should_ignore', operation='UPDATE OF "id"', pgid='pgtrigger_number_never_changes_76d91', table='sources_contribution', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contribution',
            trigger=pgtrigger.compiler.Trigger(name='new_row_refers_to_nothing_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE instead text;', func='\n    PERFORM 1 FROM desk."sources_document" r WHERE r.id IN (SELECT n."document_id" FROM new_values n) ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_document" r JOIN desk."sources_document" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."document_id" FROM new_values n) LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Document: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\n\n    PERFORM 1 FROM desk."sources_agent" r WHERE r.id IN (SELECT n."agent_id" FROM new_values n) ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_agent" r JOIN desk."sources_agent" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."agent_id" FROM new_values n) LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Agent: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\nRETURN NULL;', hash='a8edb6e874438772c0f7afec1f06a46fe78d04f9', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='INSERT', pgid='pgtrigger_new_row_refers_to_nothing_merged_d3e20', referencing='REFERENCING NEW TABLE AS new_values ', table='sources_contribution', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contribution',
            trigger=pgtrigger.compiler.Trigger(name='changed_row_refers_to_nothing_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE instead text;', func='\n    PERFORM 1 FROM desk."sources_document" r WHERE r.id IN (SELECT n."document_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."document_id" IS DISTINCT FROM o."document_id") ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_document" r JOIN desk."sources_document" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."document_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."document_id" IS DISTINCT FROM o."document_id") LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Document: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\n\n    PERFORM 1 FROM desk."sources_agent" r WHERE r.id IN (SELECT n."agent_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."agent_id" IS DISTINCT FROM o."agent_id") ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_agent" r JOIN desk."sources_agent" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."agent_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."agent_id" IS DISTINCT FROM o."agent_id") LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Agent: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\nRETURN NULL;', hash='47cfa2d2e6ee0210ad5186ca4e5aa2a10a586ec3', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_row_refers_to_nothing_merged_110b3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sources_contribution', when='AFTER')),
        ),
        migrations.CreateModel(
            name='ContributionRevision',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='revisions', to='sources.contribution')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.document', verbose_name='document')),
                ('agent', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.agent', verbose_name='agent')),
                ('role', models.CharField(choices=[('author', 'author'), ('editor', 'editor'), ('translator', 'translator'), ('compiler', 'compiler'), ('contributor', 'contributor'), ('interviewer', 'interviewer'), ('recipient', 'recipient'), ('director', 'director'), ('illustrator', 'illustrator')], default='author', help_text='CSL name variable, such as author. Public.', max_length=20, verbose_name='role')),
                ('position', models.PositiveSmallIntegerField(default=1, help_text='Order on the title page, from 1. Public.', verbose_name='position')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_obj', 'pgh_id'], name='contribution_newest'), models.Index(fields=['document', 'pgh_created_at', 'pgh_context'], name='contribution_story')],
            },
        ),
        migrations.CreateModel(
            name='CitedDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='cited_documents', to='sources.document', verbose_name='document')),
                ('cited', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citing_documents', to='sources.document', verbose_name='cites')),
                ('locator', models.CharField(blank=True, help_text='Where it is cited: note 18. Public.', max_length=100, validators=[sources.validators.validate_plain_text], verbose_name='where')),
            ],
            options={
                'verbose_name': 'cited document',
                'verbose_name_plural': 'cited documents',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('document', 'cited'), name='cited_document_is_given_once', violation_error_code='cited', violation_error_message='Cites: this document is listed already; choose another one, or remove one of the two.'), models.CheckConstraint(condition=models.Q(('document', models.F('cited')), _negated=True), name='cited_document_is_another', violation_error_code='cited', violation_error_message='Cites: a document cannot cite itself; choose another one.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citeddocument',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_citeddocumentrevision" ("cited_id", "document_id", "id", "locator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."cited_id", new_values."document_id", new_values."id", new_values."locator", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2f916ed5731378ceaaf2f4608c4a4e84b13406c7', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_94bfe', referencing='REFERENCING NEW TABLE AS new_values ', table='sources_citeddocument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citeddocument',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_citeddocumentrevision" ("cited_id", "document_id", "id", "locator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."cited_id", new_values."document_id", new_values."id", new_values."locator", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='dc4f53988a47ebe3fc24e0d9a683b7df3f6429c2', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c214f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sources_citeddocument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citeddocument',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_citeddocumentrevision" ("cited_id", "document_id", "id", "locator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."cited_id", old_values."document_id", old_values."id", old_values."locator", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8a086be09da8ea95a770d724c79e5c0d0d8f23fc', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_58bce', referencing='REFERENCING OLD TABLE AS old_values ', table='sources_citeddocument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citeddocument',
            trigger=pgtrigger.compiler.Trigger(name='number_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id)', func="\n        RAISE EXCEPTION 'Number: a row keeps its number for good; make a new row and delete this one'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'number_never_changes';\n    ", hash='ebb0d2e0482a3730dd40ff32e35e85a79ca5c739', ignore_func_name='"desk"._pgtrigger_should_ignore', operation='UPDATE OF "id"', pgid='pgtrigger_number_never_changes_ced66', table='sources_citeddocument', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citeddocument',
            trigger=pgtrigger.compiler.Trigger(name='new_row_refers_to_nothing_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE instead text;', func='\n    PERFORM 1 FROM desk."sources_document" r WHERE r.id IN (SELECT n."document_id" FROM new_values n) ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_document" r JOIN desk."sources_document" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."document_id" FROM new_values n) LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Document: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\n\n    PERFORM 1 FROM desk."sources_document" r WHERE r.id IN (SELECT n."cited_id" FROM new_values n) ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_document" r JOIN desk."sources_document" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."cited_id" FROM new_values n) LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Cites: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\nRETURN NULL;', hash='361bc2ae2f99ba99c832a18a87ef77dec75fdf11', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='INSERT', pgid='pgtrigger_new_row_refers_to_nothing_merged_8af59', referencing='REFERENCING NEW TABLE AS new_values ', table='sources_citeddocument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='citeddocument',
            trigger=pgtrigger.compiler.Trigger(name='changed_row_refers_to_nothing_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE instead text;', func='\n    PERFORM 1 FROM desk."sources_document" r WHERE r.id IN (SELECT n."document_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."document_id" IS DISTINCT FROM o."document_id") ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_document" r JOIN desk."sources_document" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."document_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."document_id" IS DISTINCT FROM o."document_id") LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Document: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\n\n    PERFORM 1 FROM desk."sources_document" r WHERE r.id IN (SELECT n."cited_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."cited_id" IS DISTINCT FROM o."cited_id") ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_document" r JOIN desk."sources_document" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."cited_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."cited_id" IS DISTINCT FROM o."cited_id") LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Cites: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\nRETURN NULL;', hash='db0d99ae91579cd62cbe26fafff940ebc28e3331', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_row_refers_to_nothing_merged_e5514', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sources_citeddocument', when='AFTER')),
        ),
        migrations.AddField(
            model_name='document',
            name='contributors',
            field=models.ManyToManyField(related_name='contributed_documents', through='sources.Contribution', to='sources.agent', verbose_name='contributors'),
        ),
        migrations.AddField(
            model_name='document',
            name='cites',
            field=models.ManyToManyField(related_name='cited_by', through='sources.CitedDocument', to='sources.document', verbose_name='cites'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='document_access_changes_by_verb', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.access IS DISTINCT FROM NEW.access)', func='\n    IF current_user <> pg_catalog.pg_get_userbyid((SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID)) THEN\n        RAISE EXCEPTION \'Access: use the actions "withhold" and "release"; they change what readers see at once\'\n            USING ERRCODE = \'insufficient_privilege\', CONSTRAINT = \'document_access_changes_by_verb\';\n    END IF;\n    RETURN NEW;\n', hash='fb0c885af4cf649c800ac420e9af979b9c110f80', ignore_func_name='"desk"._pgtrigger_should_ignore', operation='UPDATE OF "access"', pgid='pgtrigger_document_access_changes_by_verb_3c91a', table='sources_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_documentrevision" ("access", "accessed_on", "archive_url", "container_title", "curators_note", "document_type", "doi", "edition", "id", "isbn", "issue", "issued_edtf", "issued_range", "language", "merged_into_id", "number", "original_edtf", "pages", "party_basis", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_description", "publisher_id", "publisher_place", "rights", "slug", "title", "title_short", "url", "volume") SELECT new_values."access", new_values."accessed_on", new_values."archive_url", new_values."container_title", new_values."curators_note", new_values."document_type", new_values."doi", new_values."edition", new_values."id", new_values."isbn", new_values."issue", new_values."issued_edtf", new_values."issued_range", new_values."language", new_values."merged_into_id", new_values."number", new_values."original_edtf", new_values."pages", new_values."party_basis", new_values."party_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_description", new_values."publisher_id", new_values."publisher_place", new_values."rights", new_values."slug", new_values."title", new_values."title_short", new_values."url", new_values."volume" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5f7f4164f20cbd3d41a766d8a9ea72bfd18812ef', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e1bfa', referencing='REFERENCING NEW TABLE AS new_values ', table='sources_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_documentrevision" ("access", "accessed_on", "archive_url", "container_title", "curators_note", "document_type", "doi", "edition", "id", "isbn", "issue", "issued_edtf", "issued_range", "language", "merged_into_id", "number", "original_edtf", "pages", "party_basis", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_description", "publisher_id", "publisher_place", "rights", "slug", "title", "title_short", "url", "volume") SELECT new_values."access", new_values."accessed_on", new_values."archive_url", new_values."container_title", new_values."curators_note", new_values."document_type", new_values."doi", new_values."edition", new_values."id", new_values."isbn", new_values."issue", new_values."issued_edtf", new_values."issued_range", new_values."language", new_values."merged_into_id", new_values."number", new_values."original_edtf", new_values."pages", new_values."party_basis", new_values."party_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_description", new_values."publisher_id", new_values."publisher_place", new_values."rights", new_values."slug", new_values."title", new_values."title_short", new_values."url", new_values."volume" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."access" IS DISTINCT FROM (new_values."access") OR old_values."accessed_on" IS DISTINCT FROM (new_values."accessed_on") OR old_values."archive_url" IS DISTINCT FROM (new_values."archive_url") OR old_values."container_title" IS DISTINCT FROM (new_values."container_title") OR old_values."curators_note" IS DISTINCT FROM (new_values."curators_note") OR old_values."document_type" IS DISTINCT FROM (new_values."document_type") OR old_values."doi" IS DISTINCT FROM (new_values."doi") OR old_values."edition" IS DISTINCT FROM (new_values."edition") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."isbn" IS DISTINCT FROM (new_values."isbn") OR old_values."issue" IS DISTINCT FROM (new_values."issue") OR old_values."issued_edtf" IS DISTINCT FROM (new_values."issued_edtf") OR old_values."issued_range" IS DISTINCT FROM (new_values."issued_range") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."merged_into_id" IS DISTINCT FROM (new_values."merged_into_id") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."original_edtf" IS DISTINCT FROM (new_values."original_edtf") OR old_values."pages" IS DISTINCT FROM (new_values."pages") OR old_values."party_id" IS DISTINCT FROM (new_values."party_id") OR old_values."party_basis" IS DISTINCT FROM (new_values."party_basis") OR old_values."public_description" IS DISTINCT FROM (new_values."public_description") OR old_values."publisher_id" IS DISTINCT FROM (new_values."publisher_id") OR old_values."publisher_place" IS DISTINCT FROM (new_values."publisher_place") OR old_values."rights" IS DISTINCT FROM (new_values."rights") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."title_short" IS DISTINCT FROM (new_values."title_short") OR old_values."url" IS DISTINCT FROM (new_values."url") OR old_values."volume" IS DISTINCT FROM (new_values."volume")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='49b2e5c36cdc8813f0bbd7b82f76ec2c8457bdf9', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_12f49', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sources_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_documentrevision" ("access", "accessed_on", "archive_url", "container_title", "curators_note", "document_type", "doi", "edition", "id", "isbn", "issue", "issued_edtf", "issued_range", "language", "merged_into_id", "number", "original_edtf", "pages", "party_basis", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_description", "publisher_id", "publisher_place", "rights", "slug", "title", "title_short", "url", "volume") SELECT old_values."access", old_values."accessed_on", old_values."archive_url", old_values."container_title", old_values."curators_note", old_values."document_type", old_values."doi", old_values."edition", old_values."id", old_values."isbn", old_values."issue", old_values."issued_edtf", old_values."issued_range", old_values."language", old_values."merged_into_id", old_values."number", old_values."original_edtf", old_values."pages", old_values."party_basis", old_values."party_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_description", old_values."publisher_id", old_values."publisher_place", old_values."rights", old_values."slug", old_values."title", old_values."title_short", old_values."url", old_values."volume" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='33b30f92b8e2a5ed0c85a24d1db19ac9adce8fd4', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_83c90', referencing='REFERENCING OLD TABLE AS old_values ', table='sources_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='number_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id)', func="\n        RAISE EXCEPTION 'Number: a row keeps its number for good; make a new row and delete this one'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'number_never_changes';\n    ", hash='52b66ada82fbef34a6fe9ea0089eb089d1c55a44', ignore_func_name='"desk"._pgtrigger_should_ignore', operation='UPDATE OF "id"', pgid='pgtrigger_number_never_changes_2a2f2', table='sources_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='new_row_refers_to_nothing_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE instead text;', func='\n    PERFORM 1 FROM desk."sources_document" r WHERE r.id IN (SELECT n."merged_into_id" FROM new_values n) ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_document" r JOIN desk."sources_document" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."merged_into_id" FROM new_values n) LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Merged into: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\n\n    PERFORM 1 FROM desk."sources_agent" r WHERE r.id IN (SELECT n."publisher_id" FROM new_values n) ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_agent" r JOIN desk."sources_agent" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."publisher_id" FROM new_values n) LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Publisher: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\nRETURN NULL;', hash='7035b6105d5188f950bdba85d5e2a3ecfd5c18cb', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='INSERT', pgid='pgtrigger_new_row_refers_to_nothing_merged_8c89c', referencing='REFERENCING NEW TABLE AS new_values ', table='sources_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='changed_row_refers_to_nothing_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE instead text;', func='\n    PERFORM 1 FROM desk."sources_document" r WHERE r.id IN (SELECT n."merged_into_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."merged_into_id" IS DISTINCT FROM o."merged_into_id") ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_document" r JOIN desk."sources_document" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."merged_into_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."merged_into_id" IS DISTINCT FROM o."merged_into_id") LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Merged into: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\n\n    PERFORM 1 FROM desk."sources_agent" r WHERE r.id IN (SELECT n."publisher_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."publisher_id" IS DISTINCT FROM o."publisher_id") ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_agent" r JOIN desk."sources_agent" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."publisher_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."publisher_id" IS DISTINCT FROM o."publisher_id") LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Publisher: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\nRETURN NULL;', hash='c95e170467e6c8603bd16dfb23fafdb6fa86595e', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_row_refers_to_nothing_merged_a0844', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sources_document', when='AFTER')),
        ),
        migrations.CreateModel(
            name='CitedDocumentRevision',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='revisions', to='sources.citeddocument')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.document', verbose_name='document')),
                ('cited', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.document', verbose_name='cites')),
                ('locator', models.CharField(blank=True, help_text='Where it is cited: note 18. Public.', max_length=100, validators=[sources.validators.validate_plain_text], verbose_name='where')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_obj', 'pgh_id'], name='citeddocument_newest'), models.Index(fields=['document', 'pgh_created_at', 'pgh_context'], name='citeddocument_story')],
            },
        ),
        migrations.CreateModel(
            name='DocumentFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='sources.document', verbose_name='document')),
                ('kind', models.CharField(choices=[('text', 'text'), ('image', 'picture or map'), ('sound', 'sound recording'), ('film', 'film or video')], help_text='What it holds. Public.', max_length=10, verbose_name='kind')),
                ('name', models.CharField(blank=True, editable=False, help_text='As it was sent. Private.', max_length=200, validators=[sources.validators.validate_plain_text], verbose_name='name of the file')),
                ('media_type', models.CharField(editable=False, help_text='Found by looking into the file: application/pdf. Public.', max_length=100, validators=[sources.validators.validate_plain_text], verbose_name='media type')),
                ('sha256', models.CharField(editable=False, help_text='SHA-256 of the file as it was deposited. Public.', max_length=64, validators=[sources.validators.validate_plain_text], verbose_name='checksum')),
                ('size', models.PositiveBigIntegerField(editable=False, help_text='Public.', verbose_name='size in bytes')),
                ('deposited_at', models.DateTimeField(editable=False, help_text='The day is public.', verbose_name='deposited at')),
                ('deposited_by', models.ForeignKey(editable=False, help_text='Private.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='deposited by')),
                ('provenance', models.CharField(blank=True, help_text='How it came here: scanned from the copy of the town library in May 2026. Private.', max_length=500, validators=[sources.validators.validate_plain_text], verbose_name='provenance')),
                ('archive_url', models.CharField(blank=True, help_text='A lasting copy of the same file elsewhere: https://web.archive.org/… Public.', max_length=2000, validators=[sources.validators.validate_url], verbose_name='archive URL')),
                ('content_warning', models.CharField(blank=True, help_text='What readers are told before they open it: shows injured people. Public.', max_length=200, validators=[sources.validators.validate_plain_text], verbose_name='content warning')),
                ('copy_sha256', models.CharField(blank=True, editable=False, help_text="Of the readers' copy. Public.", max_length=64, validators=[sources.validators.validate_plain_text], verbose_name='checksum of the copy')),
                ('copy_media_type', models.CharField(blank=True, editable=False, max_length=100, validators=[sources.validators.validate_plain_text], verbose_name='media type of the copy')),
                ('copy_size', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='size of the copy')),
                ('is_given', models.BooleanField(default=False, editable=False, help_text='Only where its rights allow it. Changed by the actions “show” and “hide” alone. Public.', verbose_name='readers may have the copy')),
                ('purged_at', models.DateTimeField(editable=False, help_text='When its bytes were taken away for good. Private.', null=True, verbose_name='purged at')),
                ('purged_by', models.ForeignKey(editable=False, help_text='Private.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='purged by')),
                ('purge_reason', models.CharField(blank=True, editable=False, help_text='Such as: sent by mistake, order of a court of 3 May 2026. Private.', max_length=500, validators=[sources.validators.validate_plain_text], verbose_name='why it was purged')),
            ],
            options={
                'verbose_name': 'file',
                'verbose_name_plural': 'files',
                'ordering': ['document_id', 'id'],
                'constraints': [models.UniqueConstraint(fields=('document', 'sha256'), name='file_is_deposited_once', violation_error_code='sha256', violation_error_message='Checksum: this document has the very same file already; choose another.'), models.CheckConstraint(condition=models.Q(('kind__in', ['text', 'image', 'sound', 'film'])), name='file_kind_is_known', violation_error_code='kind', violation_error_message='Kind: text, picture or map, sound recording, film or video.'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$'), ('size__gt', 0)), name='file_has_checksum', violation_error_code='sha256', violation_error_message='Checksum: the file is empty; choose another one.'), models.CheckConstraint(condition=models.Q(models.Q(('copy_media_type', ''), ('copy_sha256', ''), ('copy_size', 0), ('is_given', False)), models.Q(('copy_sha256__regex', '^[0-9a-f]{64}$'), ('copy_size__gt', 0), models.Q(('copy_media_type', ''), _negated=True)), _connector='OR'), name='file_copy_is_whole', violation_error_code='is_given', violation_error_message='Readers may have the copy: there is none; deposit a file that can be copied.'), models.CheckConstraint(condition=models.Q(models.Q(('purge_reason', ''), ('purged_at', None), ('purged_by', None)), models.Q(('copy_sha256', ''), ('purged_at__isnull', False), models.Q(('purge_reason', ''), _negated=True)), _connector='OR'), name='file_purge_has_reason', violation_error_code='purge_reason', violation_error_message='Why it was purged: say so in a few words; its copy goes with it.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentfile',
            trigger=pgtrigger.compiler.Trigger(name='file_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."document_id" IS DISTINCT FROM NEW."document_id" OR OLD."sha256" IS DISTINCT FROM NEW."sha256" OR OLD."size" IS DISTINCT FROM NEW."size" OR OLD."media_type" IS DISTINCT FROM NEW."media_type" OR OLD."deposited_at" IS DISTINCT FROM NEW."deposited_at")', func="\n    RAISE EXCEPTION 'File: what was deposited stays as it is; deposit the other one beside it'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'file_never_changes';\n", hash='2fa6818507528f385d22a6aabd6112bc9ac0061a', ignore_func_name='"desk"._pgtrigger_should_ignore', operation='UPDATE OF "document_id", "sha256", "size", "media_type", "deposited_at"', pgid='pgtrigger_file_never_changes_196ce', table='sources_documentfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentfile',
            trigger=pgtrigger.compiler.Trigger(name='file_is_hidden_by_verb', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."is_given" AND NOT NEW."is_given")', func='\n    IF current_user <> pg_catalog.pg_get_userbyid((SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID)) THEN\n        RAISE EXCEPTION \'Readers: use the action "hide"; it changes what readers see at once\'\n            USING ERRCODE = \'insufficient_privilege\', CONSTRAINT = \'file_is_hidden_by_verb\';\n    END IF;\n    RETURN NEW;\n', hash='acf4864f40b3d5ec51bae95a6f0dd187fa1f109e', ignore_func_name='"desk"._pgtrigger_should_ignore', operation='UPDATE OF "is_given"', pgid='pgtrigger_file_is_hidden_by_verb_a8f6e', table='sources_documentfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentfile',
            trigger=pgtrigger.compiler.Trigger(name='file_is_purged_by_verb', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."purged_at" IS DISTINCT FROM NEW."purged_at" OR OLD."purged_by_id" IS DISTINCT FROM NEW."purged_by_id" OR OLD."purge_reason" IS DISTINCT FROM NEW."purge_reason")', func="\n    IF current_user <> pg_catalog.pg_get_userbyid((SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID)) THEN\n        RAISE EXCEPTION 'Purged: use “Purge”, which takes away what was deposited; it cannot be undone'\n            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'file_is_purged_by_verb';\n    END IF;\n    RETURN NEW;\n", hash='45fc84be659ce6275c95e86d2767c0c3453f7d22', ignore_func_name='"desk"._pgtrigger_should_ignore', operation='UPDATE OF "purged_at", "purged_by_id", "purge_reason"', pgid='pgtrigger_file_is_purged_by_verb_97551', table='sources_documentfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentfile',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_documentfilerevision" ("archive_url", "content_warning", "copy_media_type", "copy_sha256", "copy_size", "deposited_at", "deposited_by_id", "document_id", "id", "is_given", "kind", "media_type", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provenance", "purge_reason", "purged_at", "purged_by_id", "sha256", "size") SELECT new_values."archive_url", new_values."content_warning", new_values."copy_media_type", new_values."copy_sha256", new_values."copy_size", new_values."deposited_at", new_values."deposited_by_id", new_values."document_id", new_values."id", new_values."is_given", new_values."kind", new_values."media_type", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."provenance", new_values."purge_reason", new_values."purged_at", new_values."purged_by_id", new_values."sha256", new_values."size" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='94ee0b12ef8e1b55e4ee28420c522e5e48257ee8', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d2c28', referencing='REFERENCING NEW TABLE AS new_values ', table='sources_documentfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentfile',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_documentfilerevision" ("archive_url", "content_warning", "copy_media_type", "copy_sha256", "copy_size", "deposited_at", "deposited_by_id", "document_id", "id", "is_given", "kind", "media_type", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provenance", "purge_reason", "purged_at", "purged_by_id", "sha256", "size") SELECT new_values."archive_url", new_values."content_warning", new_values."copy_media_type", new_values."copy_sha256", new_values."copy_size", new_values."deposited_at", new_values."deposited_by_id", new_values."document_id", new_values."id", new_values."is_given", new_values."kind", new_values."media_type", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."provenance", new_values."purge_reason", new_values."purged_at", new_values."purged_by_id", new_values."sha256", new_values."size" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b5df0606baaede9b3679610392bb2632eec16563', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9fd31', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sources_documentfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentfile',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_documentfilerevision" ("archive_url", "content_warning", "copy_media_type", "copy_sha256", "copy_size", "deposited_at", "deposited_by_id", "document_id", "id", "is_given", "kind", "media_type", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provenance", "purge_reason", "purged_at", "purged_by_id", "sha256", "size") SELECT old_values."archive_url", old_values."content_warning", old_values."copy_media_type", old_values."copy_sha256", old_values."copy_size", old_values."deposited_at", old_values."deposited_by_id", old_values."document_id", old_values."id", old_values."is_given", old_values."kind", old_values."media_type", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."provenance", old_values."purge_reason", old_values."purged_at", old_values."purged_by_id", old_values."sha256", old_values."size" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7d6cf34995979bf5a81715e797576d343f33a84a', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_629f5', referencing='REFERENCING OLD TABLE AS old_values ', table='sources_documentfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentfile',
            trigger=pgtrigger.compiler.Trigger(name='number_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id)', func="\n        RAISE EXCEPTION 'Number: a row keeps its number for good; make a new row and delete this one'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'number_never_changes';\n    ", hash='91bb2601a8ee815819fbbb5458074e926ed024a1', ignore_func_name='"desk"._pgtrigger_should_ignore', operation='UPDATE OF "id"', pgid='pgtrigger_number_never_changes_edcfb', table='sources_documentfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentfile',
            trigger=pgtrigger.compiler.Trigger(name='new_row_refers_to_nothing_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE instead text;', func='\n    PERFORM 1 FROM desk."sources_document" r WHERE r.id IN (SELECT n."document_id" FROM new_values n) ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_document" r JOIN desk."sources_document" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."document_id" FROM new_values n) LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Document: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\nRETURN NULL;', hash='42bb9b12e8f79a69a09eaee951d22d7d0f9ad547', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='INSERT', pgid='pgtrigger_new_row_refers_to_nothing_merged_99b07', referencing='REFERENCING NEW TABLE AS new_values ', table='sources_documentfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentfile',
            trigger=pgtrigger.compiler.Trigger(name='changed_row_refers_to_nothing_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE instead text;', func='\n    PERFORM 1 FROM desk."sources_document" r WHERE r.id IN (SELECT n."document_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."document_id" IS DISTINCT FROM o."document_id") ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_document" r JOIN desk."sources_document" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."document_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."document_id" IS DISTINCT FROM o."document_id") LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Document: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\nRETURN NULL;', hash='def1e212635d5807228c534b58e75dde199c295b', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_row_refers_to_nothing_merged_0d4d5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sources_documentfile', when='AFTER')),
        ),
        migrations.CreateModel(
            name='DocumentFileRevision',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='revisions', to='sources.documentfile')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.document', verbose_name='document')),
                ('kind', models.CharField(choices=[('text', 'text'), ('image', 'picture or map'), ('sound', 'sound recording'), ('film', 'film or video')], help_text='What it holds. Public.', max_length=10, verbose_name='kind')),
                ('name', models.CharField(blank=True, editable=False, help_text='As it was sent. Private.', max_length=200, validators=[sources.validators.validate_plain_text], verbose_name='name of the file')),
                ('media_type', models.CharField(editable=False, help_text='Found by looking into the file: application/pdf. Public.', max_length=100, validators=[sources.validators.validate_plain_text], verbose_name='media type')),
                ('sha256', models.CharField(editable=False, help_text='SHA-256 of the file as it was deposited. Public.', max_length=64, validators=[sources.validators.validate_plain_text], verbose_name='checksum')),
                ('size', models.PositiveBigIntegerField(editable=False, help_text='Public.', verbose_name='size in bytes')),
                ('deposited_at', models.DateTimeField(editable=False, help_text='The day is public.', verbose_name='deposited at')),
                ('deposited_by', models.ForeignKey(db_constraint=False, editable=False, help_text='Private.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='deposited by')),
                ('provenance', models.CharField(blank=True, help_text='How it came here: scanned from the copy of the town library in May 2026. Private.', max_length=500, validators=[sources.validators.validate_plain_text], verbose_name='provenance')),
                ('archive_url', models.CharField(blank=True, help_text='A lasting copy of the same file elsewhere: https://web.archive.org/… Public.', max_length=2000, validators=[sources.validators.validate_url], verbose_name='archive URL')),
                ('content_warning', models.CharField(blank=True, help_text='What readers are told before they open it: shows injured people. Public.', max_length=200, validators=[sources.validators.validate_plain_text], verbose_name='content warning')),
                ('copy_sha256', models.CharField(blank=True, editable=False, help_text="Of the readers' copy. Public.", max_length=64, validators=[sources.validators.validate_plain_text], verbose_name='checksum of the copy')),
                ('copy_media_type', models.CharField(blank=True, editable=False, max_length=100, validators=[sources.validators.validate_plain_text], verbose_name='media type of the copy')),
                ('copy_size', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='size of the copy')),
                ('is_given', models.BooleanField(default=False, editable=False, help_text='Only where its rights allow it. Changed by the actions “show” and “hide” alone. Public.', verbose_name='readers may have the copy')),
                ('purged_at', models.DateTimeField(editable=False, help_text='When its bytes were taken away for good. Private.', null=True, verbose_name='purged at')),
                ('purged_by', models.ForeignKey(db_constraint=False, editable=False, help_text='Private.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='purged by')),
                ('purge_reason', models.CharField(blank=True, editable=False, help_text='Such as: sent by mistake, order of a court of 3 May 2026. Private.', max_length=500, validators=[sources.validators.validate_plain_text], verbose_name='why it was purged')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_obj', 'pgh_id'], name='documentfile_newest'), models.Index(fields=['pgh_obj', 'pgh_created_at', 'pgh_context'], name='documentfile_story'), models.Index(condition=models.Q(('pgh_label', 'delete')), fields=['-pgh_id'], name='documentfile_deleted')],
            },
        ),
        migrations.CreateModel(
            name='DocumentText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='sources.document', verbose_name='document')),
                ('number', models.PositiveSmallIntegerField(editable=False, help_text='Counts the texts of the document, from 1. Public.', verbose_name='number')),
                ('file', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='sources.documentfile', verbose_name='file')),
                ('language', models.CharField(blank=True, help_text='BCP 47 tag, with script where a language has several: az-Latn, hy, hy-Latn, ru. Public.', max_length=35, validators=[sources.validators.validate_language_tag], verbose_name='language')),
                ('rule', models.PositiveSmallIntegerField(editable=False, help_text='By which rule it was made. Public.', verbose_name='rule of normalisation')),
                ('sha256', models.CharField(editable=False, help_text='SHA-256 of the text in UTF-8. Public.', max_length=64, validators=[sources.validators.validate_plain_text], verbose_name='checksum')),
                ('length', models.PositiveIntegerField(editable=False, help_text='In code points. Public.', verbose_name='length')),
                ('page_count', models.PositiveIntegerField(editable=False, help_text='Public.', verbose_name='pages')),
                ('empty_pages', models.PositiveIntegerField(default=0, editable=False, help_text='Scans that nobody has read yet. Public.', verbose_name='pages without text')),
                ('report', models.TextField(blank=True, editable=False, help_text='What happened while it was read. Private.', validators=[sources.validators.validate_plain_text], verbose_name='report')),
                ('read_at', models.DateTimeField(editable=False, help_text='The day is public.', verbose_name='read at')),
                ('read_by', models.ForeignKey(editable=False, help_text='Private.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='read by')),
                ('is_visible', models.BooleanField(default=False, editable=False, help_text='Only where its rights allow it. Changed by the actions “show” and “hide” alone. Public.', verbose_name='readers may read it')),
            ],
            options={
                'verbose_name': 'text',
                'verbose_name_plural': 'texts',
                'ordering': ['document_id', '-number'],
                'constraints': [models.UniqueConstraint(fields=('document', 'number'), name='text_is_numbered_once', violation_error_code='number', violation_error_message='Number: another text was stored meanwhile; send the file again.'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='text_has_checksum', violation_error_code='sha256', violation_error_message='Checksum: SHA-256, 64 digits from 0 to f.'), models.CheckConstraint(condition=models.Q(('empty_pages__lte', models.F('page_count'))), name='text_pages_are_counted', violation_error_code='empty_pages', violation_error_message='Pages without text: no more than there are pages.'), models.CheckConstraint(condition=models.Q(('language__regex', '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*$'), ('language', ''), _connector='OR'), name='text_language_is_tag', violation_error_code='language', violation_error_message='Language: a BCP 47 tag, such as az-Latn.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documenttext',
            trigger=pgtrigger.compiler.Trigger(name='text_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."document_id" IS DISTINCT FROM NEW."document_id" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."file_id" IS DISTINCT FROM NEW."file_id" OR OLD."sha256" IS DISTINCT FROM NEW."sha256" OR OLD."length" IS DISTINCT FROM NEW."length" OR OLD."page_count" IS DISTINCT FROM NEW."page_count" OR OLD."empty_pages" IS DISTINCT FROM NEW."empty_pages" OR OLD."rule" IS DISTINCT FROM NEW."rule")', func="\n    RAISE EXCEPTION 'Text: what was deposited stays as it is; deposit the other one beside it'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'text_never_changes';\n", hash='bfb5bbdfd86eded8d0b9fdcd402c7e569eb79809', ignore_func_name='"desk"._pgtrigger_should_ignore', operation='UPDATE OF "document_id", "number", "file_id", "sha256", "length", "page_count", "empty_pages", "rule"', pgid='pgtrigger_text_never_changes_b681f', table='sources_documenttext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documenttext',
            trigger=pgtrigger.compiler.Trigger(name='text_is_hidden_by_verb', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."is_visible" AND NOT NEW."is_visible")', func='\n    IF current_user <> pg_catalog.pg_get_userbyid((SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID)) THEN\n        RAISE EXCEPTION \'Readers: use the action "hide"; it changes what readers see at once\'\n            USING ERRCODE = \'insufficient_privilege\', CONSTRAINT = \'text_is_hidden_by_verb\';\n    END IF;\n    RETURN NEW;\n', hash='9df4b359bb63c67b4e783f41ad4ade3f7eacfb3a', ignore_func_name='"desk"._pgtrigger_should_ignore', operation='UPDATE OF "is_visible"', pgid='pgtrigger_text_is_hidden_by_verb_85475', table='sources_documenttext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documenttext',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_documenttextrevision" ("document_id", "empty_pages", "file_id", "id", "is_visible", "language", "length", "number", "page_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "report", "rule", "sha256") SELECT new_values."document_id", new_values."empty_pages", new_values."file_id", new_values."id", new_values."is_visible", new_values."language", new_values."length", new_values."number", new_values."page_count", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."read_at", new_values."read_by_id", new_values."report", new_values."rule", new_values."sha256" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0c9121bfb09885be2c74b5fac5bc70d9b5324023', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_52874', referencing='REFERENCING NEW TABLE AS new_values ', table='sources_documenttext', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documenttext',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_documenttextrevision" ("document_id", "empty_pages", "file_id", "id", "is_visible", "language", "length", "number", "page_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "report", "rule", "sha256") SELECT new_values."document_id", new_values."empty_pages", new_values."file_id", new_values."id", new_values."is_visible", new_values."language", new_values."length", new_values."number", new_values."page_count", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."read_at", new_values."read_by_id", new_values."report", new_values."rule", new_values."sha256" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7a21cc5c62c342919040af0dd0ed83c6bd79f83a', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1b906', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sources_documenttext', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documenttext',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_documenttextrevision" ("document_id", "empty_pages", "file_id", "id", "is_visible", "language", "length", "number", "page_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "read_by_id", "report", "rule", "sha256") SELECT old_values."document_id", old_values."empty_pages", old_values."file_id", old_values."id", old_values."is_visible", old_values."language", old_values."length", old_values."number", old_values."page_count", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."read_at", old_values."read_by_id", old_values."report", old_values."rule", old_values."sha256" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1596b3503f3c6faee33cb75ad23453c61cddabbe', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e51dd', referencing='REFERENCING OLD TABLE AS old_values ', table='sources_documenttext', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documenttext',
            trigger=pgtrigger.compiler.Trigger(name='number_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.id IS DISTINCT FROM NEW.id)', func="\n        RAISE EXCEPTION 'Number: a row keeps its number for good; make a new row and delete this one'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'number_never_changes';\n    ", hash='bb34e5b78a23b12de19cbdc5d75bdc037e314baa', ignore_func_name='"desk"._pgtrigger_should_ignore', operation='UPDATE OF "id"', pgid='pgtrigger_number_never_changes_07816', table='sources_documenttext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documenttext',
            trigger=pgtrigger.compiler.Trigger(name='new_row_refers_to_nothing_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE instead text;', func='\n    PERFORM 1 FROM desk."sources_document" r WHERE r.id IN (SELECT n."document_id" FROM new_values n) ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_document" r JOIN desk."sources_document" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."document_id" FROM new_values n) LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Document: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\nRETURN NULL;', hash='46d96fac655de6868dad33f4eb26ee4e627ce3dd', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='INSERT', pgid='pgtrigger_new_row_refers_to_nothing_merged_b478e', referencing='REFERENCING NEW TABLE AS new_values ', table='sources_documenttext', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documenttext',
            trigger=pgtrigger.compiler.Trigger(name='changed_row_refers_to_nothing_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE instead text;', func='\n    PERFORM 1 FROM desk."sources_document" r WHERE r.id IN (SELECT n."document_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."document_id" IS DISTINCT FROM o."document_id") ORDER BY r.id FOR KEY SHARE;\n    SELECT k.slug INTO instead FROM desk."sources_document" r JOIN desk."sources_document" k ON k.id = r.merged_into_id\n    WHERE r.id IN (SELECT n."document_id" FROM new_values n JOIN old_values o ON o.id = n.id WHERE n."document_id" IS DISTINCT FROM o."document_id") LIMIT 1;\n    IF FOUND THEN\n        RAISE EXCEPTION \'Document: what is chosen was merged into another record; choose that one, %\', instead\n            USING ERRCODE = \'check_violation\', CONSTRAINT = \'nothing_refers_to_what_was_merged\';\n    END IF;\nRETURN NULL;', hash='ac0c6145dbef49d3aa7d44d72c385a8488b9ecbf', ignore_func_name='"desk"._pgtrigger_should_ignore', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_row_refers_to_nothing_merged_4ba7c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sources_documenttext', when='AFTER')),
        ),
        migrations.CreateModel(
            name='DocumentTextRevision',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='revisions', to='sources.documenttext')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.document', verbose_name='document')),
                ('number', models.PositiveSmallIntegerField(editable=False, help_text='Counts the texts of the document, from 1. Public.', verbose_name='number')),
                ('file', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.documentfile', verbose_name='file')),
                ('language', models.CharField(blank=True, help_text='BCP 47 tag, with script where a language has several: az-Latn, hy, hy-Latn, ru. Public.', max_length=35, validators=[sources.validators.validate_language_tag], verbose_name='language')),
                ('rule', models.PositiveSmallIntegerField(editable=False, help_text='By which rule it was made. Public.', verbose_name='rule of normalisation')),
                ('sha256', models.CharField(editable=False, help_text='SHA-256 of the text in UTF-8. Public.', max_length=64, validators=[sources.validators.validate_plain_text], verbose_name='checksum')),
                ('length', models.PositiveIntegerField(editable=False, help_text='In code points. Public.', verbose_name='length')),
                ('page_count', models.PositiveIntegerField(editable=False, help_text='Public.', verbose_name='pages')),
                ('empty_pages', models.PositiveIntegerField(default=0, editable=False, help_text='Scans that nobody has read yet. Public.', verbose_name='pages without text')),
                ('report', models.TextField(blank=True, editable=False, help_text='What happened while it was read. Private.', validators=[sources.validators.validate_plain_text], verbose_name='report')),
                ('read_at', models.DateTimeField(editable=False, help_text='The day is public.', verbose_name='read at')),
                ('read_by', models.ForeignKey(db_constraint=False, editable=False, help_text='Private.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='read by')),
                ('is_visible', models.BooleanField(default=False, editable=False, help_text='Only where its rights allow it. Changed by the actions “show” and “hide” alone. Public.', verbose_name='readers may read it')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['pgh_obj', 'pgh_id'], name='documenttext_newest'), models.Index(fields=['pgh_obj', 'pgh_created_at', 'pgh_context'], name='documenttext_story'), models.Index(condition=models.Q(('pgh_label', 'delete')), fields=['-pgh_id'], name='documenttext_deleted')],
            },
        ),
        migrations.CreateModel(
            name='DocumentPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='pages', to='sources.documenttext', verbose_name='text')),
                ('number', models.PositiveIntegerField(help_text='Counts the pages of the file, from 1. Public.', verbose_name='number')),
                ('label', models.CharField(blank=True, help_text='As the page itself has it: xii, 214. Public.', max_length=40, validators=[sources.validators.validate_plain_text], verbose_name='printed number')),
                ('start', models.PositiveIntegerField(help_text='Code points of the text before its first one, the line feeds included. Public.', verbose_name='start')),
                ('content', models.TextField(blank=True, help_text="In Unicode's form NFC. Public.", verbose_name='content')),
                ('sha256', models.CharField(editable=False, help_text='SHA-256 of the content in UTF-8, by the database. Public.', max_length=64, validators=[sources.validators.validate_plain_text], verbose_name='checksum')),
            ],
            options={
                'verbose_name': 'page of a text',
                'verbose_name_plural': 'pages of texts',
                'ordering': ['text_id', 'number'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(django.db.models.functions.text.Left('content', 150000), config='english'), name='page_by_words')],
                'constraints': [models.UniqueConstraint(fields=('text', 'number'), name='page_is_numbered_once'), models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='page_is_numbered_from_one')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentpage',
            trigger=pgtrigger.compiler.Trigger(name='page_is_of_its_text', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.number > (SELECT page_count FROM desk.sources_documenttext WHERE id = NEW.text_id) THEN\n        RAISE EXCEPTION 'Page: its text has no page with this number'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'page_is_of_its_text';\n    END IF;\n    NEW.sha256 := pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(NEW.content, 'UTF8')), 'hex');\n    RETURN NEW;\n", hash='ef8c6cf879e607dc00fe71a382723aa05b599afc', ignore_func_name='"desk"._pgtrigger_should_ignore', operation='INSERT', pgid='pgtrigger_page_is_of_its_text_7a566', table='sources_documentpage', when='BEFORE')),
        ),
    ]
