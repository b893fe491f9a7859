"""What staff read of the union catalogue: clusters with their reasons, doubtful pairs, records with their versions."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from allmenning.catalogue import queries, services
from allmenning.catalogue.models import ImportRun, MatchEdge, SetAsideRecord, SourceRecord
from allmenning.catalogue.queries import Mark
from allmenning.kernel.errors import Invalid, NotFound, Refused
from tests.catalogue.records import CATALOGUER, LIBRARIAN, book, groups, isbn, record, take

pytestmark = pytest.mark.django_db


def sult(*, part: str = "", extent: str = "166 s.", place: str = "København") -> bytes:
    return book("1", isbn="9788205385627", year="1999", publisher="Gyldendal", part=part, extent=extent, place=place)


def three_alike(part: str = "") -> None:
    """One edition from three sources, two of them in the very same words."""
    take("oslo", sult(part=part))
    take("bergen", sult(part=part))
    take("utsira", sult(part=part, extent="170 s.", place="Oslo"))


def in_doubt(source: str = "bergen", key: str = "2", title: str = "Pan", extent: str = "269 s.") -> None:
    """A pair the machine always leaves to a person: all is the same, but the ISBNs differ."""
    take("oslo", book(key, title, year="1994", extent="269 s.", isbn=isbn(2 * int(key))))
    take(source, book(key, title, year="1994", extent=extent, isbn=isbn(2 * int(key) + 1)))


def four_in_doubt() -> None:
    for number, source in enumerate(("oslo", "bergen", "utsira", "volda")):
        take(source, book("2", "Pan", year="1994", extent="269 s.", isbn=isbn(number)))


def ids(*where: tuple[str, str]) -> list[int]:
    return [record(source, key).id for source, key in where]


def merge(*where: tuple[str, str]) -> int:
    return services.merge(actor=CATALOGUER, level="edition", record_ids=ids(*where)).id


def split(*where: tuple[str, str]) -> int:
    return services.split(actor=CATALOGUER, level="edition", record_ids=ids(*where)).id


class TestEdition:
    def test_its_records_are_told_with_what_ties_them_together(self) -> None:
        three_alike()
        found = queries.edition(record("oslo", "1").edition_id)
        assert found is not None
        assert [each.source_name for each in found.records] == ["bergen", "oslo", "utsira"]
        assert found.merged.description.place == "København"
        assert found.merged.provenance["isbns"] == tuple(ids(("bergen", "1")))
        # Two say the same in everything compared and share a class; one link ties the third to them.
        assert found.records[0].class_id == found.records[1].class_id != found.records[2].class_id
        assert [(each.verdict, each.score > 0.9) for each in found.resemblances] == [("same", True)]
        assert "Samme ISBN" in found.resemblances[0].reasons
        assert (found.outside, found.decisions) == ((), ())

    def test_an_edition_without_live_records_is_none(self) -> None:
        three_alike()
        assert queries.edition(10**12) is None

    def test_the_queries_are_as_many_for_one_record_as_for_three(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        take("oslo", book("9", "Pan", year="1894", extent="269 s."))
        three_alike()
        for edition_id in (record("oslo", "9").edition_id, record("oslo", "1").edition_id):
            with django_assert_num_queries(4):
                queries.edition(edition_id)

    def test_a_parted_neighbour_is_told_as_kept_apart_by_a_person(self) -> None:
        three_alike()
        split(("utsira", "1"))
        found = queries.edition(record("oslo", "1").edition_id)
        assert found is not None
        assert [each.source_name for each in found.records] == ["bergen", "oslo"]
        # The machine still holds them for the same; one line stands for the other edition.
        assert [(each.verdict, each.kept_apart) for each in found.outside] == [("same", True)]
        assert [each.verdict for each in found.decisions] == ["different"]

    def test_undone_decisions_stay_in_the_list(self) -> None:
        three_alike()
        services.undo(actor=CATALOGUER, decision_id=split(("utsira", "1")))
        found = queries.edition(record("oslo", "1").edition_id)
        assert found is not None
        assert [each.undone_at is None for each in found.decisions] == [False]


class TestDoubtful:
    def test_a_pair_is_shown_until_a_person_has_spoken(self) -> None:
        in_doubt()
        page = queries.doubtful()
        assert [{record.source_name for record in each.editions} for each in page.questions] == [{"oslo", "bergen"}]
        assert page.following is None
        said = services.keep_apart(actor=CATALOGUER, level="edition", record_ids=ids(("oslo", "2"), ("bergen", "2")))
        assert queries.doubtful().questions == ()
        services.undo(actor=CATALOGUER, decision_id=said.id)
        assert len(queries.doubtful().questions) == 1
        merge(("oslo", "2"), ("bergen", "2"))
        assert queries.doubtful().questions == ()

    def test_two_editions_of_several_records_are_one_pair_and_one_word_settles_it(self) -> None:
        in_doubt()
        in_doubt(source="utsira", extent="270 s.")  # oslo/2 comes again unchanged; utsira's has the ISBN of bergen's
        assert MatchEdge.objects.filter(verdict=MatchEdge.DOUBTFUL).count() == 2
        assert len(queries.doubtful().questions) == 1
        one = queries.doubtful().questions[0]
        services.keep_apart(actor=CATALOGUER, level="edition", record_ids=[each.record_id for each in one.editions])
        assert MatchEdge.objects.filter(verdict=MatchEdge.DOUBTFUL).count() == 2
        assert queries.doubtful().questions == ()

    def test_a_word_on_other_pairs_does_not_hide_this_one(self) -> None:
        """Both records have been spoken of, but never with each other."""
        in_doubt()
        take("oslo", book("7", "Gift", author="Kielland, Alexander L.", year="1883"))
        take("bergen", book("7", "Fortuna", author="Kielland, Alexander L.", year="1884"))
        for pair in ((("oslo", "2"), ("oslo", "7")), (("bergen", "2"), ("bergen", "7"))):
            services.keep_apart(actor=CATALOGUER, level="edition", record_ids=ids(*pair))
        assert len(queries.doubtful().questions) == 1

    def test_editions_that_doubts_tie_together_are_one_question(self) -> None:
        """Four of them: six pairs, one question, three links that tell why."""
        four_in_doubt()
        assert MatchEdge.objects.filter(verdict=MatchEdge.DOUBTFUL).count() == 6
        [question] = queries.doubtful().questions
        assert {each.source_name for each in question.editions} == {"oslo", "bergen", "utsira", "volda"}
        assert len(question.links) == 3
        assert queries.doubtful_count() == 4

    def test_a_word_on_some_leaves_the_question_of_the_others(self) -> None:
        four_in_doubt()
        oslo, bergen, utsira, volda = ids(("oslo", "2"), ("bergen", "2"), ("utsira", "2"), ("volda", "2"))
        said = services.sort_out(actor=CATALOGUER, level="edition", same=[oslo, bergen], others=[utsira, volda])
        assert [each.verdict for each in said] == ["same", "different"]
        [question] = queries.doubtful().questions  # nothing was said of these two among themselves
        assert {each.source_name for each in question.editions} == {"utsira", "volda"}
        services.undo_together(actor=CATALOGUER, decision_ids=[each.id for each in said])
        assert len(queries.doubtful().questions[0].editions) == 4

    def test_a_tangle_is_asked_of_in_parts(self) -> None:
        for number in range(9):
            take(f"s{number}", book("2", "Pan", year="1994", extent="269 s.", isbn=isbn(number)))
        first = queries.doubtful()
        assert [len(each.editions) for each in first.questions] == [6, 3]
        numbers = [record.edition_id for each in first.questions for record in each.editions]
        assert len(set(numbers)) == 9
        services.merge(actor=CATALOGUER, level="edition", record_ids=numbers[:6])
        assert [len(each.editions) for each in queries.doubtful().questions] == [4]

    def test_what_is_sorted_out_must_fit(self) -> None:
        four_in_doubt()
        oslo, bergen, utsira = ids(("oslo", "2"), ("bergen", "2"), ("utsira", "2"))
        merge(("oslo", "2"), ("utsira", "2"))
        for same, others, actor, error in (
            ([oslo, bergen], [utsira], CATALOGUER, Invalid),  # utsira stands with oslo
            ([oslo], [bergen], CATALOGUER, Invalid),
            ([oslo, bergen], [10**17], CATALOGUER, NotFound),
            ([oslo, bergen], [utsira], LIBRARIAN, Refused),
        ):
            with pytest.raises(error):
                services.sort_out(actor=actor, level="edition", same=same, others=others)
        assert record("oslo", "2").edition_id != record("bergen", "2").edition_id

    def test_pages_follow_each_other_and_deciding_moves_nothing(self) -> None:
        for number, title in enumerate(("Pan", "Victoria", "Mysterier", "Benoni", "Rosa"), start=2):
            in_doubt(key=str(number), title=title)
        first = queries.doubtful(limit=2)
        second = queries.doubtful(after=first.following, limit=2)
        third = queries.doubtful(after=second.following, limit=2)
        shown = [each.editions[0].description.title for page in (first, second, third) for each in page.questions]
        assert sorted(shown) == ["Benoni", "Mysterier", "Pan", "Rosa", "Victoria"]
        assert third.following is None
        one = first.questions[0]
        services.merge(actor=CATALOGUER, level="edition", record_ids=[each.record_id for each in one.editions])
        assert queries.doubtful(after=first.following, limit=2) == second

    def test_the_queries_are_as_many_for_one_pair_as_for_three(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        in_doubt()
        with django_assert_num_queries(7):
            assert len(queries.doubtful().questions) == 1
        in_doubt(key="3", title="Victoria")
        in_doubt(key="4", title="Mysterier")
        with django_assert_num_queries(7):
            assert len(queries.doubtful().questions) == 3

    @pytest.mark.parametrize("text", ["", "x", "1_2", "nan_1_2", "0.5_1_99999999999999999999", "0.5_1_2_3", "2.0_1_2"])
    def test_a_mark_of_nothing_is_none(self, text: str) -> None:
        assert Mark.from_text(text) is None

    def test_a_mark_comes_back_from_its_text(self) -> None:
        assert Mark.from_text(str(Mark(0.1 + 0.2, -5, 7))) == Mark(0.1 + 0.2, -5, 7)


class TestKeepApart:
    def test_refuses_a_librarian_and_records_that_stand_together(self) -> None:
        three_alike()
        in_doubt()
        with pytest.raises(Refused):
            services.keep_apart(actor=LIBRARIAN, level="edition", record_ids=ids(("oslo", "2"), ("bergen", "2")))
        with pytest.raises(Invalid, match="stand together"):
            services.keep_apart(actor=CATALOGUER, level="edition", record_ids=ids(("oslo", "1"), ("bergen", "1")))
        with pytest.raises(Invalid):
            services.keep_apart(actor=CATALOGUER, level="edition", record_ids=ids(("oslo", "1")))
        with pytest.raises(NotFound):
            services.keep_apart(actor=CATALOGUER, level="edition", record_ids=[1, 10**12])

    def test_what_would_tie_them_later_does_not(self) -> None:
        in_doubt()
        services.keep_apart(actor=CATALOGUER, level="edition", record_ids=ids(("oslo", "2"), ("bergen", "2")))
        for source in ("oslo", "bergen"):
            take(source, book("2", "Pan", year="1894", extent="269 s.", isbn="9788205385627"))
        assert groups() == {frozenset({"oslo/2"}), frozenset({"bergen/2"})}


class TestMergeAnswersEarlierWords:
    def test_after_a_split_the_whole_edition_comes_together_again(self) -> None:
        three_alike()
        split(("oslo", "1"))
        merge(("oslo", "1"), ("bergen", "1"))
        assert groups() == {frozenset({"oslo/1", "bergen/1", "utsira/1"})}

    def test_a_merge_against_the_machines_veto_brings_the_whole_edition(self) -> None:
        three_alike(part="Del 1")
        take("alta", sult(part="Del 2"))
        said = merge(("alta", "1"), ("utsira", "1"))
        assert groups() == {frozenset({"oslo/1", "bergen/1", "utsira/1", "alta/1"})}
        services.undo(actor=CATALOGUER, decision_id=said)
        assert groups() == {frozenset({"oslo/1", "bergen/1", "utsira/1"}), frozenset({"alta/1"})}


class TestRecord:
    def test_all_versions_byte_for_byte_the_newest_first(self) -> None:
        first, second = book("1", "Sult"), book("1", "Sult :")
        take("oslo", first)
        take("oslo", second)
        found = queries.record(record("oslo", "1").id)
        assert found is not None
        assert found.version_count == 2
        assert [(each.number, each.chunk.raw) for each in found.versions] == [(2, second), (1, first)]
        assert queries.record(found.record.id, offset=1, limit=1) == queries.RecordDetail(
            found.record, found.versions[1:], 2
        )
        kept = queries.delivered_bytes(found.record.id, 1)
        assert kept is not None
        assert (kept.raw, kept.source_name, kept.name, kept.syntax) == (first, "oslo", "1 v1", "iso2709")
        assert queries.delivered_bytes(found.record.id, 3) is None
        assert queries.record(10**12) is None

    def test_a_deleted_record_is_still_told(self) -> None:
        take("oslo", book("1"))
        take("oslo", book("1", deleted=True))
        found = queries.record(SourceRecord.objects.get().id)
        assert found is not None
        assert found.record.deleted


class TestSources:
    def test_health_counts_live_records_and_what_was_set_aside(self) -> None:
        take("oslo", book("1"), b"00026nonsense that is no record\x1d")
        (health,) = queries.source_health()
        assert (health.source.name, health.records, health.set_aside) == ("oslo", 1, 1)
        assert health.last_run == ImportRun.objects.get()

    def test_health_asks_as_many_times_for_one_source_as_for_three(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        take("oslo", book("1"))
        with django_assert_num_queries(4):
            queries.source_health()
        take("bergen", book("1"))
        take("utsira", book("1"))
        with django_assert_num_queries(4):
            assert len(queries.source_health()) == 3

    def test_what_was_set_aside_by_reason(self) -> None:
        broken = b"00026nonsense that is no record\x1d"
        take("oslo", broken, book("1"))
        aside = SetAsideRecord.objects.get()
        assert queries.set_aside_reasons("oslo") == {aside.code: 1}
        assert list(queries.set_aside("oslo", aside.code)) == [aside]
        assert list(queries.set_aside("oslo", "xml_broken")) == list(queries.set_aside("bergen")) == []
        kept = queries.set_aside_bytes(aside.id)
        assert kept is not None
        assert kept.raw == broken
        assert queries.beginning(aside.raw, 5) == b"00026"
        assert queries.set_aside_bytes(10**12) is None

    def test_figures(self) -> None:
        three_alike()
        take("oslo", book("9", "Pan", year="1894", extent="269 s."))
        assert queries.figures() == {"records": 4, "editions": 2, "works": 2, "joined_editions": 1}


class TestWork:
    def test_editions_and_words_on_the_level_of_works(self) -> None:
        take("oslo", book("1", year="1890"), book("2", year="1999", publisher="Gyldendal", extent="166 s."))
        work_id = record("oslo", "1").work_id
        assert record("oslo", "2").work_id == work_id
        said = services.split(actor=CATALOGUER, level="work", record_ids=ids(("oslo", "2")))
        found = queries.work_detail(record("oslo", "1").work_id)
        assert found is not None
        assert [each.record_ids for each in found.facts.editions] == [tuple(ids(("oslo", "1")))]
        assert [each.id for each in found.decisions] == [said.id]
        assert queries.work_detail(10**12) is None
        services.merge(actor=CATALOGUER, level="work", record_ids=ids(("oslo", "1"), ("oslo", "2")))
        found = queries.work_detail(work_id)
        assert found is not None
        assert len(found.facts.editions) == 2
