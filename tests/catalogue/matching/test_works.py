"""Which editions are one work, and which only look so."""

from __future__ import annotations

import pytest

from allmenning.catalogue.description import Agent, Description, Series
from allmenning.catalogue.matching import work_keys
from allmenning.catalogue.matching.generic import without_article

HAMSUN = (Agent("Hamsun, Knut", "aut", "1859-1952", main=True),)
SULT = Description(title="Sult", remainder="roman", agents=HAMSUN, languages=("nb",), year=1890, publisher="Philipsen")


def one_work(a: Description, b: Description) -> bool:
    return bool(set(work_keys(a)) & set(work_keys(b)))


def agent(name: str, role: str = "aut") -> tuple[Agent, ...]:
    return (Agent(name, role, main=True),)


@pytest.mark.parametrize(
    "other",
    [
        Description(title="Sult", agents=HAMSUN, year=2009, publisher="Gyldendal"),
        Description(title="SULT", agents=agent("Hamsun, K.")),
        Description(title="Sult", agents=(Agent("Knut Hamsun", "aut", main=True),)),
        Description(title="Sult", responsibility="av Knut Hamsun ; med forord av Ane Farsethås"),
        Description(title="Sult", agents=HAMSUN, format="audiobook"),
        Description(title="Sult", agents=HAMSUN, format="ebook"),
        Description(title="Sult", agents=HAMSUN, format="large_print"),
        Description(title="Hunger", original_title="Sult", agents=HAMSUN, languages=("en",)),
        Description(title="Hunger", uniform_title="Sult", agents=agent("Hamsun, K")),
    ],
)
def test_editions_of_one_work_meet(other: Description) -> None:
    assert one_work(SULT, other)


@pytest.mark.parametrize(
    "other",
    [
        Description(title="Sult", agents=(Agent("Carlsen, Henning", "drt"),), format="film", year=1966),
        Description(title="Sult", agents=agent("Caparrós, Martín")),
        Description(title="Sult"),
        Description(title="Pan", agents=HAMSUN),
        Description(title="Sult", part_number="Bind 2", agents=HAMSUN),
        Description(title="Sult", agents=(*HAMSUN, Agent("Ness, Martin Ernstsen", "adp"))),
        Description(title="Sult", remainder="hørespill", agents=HAMSUN, format="audiobook"),
    ],
)
def test_what_only_shares_the_title_or_the_maker_does_not(other: Description) -> None:
    assert not one_work(SULT, other)


def test_translations_meet_through_the_original_title_also_across_scripts() -> None:
    russian = Description(title="Преступление и наказание", agents=agent("Достоевский, Ф. М."))
    bokmal = Description(
        title="Forbrytelse og straff",
        original_title="Prestuplenie i nakazanie",
        agents=agent("Dostojevskij, Fjodor M."),
    )
    english = Description(
        title="Crime and punishment", uniform_title="Prestuplenie i nakazanie", agents=agent("Dostoyevsky, Fyodor")
    )
    linked = Description(
        title="Prestupleniye i nakazaniye", title_original_script="Преступление и наказание",
        agents=agent("Dostoevskij, F."),
    )  # fmt: skip
    assert one_work(russian, bokmal)
    assert one_work(bokmal, english)
    assert one_work(russian, english)
    assert one_work(russian, linked)


def test_an_article_more_or_less_is_one_title() -> None:
    a = Description(title="The hobbit", agents=agent("Tolkien, J.R.R."))
    assert one_work(a, Description(title="Hobbiten", original_title="Hobbit", agents=agent("Tolkien, J. R. R.")))
    assert without_article("den fjerde natt") == "fjerde natt"
    assert without_article("de") == "de"
    assert without_article("a b") == "a b"


