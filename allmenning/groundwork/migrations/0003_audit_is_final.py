"""The audit trail refuses updates in the database itself, whoever asks. Deleting stays possible: retention will need it."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_MAKE = {
    "sqlite": [
        "CREATE TRIGGER groundwork_audit_is_final BEFORE UPDATE ON groundwork_auditentry "
        "BEGIN SELECT RAISE(ABORT, 'the audit trail is written once'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION groundwork_audit_is_final() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit trail is written once' USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$",
        "CREATE TRIGGER groundwork_audit_is_final BEFORE UPDATE ON groundwork_auditentry "
        "FOR EACH ROW EXECUTE FUNCTION groundwork_audit_is_final()",
    ],
}
_DROP = {
    "sqlite": ["DROP TRIGGER groundwork_audit_is_final"],
    "postgresql": [
        "DROP TRIGGER groundwork_audit_is_final ON groundwork_auditentry",
        "DROP FUNCTION groundwork_audit_is_final()",
    ],
}


def make(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _MAKE[editor.connection.vendor]:
        editor.execute(statement, params=None)


def drop(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _DROP[editor.connection.vendor]:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("groundwork", "0002_cache")]
    operations = [migrations.RunPython(make, drop)]
