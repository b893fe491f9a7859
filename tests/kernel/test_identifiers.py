import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmenning.kernel.identifiers import isbn13, isil, issn, organisation_number


@pytest.mark.parametrize(
    "text",
    [
        "9780306406157",
        "978-0-306-40615-7",
        "978–0–306–40615–7",
        "0-306-40615-2",
        "0306406152 (ib.)",
        "ISBN 978 0 306 40615 7 : Nkr 299",
        "ISBN0306406152",
        "isbn:978.0.306.40615.7",
    ],
)
def test_an_isbn_is_found_in_any_dress(text: str) -> None:
    assert isbn13(text) == "9780306406157"


def test_an_isbn_10_may_end_in_x() -> None:
    assert isbn13("0-8044-2957-x") == "9780804429573"


@pytest.mark.parametrize(
    "text", ["", "82-05-30003-2", "9788205300034", "12345", "tlf 22 08 34 22", "1977-2024 97803064061"]
)
def test_what_fails_its_check_digit_is_no_isbn(text: str) -> None:
    assert isbn13(text) is None


def test_an_isbn_among_other_words_is_found() -> None:
    assert isbn13("undset 978-0-306-40615-7 bok") == "9780306406157"


@given(st.text())
def test_nothing_that_people_type_makes_them_fail(text: str) -> None:
    for check in (isbn13, issn, isil, organisation_number):
        found = check(text)
        assert found is None or found == check(found)


def test_issn() -> None:
    assert issn("ISSN 0317-8471 (trykt)") == "0317-8471"
    assert issn("2434-561x") == "2434-561X"
    assert issn("0317-8472") is None
    assert issn("03178472") is None


def test_isil() -> None:
    assert isil("no-0030100") == "NO-0030100"
    assert isil("NO 0030100") == "NO-0030100"
    assert isil("DE-634") == "DE-634"
    assert isil("OCLC-TEXTMARC2100") is None
    assert isil("NO-123") is None


def test_organisation_number() -> None:
    assert organisation_number("NO 974 760 673 MVA") == "974760673"
    assert organisation_number("Org.nr. 974 760 673") == "974760673"
    assert organisation_number("974760674") is None
    assert organisation_number("97476067") is None
