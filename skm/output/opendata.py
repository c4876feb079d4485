"""Answers as open data: a comma-separated file, streamed, a row per respondent."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from operator import itemgetter

from skm.output.csv_file import COMMA, MEDIA_TYPE, cell, chunks, joined
from skm.output.document import Document
from skm.survey.instrument import Instrument, say
from skm.survey.profile import unpack
from skm.survey.respondent import part_of_day
from skm.survey.response import STATES

# Local date, local hour, agency, unit, counter, service, instrument, channel, language, state, scores, profile (as it
# is stored), comment.
AnswerRow = tuple[str, int, str, str, str, str, str, str, str, str, str, str, str]

HEADS = (
    "Tanggal", "Jam", "Perangkat Daerah", "Unit", "Loket", "Jenis Layanan", "Kuesioner", "Saluran", "Bahasa",
    "Keadaan",
)  # fmt: skip


def answers_csv(
    rows: Iterable[AnswerRow],
    instruments: Mapping[str, Instrument],
    name: str,
    comments: bool = False,
    demo: bool = False,
    separator: str = COMMA,
) -> Document:
    """All answers as UTF-8 CSV with a byte order mark, made while it is read, so memory stays flat.

    `separator` stands between cells: a comma, or the semicolon at which an Excel set to Indonesian splits.

    `instruments` are all that occur in `rows`, by the name they have there; their items become the columns, in
    order of first appearance. Comments are not public data: they come only when asked for.
    Raises KeyError, while reading, for an answer to an instrument that was not given.
    """
    return Document(name, MEDIA_TYPE, chunks(_lines(rows, instruments, comments, demo, separator)))


def _lines(
    rows: Iterable[AnswerRow],
    instruments: Mapping[str, Instrument],
    comments: bool,
    demo: bool,
    separator: str,
) -> Iterator[str]:
    items = list(dict.fromkeys(item.code for known in instruments.values() for item in known.items))
    fields = {field.code: field for known in instruments.values() for field in known.profile}
    labels = [say(field.label, "id") for field in fields.values()]
    last = ["Saran"] * comments + ["Catatan"] * demo
    yield joined(*HEADS, *items, *labels, *last, separator=separator) + "\r\n"

    hours = [part_of_day(hour) for hour in range(24)]
    marks = {name: _marks(instrument, items, separator) for name, instrument in instruments.items()}
    # Places and profiles repeat from row to row: a remembered piece is several times faster than a new one.
    place = lru_cache(4096)(partial(joined, separator=separator))
    about = {
        name: lru_cache(4096)(_about(instrument, fields, separator))
        for name, instrument in instruments.items()
    }
    end = f"{separator}DATA CONTOH\r\n" if demo else "\r\n"
    for (
        day, hour, agency, unit, counter, service, name, channel, language, state, scores, profile, comment,
    ) in rows:  # fmt: skip
        where = place(agency, unit, counter, service, name, channel, language, STATES[state])
        said = f"{separator}{cell(comment)}" if comments else ""
        yield f"{day}{separator}{hours[hour]}{separator}{where}{marks[name](scores)}{about[name](profile)}{said}{end}"


def _marks(instrument: Instrument, items: Sequence[str], separator: str) -> Callable[[str], str]:
    """From the `scores` of this instrument to the cells of all item columns, empty without an answer."""
    position = {item.code: place for place, item in enumerate(instrument.items)}
    absent = len(instrument.items)  # points at the "-" added behind the scores
    pick = itemgetter(*(position.get(code, absent) for code in items), absent)
    return lambda scores: separator + separator.join(pick(scores + "-")[:-1]).replace("-", "")


def _about(instrument: Instrument, fields: Iterable[str], separator: str) -> Callable[[str], str]:
    """From a stored profile of this instrument to the cells of all fields, in words where a choice has any."""
    words = {
        (field.code, choice.code): say(choice.label, "id")
        for field in instrument.profile
        for choice in field.choices
    }

    def cells(profile: str) -> str:
        answers = unpack(instrument.profile, profile)
        codes = [(field, str(answers.get(field, ""))) for field in fields]
        return "".join(separator + cell(words.get(pair, pair[1])) for pair in codes)

    return cells
