"""A real installation with one small programme of one ministry, under names as long as they come."""

from datetime import date

from catalogue.services import commitments, documents, enactment, figures
from catalogue.services.commitments import NewItem
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation

AGENCY = "bo-van-hoa-the-thao-va-du-lich"
TITLE = (
    "Nghị định sửa đổi, bổ sung một số điều của các nghị định quy định chi tiết và hướng dẫn thi hành *Luật An toàn, "
    "vệ sinh lao động* và Luật Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng giai đoạn 2024 - 2030"
)


def assign(installation: Installation, day: date, titles: list[str]) -> list[int]:
    """One item a document of these titles, all due a year later; returns the documents."""
    with installation.database.transaction("plan.load") as transaction:
        basis = Basis("resolution", "66/NQ-CP", day, "Nghị quyết cắt giảm", "chinh-phu")
        by = documents.cite(transaction, basis)
        papers = [
            documents.plan(
                transaction, document_type="decree", title=title, drafting_agency=AGENCY,
                planned_issue_on=None, effective_date=day,
            )
            for title in titles
        ]  # fmt: skip
        commitments.assign(
            transaction, installation.reference, figures.SIMPLIFICATION, by, day,
            [
                NewItem(f"item {place}", f"Thủ tục {place}", AGENCY, documents=(paper,), deadline=day.replace(year=day.year + 1))
                for place, paper in enumerate(papers)
            ],
        )  # fmt: skip
    return papers


def issue(installation: Installation, papers: list[int], day: date) -> None:
    """Every document issued and in force on one day."""
    with installation.database.transaction("issue") as transaction:
        for place, paper in enumerate(papers, start=1):
            documents.issue(
                transaction, paper, number=f"{place}/{day.year}/NĐ-CP", issued_on=day, in_force_on=day,
                agency_code=AGENCY, claim_id=None,
            )  # fmt: skip
        enactment.settle_documents(transaction, papers)
