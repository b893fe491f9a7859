"""The authority register at the desk: finding, changing, linking, and taking it back."""

from __future__ import annotations

import pytest
from django.test import Client

from allmenning.authorities.models import Entity
from allmenning.catalogue.headings import following
from allmenning.catalogue.headings.models import WrittenHeading
from allmenning.people.models import Role
from tests.authorities.registers import HAMSUN, SIBLINGS, entity, take_in
from tests.people_and_places import staff
from tests.web.shelves import Country


@pytest.fixture
def linked(stocked: Country) -> Country:
    take_in("prove", HAMSUN, SIBLINGS, vocabulary="tgn")
    following.catch_up()
    return stocked


@pytest.fixture
def cataloguer(client: Client, linked: Country) -> Client:
    client.force_login(staff(linked.oslo, Role.CATALOGUER))
    return client


def said(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_heading_is_found_and_shows_who_carries_it(cataloguer: Client) -> None:
    number = entity("Hamsun, Knut").id
    assert f'<a href="/desk/overskrifter/{number}/">Hamsun, Knut</a>' in said(
        cataloguer, "/desk/overskrifter/?q=knut+hamsun"
    )
    page = said(cataloguer, f"/desk/overskrifter/{number}/")
    assert "4 poster · Den eneste med dette navnet" in page
    assert "Fant ingen autoritet for «finnes ikke»." in said(cataloguer, "/desk/overskrifter/?q=finnes ikke")


def test_changing_it_everywhere_and_taking_it_back(cataloguer: Client, linked: Country) -> None:
    number = entity("Søsken").id
    here = f"/desk/overskrifter/{number}/"
    answer = cataloguer.post(f"{here}endre/", {"navn-nb": "Brødre og søstre", "navn-nn": "Sysken", "grunn": "Klarere"})
    assert (answer.status_code, answer.headers["Location"]) == (302, here)
    following.run_once()
    assert "Brødre og søstre" in cataloguer.get(f"/oslo/verk/{linked.work('Fuglane')}").content.decode()
    assert "Klarere" in said(cataloguer, here)
    cataloguer.post(f"{here}tilbake/")
    assert Entity.objects.get(id=number).name == "Søsken"


def test_saying_that_it_is_another_and_undoing_that(cataloguer: Client) -> None:
    number = entity("Hamsun, Knut").id
    heading = WrittenHeading.objects.get(text="Hamsun, Knut")
    cataloguer.post(f"/desk/lenker/{heading.id}/", {"til": "0", "fra": str(number)})
    heading.refresh_from_db()
    assert (heading.entity_id, heading.decided) == (None, True)
    decision = heading.decisions.get()
    cataloguer.post(f"/desk/lenker/angre/{decision.id}/", {"fra": str(number)})
    heading.refresh_from_db()
    assert (heading.entity_id, heading.decided, heading.how) == (number, False, "name")


def test_a_librarian_sees_and_is_told_why_not(client: Client, linked: Country) -> None:
    client.force_login(staff(linked.oslo, Role.LIBRARIAN))
    number = entity("Søsken").id
    assert "Endre overalt" not in said(client, f"/desk/overskrifter/{number}/")
    answer = client.post(f"/desk/overskrifter/{number}/endre/", {"navn-nb": "Annet"})
    assert answer.status_code == 403
    assert "Bare en katalogisator kan endre autoriteter." in answer.content.decode()


def test_a_heading_too_long_is_told_on_its_page(cataloguer: Client) -> None:
    answer = cataloguer.post(f"/desk/overskrifter/{entity('Søsken').id}/endre/", {"navn-nb": "x" * 301})
    assert (answer.status_code, "med høyst 300 tegn" in answer.content.decode()) == (422, True)
