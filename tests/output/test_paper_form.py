from dataclasses import replace
from functools import cache
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from skm.output.paper import Letterhead, PaperForm, paper_forms
from skm.survey.instrument import KEYS, LANGUAGES, ProfileChoice, say
from skm.survey.instrument_file import builtin_source, parse
from tests.builders import a_png

HEAD = Letterhead(
    "Pemerintah Kota Denpasar", "UPTD Puskesmas I Denpasar Barat", "Jalan Gunung Agung 1", "", b"", False
)
FORMS = [
    PaperForm(instrument, f"{instrument.code}/1", ("Pendaftaran", "Poli Umum"))
    for source in ("permenpan-14-2017", "skm-online-16", "permenpan-14-2017-keseluruhan")
    for instrument in parse(builtin_source(source), source)
]
NINE = FORMS[0]
LONG = ("Unit Pelaksana Teknis Daerah Kesehatan " * 5)[:150].strip()

in_every_language = pytest.mark.parametrize("language", LANGUAGES)
with_every_questionnaire = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.version)


def pages(form, language="id", head=HEAD):
    """The text of each page, without any spaces: where a line breaks does not matter."""
    found = pypdfium2.PdfDocument(paper_forms(head, [form], language).content)
    return [close(page.get_textpage().get_text_range()) for page in found]


@cache
def pages_of(version, language="id"):
    """The pages of one of FORMS, which several tests read."""
    return pages(next(form for form in FORMS if form.version == version), language)


def close(words):
    return "".join(words.replace("\u200b", "").split())


@in_every_language
@with_every_questionnaire
def test_every_question_and_every_option_is_printed(form, language):
    text = "".join(pages_of(form.version, language))
    for number, item in enumerate(form.instrument.items, 1):
        assert f"{number}.{close(say(item.text, language))}" in text
        for score, words in enumerate(item.options, 1):
            assert f"{score}{close(say(words, language))}" in text


@in_every_language
@with_every_questionnaire
def test_every_choice_of_the_profile_has_its_key(form, language):
    text = "".join(pages_of(form.version, language))
    for field in form.instrument.profile:
        assert close(say(field.label, language)) in text
        for key, choice in zip(KEYS, field.choices, strict=False):
            assert f"{key}{close(say(choice.label, language))}" in text


@in_every_language
@with_every_questionnaire
def test_ten_questions_fill_one_page_and_nineteen_at_most_two(form, language):
    assert len(pages_of(form.version, language)) == (1 if len(form.instrument.items) <= 10 else 2)


@pytest.mark.parametrize(
    "words",
    [
        "KUESIONER SURVEI KEPUASAN MASYARAKAT (SKM) PADA UNIT LAYANAN UPTD PUSKESMAS I DENPASAR BARAT",
        "08.00–12.00",
        "13.00–17.00",
        "Mohon tidak menuliskan nama, NIK, atau nomor telepon.",
        "SP4N-LAPOR! di lapor.go.id",
        "Penilaian ini anonim dan sukarela",
        "dilihat oleh Bagian Organisasi, auditor, dan petugas yang mengetiknya.",
        "No. bundel",
        "No. lembar",
        "permenpan-14-2017/1",
        "Pendaftaran Poli Umum",
    ],
)
def test_the_page_says(words):
    assert close(words) in pages_of(NINE.version)[0]


def test_the_fixed_sentences_come_in_the_language_asked_for():
    assert close("PUBLIC SATISFACTION SURVEY (SKM) QUESTIONNAIRE AT THE SERVICE UNIT") in pages(NINE, "en")[0]


def test_many_services_are_a_line_to_write_on():
    many = replace(NINE, services=tuple(f"Layanan {number}" for number in range(30)))
    assert "Layanan7" not in pages(many)[0]


def test_the_longest_names_leave_one_page():
    head = replace(HEAD, city=LONG, unit=LONG, address=LONG, heading=LONG, logo=a_png(480, 60), demo=True)
    (text,) = pages(replace(NINE, services=(LONG,)), head=head)
    assert "DATACONTOH" in text
    assert text.count(close(LONG)) >= 2  # heading and unit; the service


def test_names_are_never_read_as_markup():
    assert close("#panic() [x] *y* $z$") in pages(NINE, head=replace(HEAD, unit="#panic() [x] *y* $z$"))[0]


def test_a_questionnaire_of_ones_own_with_long_texts_takes_the_pages_it_needs():
    items = tuple(
        replace(item, text={"id": LONG * 3}, options=({"id": LONG},) * 4) for item in NINE.instrument.items
    )
    profile = (replace(NINE.instrument.profile[0], choices=(ProfileChoice("x", {"id": "a" * 150}),) * 12),)
    text = "".join(pages(replace(NINE, instrument=replace(NINE.instrument, items=items, profile=profile))))
    assert (text.count(close(LONG * 3)), text.count("a" * 150)) == (9, 12)


def test_every_questionnaire_begins_on_a_page_of_its_own():
    found = pypdfium2.PdfDocument(paper_forms(HEAD, FORMS[:2], "id").content)
    texts = [page.get_textpage().get_text_range() for page in found]
    assert [("KUESIONER" in text, "Halaman 1" in text) for text in texts] == [
        (True, True),
        (True, True),
        (False, False),
    ]


def test_the_same_form_has_the_same_bytes():
    assert paper_forms(HEAD, FORMS, "ban").content == paper_forms(HEAD, FORMS, "ban").content


@in_every_language
def test_the_file_is_accessible(language):
    content = paper_forms(HEAD, [NINE], language).content
    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_metadata() as about:
        assert (str(pdf.Root.Lang), about["pdfuaid:part"]) == (language, "1")


def test_no_questionnaire_is_refused():
    with pytest.raises(ValueError, match="at least one questionnaire"):
        paper_forms(HEAD, [], "id")
