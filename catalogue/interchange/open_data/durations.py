"""Time limits as xsd:duration, where one can say them."""

from decimal import Decimal

from catalogue.model.version import Duration


def duration(time: Duration | None) -> str | None:
    """`P10D` for ten days; None without a number and a unit, or where the number of units cannot be said.

    Ten working days are `P10D` too: the type knows no other day, and the words are told beside it.
    """
    if time is None or time.value is None or time.value <= 0:
        return None
    value = time.value
    match time.unit:
        case "giờ":
            return _time(value)
        case "ngày":
            return _whole("P{}D", value) or _time(value * 24)
        case "ngày làm việc":
            return _whole("P{}D", value)
        case "tuần":
            return _whole("P{}D", value * 7)
        case "tháng":
            return _whole("P{}M", value)
        case "năm":
            return _whole("P{}Y", value) or _whole("P{}M", value * 12)
    return None


def in_words(time: Duration) -> str | None:
    """The source's own words, or the number with its unit."""
    if time.text is not None or time.value is None:
        return time.text
    value = f"{time.value:f}".replace(".", ",")
    return f"{value} {time.unit}" if time.unit else value


def _time(hours: Decimal) -> str | None:
    return _whole("PT{}H", hours) or _whole("PT{}M", hours * 60)


def _whole(form: str, value: Decimal) -> str | None:
    return form.format(int(value)) if value == int(value) else None
