"""Vietnamese text: one normal form in the store, one folding for search."""

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ue000-\uf8ff\U000f0000-\U0010fffd]"
)
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^0-9a-z.]+")


def clean(text: str) -> str:
    """NFC without invisible or private-use characters, inner white space folded to single spaces."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def fold(text: str) -> str:
    """Lower case without diacritics (đ -> d), so that `ho tich` finds `hộ tịch`; idempotent."""
    stripped = "".join(
        char for char in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(char)
    )
    return unicodedata.normalize("NFC", stripped.replace("đ", "d"))


def words(text: str) -> list[str]:
    """Folded words of a text or query; a code such as 1.900001 stays one word."""
    return [word for word in (part.strip(".") for part in _NOT_WORD.split(fold(text))) if word]


def ascii_code(text: str) -> str:
    """A name as a stable ASCII code: `Bộ Tài chính` -> `bo-tai-chinh`."""
    return re.sub(r"[^0-9a-z]+", "-", fold(text)).strip("-")
