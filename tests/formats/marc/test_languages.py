import pytest

from allmenning.formats.marc.languages import bcp47, marc_code, split_codes


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("nob", "nb"), ("nno", "nn"), ("nor", "no"), ("sme", "se"), ("smj", "smj"), ("sma", "sma"), ("sms", "sms"),
        ("fkv", "fkv"),
        ("fin", "fi"), ("rus", "ru"), ("eng", "en"), ("ger", "de"), ("fre", "fr"), ("dut", "nl"), ("ice", "is"),
        ("chi", "zh"), ("per", "fa"),
        ("mul", "mul"), ("und", "und"), ("zxx", "zxx"), ("scr", "hr"), ("scc", "sr"), ("lap", "smi"), ("laf", "se"),
        ("iri", "ga"), ("ubs", "und"),
        ("NOB", "nb"), (" nob ", "nb"), ("nb", "nb"), ("zh-hant", "zh-Hant"),
        ("", ""), ("   ", ""), ("|||", ""), ("xyz", ""), ("nobnno", ""), ("###", ""),
    ],
)  # fmt: skip
def test_marc_codes_as_tags(code: str, tag: str) -> None:
    assert bcp47(code) == tag


def test_tags_as_marc_codes() -> None:
    assert [marc_code(tag) for tag in ("nb", "nn", "no", "se", "sma", "fkv", "de", "fi", "mul", "und", "")] == [
        "nob", "nno", "nor", "sme", "sma", "fkv", "ger", "fin", "mul", "und", "",
    ]  # fmt: skip


def test_several_codes_in_one_subfield() -> None:
    assert split_codes("nnonob") == ["nno", "nob"]
    assert split_codes("nno, nob") == ["nno", "nob"]
    assert split_codes("engelsk") == ["engelsk"]
    assert split_codes("") == []
