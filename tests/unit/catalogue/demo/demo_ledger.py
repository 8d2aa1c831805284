"""How the tests of the demonstration ask its database questions."""

from datetime import UTC, date, datetime
from typing import Any

from catalogue.store.database import Database
from catalogue.working_days import next_midnight

SIMPLIFICATION, DECENTRALISATION = "don-gian-hoa-giay-to-cong-dan", "phan-cap-1015"
WORKING_DATE = date(2024, 3, 21)


class Ledger:
    """The demonstration database, asked in SQL."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def rows(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self.database._connection.cursor().sql(sql, params=params).pl().rows()
        return found

    def one(self, sql: str, **params: Any) -> Any:
        return self.rows(sql, **params)[0][0]

    def known(self, day: date | None = None) -> int:
        """The last revision recorded before the next Vietnamese midnight."""
        before = next_midnight(day) if day else datetime(2030, 1, 1, tzinfo=UTC)
        return int(self.one("select max(revision) from revision where recorded_at < $before", before=before))

    def items(self, programme: str, as_of: date, condition: str, known_at: date | None = None) -> int:
        """How many items of the base meet a condition on a day, as known on another."""
        sql = f"""select count(*) from item_at($as_of, $known)
                  where programme_code = $programme and in_base and {condition}"""
        return int(self.one(sql, as_of=as_of, known=self.known(known_at), programme=programme))
