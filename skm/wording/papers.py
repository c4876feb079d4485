"""Batches of papers in words: how far one is, what is known of it, and where two people read a sheet differently."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from skm import ikm
from skm.i18n import formats
from skm.survey.instrument import Instrument, say
from skm.survey.organisation import Organisation
from skm.survey.paper import PARTS, UNANSWERED, Batch, BatchDetails, CheckProgress, Difference

LANGUAGES = {"id": "Indonesia", "en": "Inggris", "ban": "Bali"}  # of the printed form
_NOT_COUNTED = "Belum dihitung"


@dataclass(frozen=True)
class DifferenceWords:
    """A field that two people read differently: both readings, and what was `chosen`, "" while nobody has decided."""

    field: str
    label: str
    question: str  # "" for a field about the respondent
    first: str
    second: str
    chosen: str
    wrong: bool
    officer: str


@dataclass(frozen=True)
class ItemCounts:
    """A question, and how many sheets gave each answer, from 1 up; `empty` is how many gave none."""

    code: str
    text: str
    counts: tuple[int, ...]
    empty: int


def name(batch: Batch) -> str:
    """What a batch is called: `Bundel 3`."""
    return f"Bundel {batch.number}"


def place_and_day(details: BatchDetails) -> str:
    """Where and when the papers of a batch were filled in."""
    day = formats.date(details.batch.day)
    return f"{details.unit.name}, {details.counter.name}, {details.service.name}, {day}."


def waiting(batches: Iterable[tuple[Batch, int]]) -> str:
    """How many of the batches do not count yet, each given with the number of its sheets."""
    sheets = [keyed for batch, keyed in batches if batch.is_open]
    if not sheets:
        return "Semua bundel sudah dihitung atau dibuang."
    return f"{len(sheets)} bundel belum dihitung ({formats.count(sum(sheets))} lembar)."


def state(details: BatchDetails, progress: CheckProgress) -> str:
    """How far a batch is."""
    if details.batch.state == "keying":
        keyed = f"{len(details.sheets)} dari {details.batch.stack} lembar"
        return f"{_NOT_COUNTED}: {keyed} sudah diketik."
    if details.batch.state == "checking":
        if progress.left:
            return f"{_NOT_COUNTED}: menunggu pemeriksaan orang kedua."
        return f"{_NOT_COUNTED}: pemeriksaan tinggal diselesaikan."
    return "Dibuang, tidak dihitung." if details.batch.state == "discarded" else "Sudah dihitung."


SHUT = "Jawaban bundel ini hanya dibaca oleh yang mengetik atau memeriksanya, Bagian Organisasi, dan auditor."


def particulars(details: BatchDetails, progress: CheckProgress) -> list[tuple[str, str]]:
    """What is known of a batch, by name, in the order of a report."""
    batch, unit = details.batch, details.unit
    day = formats.date(batch.day)
    form = f"formulir bahasa {LANGUAGES[batch.language]}"
    lines = [
        ("Unit", unit.name),
        ("Loket", details.counter.name),
        ("Layanan", details.service.name),
        ("Tanggal dan jam survei", f"{day}, {PARTS[batch.local_hour]}"),
        ("Kuesioner", f"{say(details.instrument.title, 'id')}; {form}"),
        ("Dibuka", f"{batch.officer_name}, {_moment(unit, batch.opened)}"),
        ("Diketik", ", ".join(details.keyers.values()) + _finished(unit, batch.keyed)),
        ("Lembar dalam tumpukan", formats.count(batch.stack)),
        ("Lembar diketik", formats.count(len(details.sheets))),
    ]
    if batch.keyed:
        numbers = ", ".join(str(sheet.number) for sheet in progress.drawn)
        lines += [("Lembar contoh", f"{len(progress.drawn)} (nomor {numbers})"), *_check(details, progress)]
    if batch.discarded:
        lines.append(("Dibuang", f"{_moment(unit, batch.discarded)}: {batch.why}"))
    return lines


def _check(details: BatchDetails, progress: CheckProgress) -> list[tuple[str, str]]:
    if not progress.checks:
        return []
    rate = formats.number(100 * progress.wrong / progress.compared)
    finished = _finished(details.unit, details.batch.counted)
    return [
        ("Diperiksa", ", ".join(progress.checkers) + finished),
        ("Isian dibandingkan", formats.count(progress.compared)),
        ("Selisih ditemukan", formats.count(len(progress.differences))),
        ("Isian diperbaiki", f"{formats.count(progress.wrong)} ({rate} %)"),
    ]


def difference(instrument: Instrument, disagreement: Difference) -> DifferenceWords:
    """A field that two people read differently, in words."""
    texts = {item.code: say(item.text, "id") for item in instrument.items}
    return DifferenceWords(
        field=disagreement.field,
        label=label(instrument, disagreement.field),
        question=texts.get(disagreement.field, ""),
        first=reading(instrument, disagreement.field, disagreement.first),
        second=reading(instrument, disagreement.field, disagreement.second),
        chosen=""
        if disagreement.chosen is None
        else reading(instrument, disagreement.field, disagreement.chosen),
        wrong=disagreement.wrong,
        officer=disagreement.officer_name,
    )


def label(instrument: Instrument, field: str) -> str:
    """A field as an officer knows it: `Pertanyaan 4`, `Jenis Kelamin`."""
    codes = [item.code for item in instrument.items]
    if field in codes:
        return f"Pertanyaan {codes.index(field) + 1}"
    return say({one.code: one for one in instrument.profile}[field].label, "id")


def reading(instrument: Instrument, field: str, value: str) -> str:
    """A value as an officer reads it on the paper: `3 – Sesuai`, `Perempuan`, `kosong`."""
    if value == UNANSWERED:
        return "kosong"
    item = next((one for one in instrument.items if one.code == field), None)
    if item is not None:
        return f"{value} – {say(item.options[int(value) - 1], 'id')}"
    asked = next(one for one in instrument.profile if one.code == field)
    return next((say(choice.label, "id") for choice in asked.choices if choice.code == value), value)


def item_counts(instrument: Instrument, tally: ikm.Tally | None) -> list[ItemCounts]:
    """How often each answer was given, a question each; nothing without answers."""
    if tally is None or tally.counts is None:
        return []
    items = zip(instrument.items, tally.counts, strict=True)
    return [
        ItemCounts(item.code, f"{number}. {say(item.text, 'id')}", tuple(counts[1:]), counts[0])
        for number, (item, counts) in enumerate(items, 1)
    ]


def table(
    details: BatchDetails, progress: CheckProgress, tally: ikm.Tally | None, measure: ikm.Measure | None
) -> list[Sequence[str]]:
    """The report of a batch as rows of a file: what is known of it, then every question with its counts."""
    rows: list[Sequence[str]] = [*particulars(details, progress)]
    items = item_counts(details.instrument, tally)
    if not items or measure is None:
        return rows
    index = ("", "") if measure.index is None else ("IKM", formats.number(measure.index))
    scores = [str(score) for score in range(1, details.instrument.scale + 1)]
    rows += [index, ("Jawaban", str(measure.n)), ("Pertanyaan", "Kosong", *scores)]
    return rows + [(item.code, str(item.empty), *map(str, item.counts)) for item in items]


def _finished(unit: Organisation, moment: str | None) -> str:
    return f"; selesai {_moment(unit, moment)}" if moment else ""


def _moment(unit: Organisation, moment: str) -> str:
    return formats.moment(unit.local(datetime.fromisoformat(moment)))
