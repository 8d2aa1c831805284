"""The results of a procedure, each of which ends with its code in the national catalogue of results."""

import re

from catalogue.model.quality import Problem
from pipelines.parse.words import Parsed, excerpt, paragraphs

# A code ends with a figure, and the next result touches it: `Mã: KQ.G01.000014Biển số xe`.
_CODE = re.compile(r"Mã: (?P<code>[A-ZĐ\d.-]*\d|\S+\Z)")


def results(text: str) -> Parsed[list[str]]:
    """The results in their order, each with its code behind it: `Thẻ căn cước (Mã: KQ.G01.000023)`."""
    words = paragraphs(text)
    names: list[str] = []
    problems: list[Problem] = []
    start = 0
    for match in (*_CODE.finditer(words), None):
        name = words[start : match.start() if match else len(words)].strip()
        start = match.end() if match else start
        if "Mã: " in name:
            problems.append(Problem("results_unclear", "results", excerpt(name)))
        if code := f"Mã: {match['code']}" if match else "":
            name = f"{name} ({code})" if name else code
        names.append(name)
    return Parsed([name for name in names if name], tuple(problems))
