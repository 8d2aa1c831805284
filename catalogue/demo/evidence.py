"""A handful of small files that stand for the scanned documents behind the claims."""

import hashlib
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sample:
    """One file content; many claims bring the same one."""

    content: bytes

    @property
    def sha256(self) -> str:
        """Its address."""
        return hashlib.sha256(self.content).hexdigest()


def _pdf(line: str) -> bytes:
    """A minimal valid PDF with one line of ASCII text."""
    stream = f"BT /F1 14 Tf 60 760 Td ({line}) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, offsets = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + end


SAMPLES: dict[str, tuple[Sample, ...]] = {
    "enacted": (
        Sample(_pdf("Van ban quy pham phap luat - ban minh hoa (du lieu trinh dien)")),
        Sample(_pdf("Cong bao - trang dang van ban, ban minh hoa (du lieu trinh dien)")),
    ),
    "published": (Sample(_pdf("Quyet dinh cong bo thu tuc hanh chinh - ban minh hoa (du lieu trinh dien)")),),
    "extension": (Sample(_pdf("Van ban cho phep lui thoi han - ban minh hoa (du lieu trinh dien)")),),
    "return": (Sample(_pdf("Bao cao thang ve thuc hien phuong an - ban minh hoa (du lieu trinh dien)")),),
    "obstacle": (Sample(_pdf("Bao cao kho khan, vuong mac - ban minh hoa (du lieu trinh dien)")),),
}


def contents() -> list[dict[str, Any]]:
    """Rows of the table `evidence_content`."""
    return [
        {"sha256": sample.sha256, "content": sample.content}
        for samples in SAMPLES.values()
        for sample in samples
    ]