def test_collections_meet_only_with_more_than_their_kind_of_title() -> None:
    dikt = Description(title="Dikt", agents=agent("Hagerup, Inger"), year=1965, publisher="Aschehoug")
    assert one_work(dikt, Description(title="Dikt", agents=agent("Hagerup, I."), year=1965, publisher="Aschehoug"))
    assert not one_work(
        dikt, Description(title="Dikt", agents=agent("Hagerup, Inger"), year=1998, publisher="Aschehoug")
    )
    assert work_keys(Description(title="Dikt", agents=agent("Hagerup, Inger"))) == []
    novel = Description(title="Markens grøde", uniform_title="Verker. Utvalg", agents=HAMSUN)
    assert not one_work(novel, Description(title="Victoria", uniform_title="Verker. Utvalg", agents=HAMSUN))


def test_parts_meet_parts_and_not_the_whole() -> None:
    lavransdatter = agent("Undset, Sigrid")
    whole = Description(title="Kristin Lavransdatter", agents=lavransdatter)
    wreath = Description(title="Kristin Lavransdatter", part_name="Kransen", agents=lavransdatter)
    assert not one_work(whole, wreath)
    assert one_work(wreath, Description(title="Kristin Lavransdatter", part_name="Kransen", agents=agent("Undset, S.")))
    assert not one_work(wreath, Description(title="Kristin Lavransdatter", part_name="Husfrue", agents=lavransdatter))


def test_films_meet_by_director_whoever_is_said_to_be() -> None:
    film = Description(title="Sult", format="film", agents=(Agent("Carlsen, Henning", "drt"),), year=2003)
    assert one_work(film, Description(title="Sult", format="efilm", responsibility="regi: Henning Carlsen", year=2012))
    assert one_work(
        film,
        Description(title="Hunger", original_title="Sult", format="film", responsibility="directed by Henning Carlsen"),
    )
    assert not one_work(film, Description(title="Sult", format="film", responsibility="regi: Noen Annen"))


def test_without_a_maker_the_title_needs_another_fact() -> None:
    assert work_keys(Description(title="Verdens fineste julefortellinger")) == []
    tales = Description(title="Verdens fineste julefortellinger", year=2013, publisher="Font")
    assert one_work(
        tales, Description(title="Verdens fineste julefortellinger", format="ebook", year=2013, publisher="Font")
    )
    assert not one_work(tales, Description(title="Verdens fineste julefortellinger", year=2013, publisher="Pax"))


def test_a_body_tells_a_long_title_apart_but_not_a_short_one() -> None:
    census = (Agent("United States. Bureau of the Census", kind="corporate"),)
    retail = Description(
        title="Wyoming", agents=census, year=1974, publisher="GPO", series=(Series("Retail trade", "51"),)
    )
    wholesale = Description(
        title="Wyoming", agents=census, year=1974, publisher="GPO", series=(Series("Wholesale trade", "51"),)
    )
    assert not one_work(retail, wholesale)
    long_title = "Kommunale bibliotek i Noreg"
    body = (Agent("Nasjonalbiblioteket", kind="corporate"),)
    assert one_work(
        Description(title=long_title, agents=body, year=2012), Description(title=long_title, agents=body, year=2014)
    )


def test_journals_meet_by_issn_or_publisher() -> None:
    a = Description(title="Bok og bibliotek", format="journal", issns=("0006-5811",), publisher="ABM-media")
    assert one_work(a, Description(title="BOB", format="ejournal", issns=("0006-5811",)))
    assert one_work(a, Description(title="Bok og bibliotek", format="ejournal", publisher="ABM-media"))
    assert not one_work(a, Description(title="Bok og bibliotek", format="book", publisher="ABM-media"))


def test_keys_are_sorted_numbers_of_64_bits() -> None:
    found = work_keys(SULT)
    assert found == sorted(set(found))
    assert all(-(2**63) <= each < 2**63 for each in found)


def test_a_number_at_the_end_of_a_title_is_its_part() -> None:
    knausgard = agent("Knausgård, Karl Ove")
    first = Description(title="Min kamp", part_number="Første bok", agents=knausgard)
    assert one_work(first, Description(title="Min kamp 1", agents=knausgard))
    assert one_work(first, Description(title="A death in the family", uniform_title="Min kamp. 1", agents=knausgard))
    assert not one_work(first, Description(title="Min kamp 2", agents=knausgard))
    assert not one_work(first, Description(title="Min kamp", agents=knausgard))


