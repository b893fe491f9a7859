"""From the codes a source uses to the library and branch they mean here."""

from __future__ import annotations

from collections.abc import Sequence

from allmenning.catalogue.holdings import HoldingStatement
from allmenning.organisations.models import Branch, Library


class Places:
    """Reads all libraries and branches once an import; a country has some two thousand of them.

    ``library_id`` is the library whose own system delivers; None for a source that speaks for several.
    """

    def __init__(self, library_id: int | None) -> None:
        self.library_id = library_id
        self._libraries: dict[str, int] = {}
        for key, slug, isil in Library.objects.values_list("id", "slug", "isil"):
            self._libraries[slug.lower()] = key
            if isil:
                self._libraries[isil.lower()] = key
                # Norwegian systems often write the library number alone, without the country's prefix «NO-».
                self._libraries[isil.lower().removeprefix("no-")] = key
        self._branches: dict[tuple[int, str], int] = {}
        for key, owner, slug, code in Branch.objects.values_list("id", "library_id", "slug", "code"):
            self._branches[owner, slug.lower()] = key
            if code:
                self._branches[owner, code.lower()] = key

    def stated(self, holdings: Sequence[HoldingStatement]) -> Sequence[HoldingStatement]:
        """What the record says; a library's own record that says nothing of copies still says that the library has it."""
        if not holdings and self.library_id is not None:
            return (HoldingStatement("holding"),)
        return holdings

    def of(self, said: HoldingStatement) -> tuple[int | None, int | None]:
        """``(library_id, branch_id)``, either None where the code is not known here."""
        library = self._libraries.get(said.library_code.lower()) if said.library_code else None
        library = library or self.library_id
        if library is None:
            return None, None
        for code in (said.branch_code, said.library_code):
            branch = self._branches.get((library, code.lower())) if code else None
            if branch is not None:
                return library, branch
        return library, None
