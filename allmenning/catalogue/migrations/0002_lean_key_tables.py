"""SQLite keeps the two key tables once, ordered by their key, instead of as a heap with an index beside it."""

from __future__ import annotations

from django.db import migrations


def lean(_apps, schema_editor):  # type: ignore[no-untyped-def]
    if schema_editor.connection.vendor != "sqlite":
        return
    for table, column in (("catalogue_matchkey", "class_id"), ("catalogue_workkey", "record_id")):
        schema_editor.execute(f"DROP TABLE {table}")
        schema_editor.execute(
            f"CREATE TABLE {table} (key bigint NOT NULL, {column} bigint NOT NULL, PRIMARY KEY (key, {column})) WITHOUT ROWID"
        )
    schema_editor.execute("CREATE INDEX catalogue_workkey_record_id ON catalogue_workkey (record_id)")


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunPython(lean, migrations.RunPython.noop, elidable=False)]
