"""Evidence brought with an update file: each file finds its rows by the number of its document."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from catalogue.errors import Invalid, Issue
from catalogue.model.item_update import number_of_file, number_words
from catalogue.services import attachments
from catalogue.services.attachments import Attachment, File


@dataclass(frozen=True)
class Files:
    """Evidence brought with the rows.

    `chosen`: the document number that a person gave a file, by its name; `by_row`: files that a row itself names.
    """

    files: Sequence[File] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    by_row: Mapping[int, Sequence[Attachment]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sorted:
    """Files by the words of their document's number; `loose` ones have none, `issues` say which cannot be evidence."""

    by_number: Mapping[tuple[str, ...], Sequence[tuple[File, Attachment]]]
    numbers: tuple[str, ...]
    loose: tuple[str, ...]
    issues: tuple[Issue, ...]
    by_row: Mapping[int, Sequence[Attachment]]

    def named(self, row: int, known: frozenset[str]) -> list[File]:
        """The files that a row itself names and whose contents are not among the known ones."""
        found = {one.sha256: (one.file_name, one.content) for one in self.by_row.get(row, ())}
        return [file for digest, file in found.items() if digest not in known]

    def of(self, number: str, known: frozenset[str]) -> list[File]:
        """The files of a document whose contents are not among the known ones."""
        found = {attachment.sha256: file for file, attachment in self.by_number.get(number_words(number), ())}
        return [file for digest, file in found.items() if digest not in known]


def sort(files: Files, named: Iterable[str]) -> Sorted:
    """Give each file to the document number that a person chose or that its name contains; `named`: those of the rows."""
    kept, issues = _looked_at(files.files)
    numbers: dict[tuple[str, ...], str] = {}
    for text in named:
        numbers.setdefault(number_words(text), text)
    by_number: dict[tuple[str, ...], list[tuple[File, Attachment]]] = defaultdict(list)
    loose = []
    for one_file in kept:
        name = one_file[0][0]
        number = files.chosen.get(name) or number_of_file(name, list(numbers.values()))
        if number:
            by_number[number_words(number)].append(one_file)
        else:
            loose.append(name)
    return Sorted(by_number, tuple(numbers.values()), tuple(loose), issues, files.by_row)


def _looked_at(files: Sequence[File]) -> tuple[list[tuple[File, Attachment]], tuple[Issue, ...]]:
    kept: list[tuple[File, Attachment]] = []
    issues: list[Issue] = []
    for file in files:
        try:
            kept.append((file, attachments.checked(file)))
        except Invalid as error:
            issues.extend(error.issues)
    return kept, tuple(issues)
