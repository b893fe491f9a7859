from django.db import migrations


def list_what_stands(_apps, schema_editor):
    """The follower fills the lists that harvesters are given: every work counts as changed once."""
    schema_editor.execute(
        """INSERT INTO groundwork_outboxevent (topic, subject_id, in_bulk, published_at, lease_owner, attempts)
           SELECT DISTINCT 'work.changed', work_id, TRUE, CURRENT_TIMESTAMP, '', 0
           FROM catalogue_sourcerecord WHERE NOT deleted"""
    )


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0005_fetched_sources"),
        ("groundwork", "0004_outbox_in_bulk"),
    ]

    operations = [migrations.RunPython(list_what_stands, migrations.RunPython.noop)]
