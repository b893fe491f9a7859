"""Titles that name a kind of collection or document rather than a work, scriptures, and the articles a title may begin with.

Folded."""

from __future__ import annotations

#: «Samlede dikt», «Collected stories» are left out: one maker has hardly two of them, and their editions belong together.
GENERIC = frozenset(
    name
    for names in (
        # English, also as collective uniform titles (RDA 6.2.2.10)
        "works|selections|works selections|poems|poems selections|plays|plays selections|short stories|novels|essays|letters",
        "correspondence|prose works|poetry|drama|speeches|selected works|collected works|complete works",
        "selected poems|poetical works|stories|selected stories|songs|music|annual report",
        "report|bulletin|proceedings|papers|hearings|hearing|catalogue|catalog|statutes|laws etc|treaties etc|untitled|index",
        # Bokmål, nynorsk, Danish, Swedish
        "verker|verker utvalg|utvalg|utvalgte verker|samlede verker|samlede skrifter|dikt|dikt utvalg",
        "dikt i utvalg|noveller|noveller utvalg|skuespill|skodespel|romaner|romanar|fortellinger|forteljingar",
        "eventyr|brev|essays i utvalg|samla verk|skrifter|skrifter i samling|utvalgte dikt|utvalde dikt",
        "sanger|songar|salmer|digte|dikter|samlade dikter",
        "arsberetning|arsmelding|arsrapport|rapport|katalog|uten tittel",
        # Finnish, Russian in Latin letters
        "runot|runoja|novelleja|valitut teokset|kootut teokset|stikhotvorenija|rasskazy|sobranie sotsjinenij|izbrannoe",
        "bible|bibelen|bibel|biibbal",
    )
    for name in names.split("|")
)
#: The whole of a sacred scripture, by its name in languages we meet: one work, whoever published it (RDA 6.23.2).
SCRIPTURES = {
    name: names.partition("|")[0]
    for names in (
        "bible|bibelen|bibel|bibeln|biibbal|biblia|raamattu|pyha raamattu|die bibel|la bible|holy bible"
        "|the bible|the holy bible|biblija",
        "koran|koranen|quran|qur an|al quran|koraani|the koran|the quran",
    )
    for name in names.split("|")
}
_ARTICLES = frozenset((
    "the", "a", "an", "en", "et", "ei", "den", "det", "de", "ein", "eit", "eine", "der", "die", "das", "le", "la", "les",
    "l", "il", "el", "los", "un", "une", "ett",
))  # fmt: skip


def without_article(title: str) -> str:
    """A folded title without its first word when that is an article and more than a letter or two is left."""
    first, _, rest = title.partition(" ")
    return rest if first in _ARTICLES and len(rest) > 2 else title
