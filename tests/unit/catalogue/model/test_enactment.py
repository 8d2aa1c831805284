"""When an item is enacted, and which facts are missing from a ledger that says otherwise."""

from datetime import date

from catalogue.model.enactment import Fact, Need, Standing, Turn, missing, published_turns, turns

JAN, MAR, APR, MAY, SEP = (date(2024, month, 1) for month in (1, 3, 4, 5, 9))


def need(document_id: int, on: date = JAN, *, holds: bool = True, place: int = 1) -> Need:
    return Need(document_id, holds, on, place)


def force(document_id: int, in_force_on: date | None, on: date = JAN, place: int = 1) -> Standing:
    return Standing(document_id, in_force_on, on, place)


def test_an_item_is_enacted_when_the_last_of_its_documents_comes_into_force() -> None:
    assert turns([need(1), need(2)], [force(1, MAR), force(2, MAY)], JAN) == [Turn(MAY, True, 2)]


def test_issued_is_not_in_force() -> None:
    assert turns([need(1)], [force(1, None)], JAN) == []


def test_an_item_without_documents_is_never_enacted() -> None:
    assert turns([], [], JAN) == []


def test_nothing_is_enacted_before_it_is_assigned() -> None:
    assert turns([need(1, MAR)], [force(1, JAN)], MAR) == [Turn(MAR, True, 1)]


def test_a_document_added_later_reopens_until_it_is_in_force_too() -> None:
    found = turns([need(1), need(2, MAY)], [force(1, MAR), force(2, SEP)], JAN)
    assert found == [Turn(MAR, True, 1), Turn(MAY, False), Turn(SEP, True, 2)]


def test_a_document_given_up_completes_from_the_day_it_is_given_up() -> None:
    needs = [need(1), need(2), need(2, MAY, holds=False, place=2)]
    assert turns(needs, [force(1, MAR), force(2, None)], JAN) == [Turn(MAY, True, 1)]


def test_of_two_facts_on_one_day_the_later_recorded_holds() -> None:
    assert turns([need(1)], [force(1, MAR), force(1, None, place=2)], JAN) == []


def test_a_day_corrected_forward_takes_back_the_day_that_was_told() -> None:
    assert missing([Turn(APR, True, 1)], [Fact(True, MAR, 1)]) == [Turn(MAR, False), Turn(APR, True, 1)]


def test_a_day_corrected_backward_adds_only_the_earlier_one() -> None:
    assert missing([Turn(MAR, True, 1)], [Fact(True, APR, 1)]) == [Turn(MAR, True, 1)]


def test_what_is_told_already_is_not_told_again() -> None:
    told = [Fact(True, MAR, 1), Fact(False, MAY, 2)]
    assert missing([Turn(MAR, True, 1), Turn(MAY, False)], told) == []


def test_a_published_item_that_is_reopened_has_to_be_published_again() -> None:
    enacted = [Turn(MAR, True), Turn(MAY, False), Turn(SEP, True)]
    assert published_turns([Fact(True, APR, 1)], enacted) == [Turn(APR, True), Turn(MAY, False)]


def test_a_publication_before_the_enactment_counts_for_nothing() -> None:
    assert published_turns([Fact(True, MAR, 1)], [Turn(APR, True)]) == []
