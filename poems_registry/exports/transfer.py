"""The identifiable, complete table (decision 20): what it writes, `import findings` reads back and changes nothing."""

from collections.abc import Iterable, Iterator

from poems_registry.catalogue import transfer_format
from poems_registry.catalogue.book import Catalogue
from poems_registry.catalogue.transfer_format import Versions
from poems_registry.catalogue.transfer_person import Beside, nothing_beside
from poems_registry.domain.records import PatientFile
from poems_registry.exports.table import Row, Table


def transfer(
    files: Iterable[PatientFile], catalogue: Catalogue, versions: Versions, beside: Beside = nothing_beside
) -> Table:
    """One row a finding, every column of decision 11, with patient and encounter; drafts are left out.

    `versions` gives what an amended visit said before, version by version as it was signed, `beside` what goes on
    around the visits and in research.
    """
    return Table("transfer", transfer_format.HEAD, _rows(files, catalogue, versions, beside))


def _rows(files: Iterable[PatientFile], catalogue: Catalogue, versions: Versions, beside: Beside) -> Iterator[Row]:
    for file in files:
        yield from transfer_format.rows_of(file, catalogue, versions, beside)
