"""Vietnamese text: one normal form in the store, one folding for search."""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010fffd]"
)
_MARKS = re.compile("[\u0300-\u0345]")
_NOT_WORD = re.compile(r"[^0-9a-z.]+")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")  # grave, acute, tilde, hook above, dot below
_WORD = re.compile("[^\\W\\d_](?:[^\\W\\d_]|[\u0300-\u036f])*")
_LONE_Y = re.compile("(?:(?<=qu)|(?<![aăâeêioôơuưy]))y(?![aăâeêioôơuưy])")  # the only vowel of its syllable
_BESIDE_SIGN = re.compile("\\s*([^\\w\\s\u0300-\u036f])\\s*")


def clean(text: str) -> str:
    """NFC without control, invisible or private-use characters, inner white space folded to single spaces."""
    if not text.isprintable():  # as whatever is taken away, and every white space but the plain one
        text = _INVISIBLE.sub("", text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """Lower case without diacritics (đ -> d), so that `ho tich` finds `hộ tịch`; idempotent."""
    stripped = _MARKS.sub("", unicodedata.normalize("NFD", text.lower())).replace("đ", "d")
    if stripped.isascii():
        return stripped
    return unicodedata.normalize("NFC", "".join(char for char in stripped if not unicodedata.combining(char)))


def words(text: str) -> list[str]:
    """Folded words of a text or query; a code such as 1.900001 stays one word."""
    return [word for word in (part.strip(".") for part in _NOT_WORD.split(fold(text))) if word]


def ascii_code(text: str) -> str:
    """A name as a stable ASCII code: `Bộ Tài chính` -> `bo-tai-chinh`."""
    return re.sub(r"[^0-9a-z]+", "-", fold(text)).strip("-")


@lru_cache(maxsize=2048)  # names of papers come again and again
def spelling_key(text: str) -> str:
    """The same for texts that differ only in tone-mark placement, case, spaces or i/y: `hoà`/`hòa`, `Tư Pháp`/`Tư pháp`."""
    return _BESIDE_SIGN.sub(
        r"\1", _WORD.sub(_tone_last, unicodedata.normalize("NFD", clean(text).casefold()))
    )


def _tone_last(word: re.Match[str]) -> str:
    """A decomposed word with its tone marks behind its letters, and i for a y that is its only vowel."""
    letters = unicodedata.normalize("NFC", _TONE.sub("", word[0]))
    return _LONE_Y.sub("i", letters) + "".join(_TONE.findall(word[0]))
