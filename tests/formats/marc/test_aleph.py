from allmenning.formats.marc.record import Field, Read, SetAside
from tests.formats.marc.made import all_covered, outcomes

ONE = (
    b"000095841 FMT   L BK\n"
    b"000095841 LDR   L ^^^^^cam^a2201321zi^4500\n"
    b"000095841 001   L 000095841\n"
    b"000095841 008   L 881011s1988^^^^fi^||||^^^^^^||||f|fin||\n"
    b"000095841 24510 L $$aAjan lyhyt historia /$$cStephen W. Hawking.\n"
)
TWO = ONE.replace(b"000095841", b"000095842")


def test_records_are_runs_of_lines_with_one_number() -> None:
    first, second = found = outcomes(ONE + b"\n" + TWO)
    assert isinstance(first, Read)
    assert isinstance(second, Read)
    assert first.record.leader == "     cam a2201321zi 4500"
    assert first.record.fields == [
        Field("FMT", "BK"),
        Field("001", "000095841"),
        Field("008", "881011s1988    fi ||||      ||||f|fin||"),
        Field("245", "", "10", [("a", "Ajan lyhyt historia /"), ("c", "Stephen W. Hawking.")]),
    ]
    assert second.record.control("001") == "000095842"
    assert all_covered(ONE + b"\n" + TWO, found)


def test_a_line_that_cannot_be_read_sets_its_record_aside() -> None:
    broken = ONE.replace(b"000095841 001   L ", b"??")
    first, second = outcomes(broken + TWO)
    assert isinstance(first, SetAside)
    assert (first.code, first.chunk.raw) == ("line_unreadable", broken)
    assert isinstance(second, Read)
