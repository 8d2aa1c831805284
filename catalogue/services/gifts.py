"""Who holds what was given: the successions of the reference data, walked once for every period between two of them."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from catalogue.store.database import Transaction

_NEVER = date(9999, 12, 31)  # the last day of all: no question is asked for it


def hold(transaction: Transaction, succession_days: Iterable[date]) -> None:
    """Walk the successions of the store anew, and say of every item what it was given as by them."""
    transaction.write("reference/clear_gift_holder")
    for since, until in pairwise([date.min, *sorted(set(succession_days)), _NEVER]):
        transaction.write("reference/walk_successions", since=since, until=until)
    transaction.write("items/regift_periods")
    transaction.write("items/regift_states")