def test_collected_poems_of_one_poet_are_one_work() -> None:
    hagerup = agent("Hagerup, Inger")
    assert one_work(
        Description(title="Samlede dikt", agents=hagerup), Description(title="Samlede dikt", agents=hagerup, year=1985)
    )


def test_spelling_of_a_name_in_another_script_or_language_is_forgiven() -> None:
    lines = [agent(name) for name in ("Tsjekhov, Anton", "Chekhov, A. P.", "Чехов, Антон Павлович")]
    editions = [Description(title="Visjnjovyj sad", agents=each) for each in lines]
    assert all(one_work(one, other) for one in editions for other in editions)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rowling, J.K.", "Rowling, Joanne Kathleen"),
        ("Roth, Philip", "Roth, P."),
        ("Christensen, Lars Saabye", "Saabye Christensen, Lars"),
        ("García Márquez, Gabriel", "Gabriel García Márquez"),
        ("Goethe, Johann Wolfgang von", "von Goethe, J. W."),
    ],
)
def test_a_name_in_full_or_with_initials_and_with_a_middle_name_on_either_side(one: str, other: str) -> None:
    assert one_work(Description(title="Sult", agents=agent(one)), Description(title="Sult", agents=agent(other)))


def test_an_initial_still_tells_namesakes_apart() -> None:
    assert not one_work(
        Description(title="Sult", agents=agent("Hansen, Per")), Description(title="Sult", agents=agent("Hansen, Ole"))
    )


def test_a_band_makes_its_music() -> None:
    album = Description(
        title="Suser avgårde", format="music", agents=(Agent("deLillos", "", "", "corporate", main=True),)
    )
    performed = Description(title="Suser avgårde", format="music", agents=(Agent("DeLillos", "prf", "", "corporate"),))
    other = Description(title="Suser avgårde", format="music", agents=(Agent("Raga Rockers", "prf", "", "corporate"),))
    label = Description(title="Suser avgårde", format="music", agents=(Agent("deLillos", "pbl", "", "corporate"),))
    assert one_work(album, performed)
    assert not one_work(album, other)
    assert not one_work(album, label)


def test_a_preferred_title_without_a_maker_is_its_works_alone() -> None:
    english = Description(title="Voter's guide", uniform_title="Voter's guide to federal elections", format="ebook")
    chinese = Description(title="Xuan min zhi nan", uniform_title="The voter's guide to federal elections")
    assert one_work(english, chinese)
    assert not one_work(english, Description(title="Voter's guide", uniform_title="Voter's guide to local elections"))
    assert work_keys(Description(title="Treaty", uniform_title="Annual report")) == []
    body = (Agent("Valdirektoratet", kind="corporate", main=True),)
    assert not one_work(english, Description(title="Guide", uniform_title=english.uniform_title, agents=body))


def test_scripture_is_one_work_in_every_language_and_its_parts_are_not_the_whole() -> None:
    bibelen = Description(title="Bibelen", remainder="Den hellige skrift", year=2011, publisher="Bibelselskapet")
    assert one_work(bibelen, Description(title="Biibbal", year=2019, publisher="Bibelselskapet"))
    assert one_work(bibelen, Description(title="Raamattu", uniform_title="Bible"))
    assert not one_work(bibelen, Description(title="Koranen"))
    assert not one_work(bibelen, Description(title="Bibelen", part_name="Det nye testamentet"))
    assert not one_work(bibelen, Description(title="Bibelen", uniform_title="Bible. O.T. Psalms"))
    assert not one_work(bibelen, Description(title="Bibelen", agents=agent("Schaanning, Espen")))


def test_a_collection_with_a_title_of_its_own_meets_itself_whether_or_not_it_is_called_works() -> None:
    mann = agent("Mann, Thomas")
    plain_title = Description(title="Stories of three decades", agents=mann)
    assert one_work(plain_title, Description(title="Stories of three decades", uniform_title="Works", agents=mann))
