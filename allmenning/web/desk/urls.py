"""The desk's addresses, below ``/desk/``. Sign-in has its own: :mod:`allmenning.web.desk.sign_in`."""

from __future__ import annotations

from django.urls import path, register_converter

from allmenning.web.desk import decisions, doubts, editions, finding, overview, records, sources, works
from allmenning.web.desk.staff import Number

register_converter(Number, "number")
app_name = "desk"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("finn/", finding.find, name="find"),
    path("kilder/<path:name>/", sources.source, name="source"),
    path("import/<number:run_id>/", sources.run, name="run"),
    path("avvist/<number:set_aside_id>/data", sources.set_aside_bytes, name="set_aside_bytes"),
    path("poster/<number:record_id>/", records.record, name="record"),
    path("poster/<number:record_id>/<number:version>/data", records.version_bytes, name="version_bytes"),
    path("utgaver/<number:edition_id>/", editions.edition, name="edition"),
    path("utgaver/<number:edition_id>/skill-ut/", editions.split, name="split_edition"),
    path("utgaver/<number:edition_id>/sla-sammen/", editions.merge, name="merge_edition"),
    path("verk/<number:work_id>/", works.work, name="work"),
    path("verk/<number:work_id>/skill-ut/", works.split, name="split_work"),
    path("verk/<number:work_id>/sla-sammen/", works.merge, name="merge_work"),
    path("tvil/", doubts.doubts, name="doubts"),
    path("beslutninger/<number:decision_id>/angre/", decisions.undo, name="undo"),
]
