"""The desk's addresses, below ``/desk/``. Sign-in has its own: :mod:`allmenning.web.desk.sign_in`."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter

from allmenning.web.desk import (
    branches,
    colleagues,
    decisions,
    doubts,
    editions,
    fetching,
    finding,
    headings,
    libraries,
    overview,
    records,
    sources,
    trial,
    works,
)
from allmenning.web.desk.staff import Number

register_converter(Number, "number")
app_name = "desk"


def _staff_of(place: str) -> list[URLPattern]:
    """The same pages below a library and below a consortium."""
    return [
        path(place, colleagues.colleagues, name="colleagues"),
        path(f"{place}inviter/", colleagues.invite, name="invite"),
        path(f"{place}<number:account_id>/", colleagues.colleague, name="colleague"),
        path(f"{place}<number:account_id>/lenke/", colleagues.link, name="link"),
        path(f"{place}<number:account_id>/slutt/", colleagues.end, name="end"),
        path(f"{place}<number:account_id>/sperr/", colleagues.close, name="close"),
    ]


urlpatterns = [
    path("", overview.overview, name="overview"),
    path("finn/", finding.find, name="find"),
    path("kilder/<slug:name>/innstillinger/", fetching.settings, name="source_settings"),
    path("kilder/<slug:name>/hent/", fetching.fetch, name="fetch_source"),
    path("kilder/<slug:name>/prov/", trial.trial, name="try_source"),
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
    path("overskrifter/", headings.headings, name="headings"),
    path("overskrifter/<number:entity_id>/", headings.heading, name="heading"),
    path("overskrifter/<number:entity_id>/endre/", headings.change, name="change_heading"),
    path("overskrifter/<number:entity_id>/tilbake/", headings.take_back, name="take_back_heading"),
    path("lenker/<number:heading_id>/", headings.link, name="link_heading"),
    path("lenker/angre/<number:decision_id>/", headings.undo_link, name="undo_link"),
    path("tvil/", doubts.doubts, name="doubts"),
    path("beslutninger/<number:decision_id>/angre/", decisions.undo, name="undo"),
    path("biblioteker/", libraries.libraries, name="libraries"),
    path("biblioteker/<number:library_id>/", libraries.library, name="library"),
    path("biblioteker/<number:library_id>/endre/", libraries.change, name="change_library"),
    path("biblioteker/<number:library_id>/ny-avdeling/", branches.new, name="new_branch"),
    path("avdelinger/<number:branch_id>/endre/", branches.change, name="change_branch"),
    path("avdelinger/<number:branch_id>/apningstider/", branches.hours, name="hours"),
    path("avdelinger/<number:branch_id>/stengt/", branches.close, name="close_on"),
    path("avdelinger/<number:branch_id>/apent/", branches.reopen, name="reopen_on"),
    path("konsortier/<number:consortium_id>/nytt-bibliotek/", libraries.new, name="new_library"),
    *_staff_of("biblioteker/<number:library_id>/ansatte/"),
    *_staff_of("konsortier/<number:consortium_id>/ansatte/"),
]
