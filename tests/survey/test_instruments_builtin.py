"""The questionnaires that come with the application: the official words are typed here, not read back."""

from collections.abc import Iterator

import pytest

from skm.survey.instrument import Instrument, Words, say
from skm.survey.instrument_file import builtin, load

NINE_QUESTIONS = [
    "Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?",
    "Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?",
    "Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?",
    "Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?",
    "Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara yang tercantum dalam standar "
    "pelayanan dengan hasil yang diberikan?",
    "Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas dalam pelayanan?",
    "Bagaimana pendapat Saudara tentang perilaku petugas dalam pelayanan terkait kesopanan dan keramahan?",
    "Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?",
    "Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan?",
]
NINE_ANSWERS = [
    ["Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"],
    ["Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"],
    ["Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"],
    ["Sangat mahal", "Cukup mahal", "Murah", "Gratis"],
    ["Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"],
    ["Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"],
    ["Tidak sopan dan ramah", "Kurang sopan dan ramah", "Sopan dan ramah", "Sangat sopan dan ramah"],
    ["Buruk", "Cukup", "Baik", "Sangat baik"],
    ["Tidak ada", "Ada tetapi tidak berfungsi", "Berfungsi kurang maksimal", "Dikelola dengan baik"],
]
NINE_ELEMENTS = [
    "Persyaratan",
    "Sistem, Mekanisme, dan Prosedur",
    "Waktu Penyelesaian",
    "Biaya/Tarif",
    "Produk Spesifikasi Jenis Pelayanan",
    "Kompetensi Pelaksana",
    "Perilaku Pelaksana",
    "Penanganan Pengaduan, Saran dan Masukan",
    "Sarana dan Prasarana",
]
SETUJU = ["Sangat tidak setuju", "Tidak setuju", "Setuju", "Sangat setuju"]
SESUAI = ["Sangat tidak sesuai", "Tidak sesuai", "Sesuai", "Sangat sesuai"]
ONLINE_ITEMS = {
    "P1": ("U1", SETUJU, "Informasi pelayanan tersedia melalui media elektronik maupun nonelektronik"),
    "P2": ("U1", SESUAI, "Kesesuaian persyaratan dengan informasi yang diberikan"),
    "P3": ("U2", SETUJU, "Standar dan prosedur layanan diinformasikan dengan jelas"),
    "P4": ("U2", SETUJU, "Prosedur/alur layanan mudah dipahami dan dilakukan"),
    "P5": ("IPAK1", SETUJU, "Layanan diberikan sesuai prosedur tanpa kecurangan"),
    "P6": ("U3", SESUAI, "Jangka waktu layanan sesuai dengan yang diinformasikan"),
    "P7": ("U4", SESUAI, "Biaya layanan sesuai dengan yang diinformasikan"),
    "P8": ("IPAK2", SETUJU, "Tidak ada pungutan liar (pungli) dalam pelayanan"),
    "P9": ("IPAK3", SETUJU, "Tidak ada percaloan/perantara tidak resmi dalam pelayanan"),
    "P10": ("U5", SESUAI, "Produk layanan yang diterima sesuai dengan yang dipublikasikan"),
    "P11": ("U6", SETUJU, "Petugas merespon kebutuhan dengan cepat"),
    "P11D": ("U6", SETUJU, "Aplikasi sistem pelayanan merespon kebutuhan dengan cepat"),
    "P12": ("U7", SETUJU, "Petugas melayani saya dengan ramah"),
    "P12D": ("U7", SETUJU, "Fitur pada aplikasi sistem layanan mudah digunakan"),
    "P13": ("IPAK4", SETUJU, "Seluruh pengguna layanan dilayani secara adil tanpa diskriminasi"),
    "P14": (
        "IPAK5",
        SETUJU,
        "Pelayanan diberikan tanpa imbalan uang, barang, atau fasilitas di luar aturan",
    ),
    "P15": ("U8", SETUJU, "Layanan konsultasi dan pengaduan mudah diakses"),
    "P16": ("U9", SETUJU, "Sarana prasarana nyaman dan mudah digunakan"),
    "P16D": ("U9", SETUJU, "Sistem layanan online nyaman dan mudah digunakan"),
}
ONLINE_TWINS = {"P11D", "P12D", "P16D"}
FACE_TO_FACE_TWINS = {"P11", "P12", "P16"}

every_instrument = pytest.mark.parametrize("instrument", builtin().values(), ids=list(builtin()))


def in_indonesian(words: tuple[Words, ...]) -> list[str]:
    return [each["id"] for each in words]


def every_text(instrument: Instrument) -> Iterator[Words]:
    yield instrument.title
    yield from (element.name for element in instrument.elements)
    for item in instrument.items:
        yield from (item.text, *item.options)
    for field in instrument.profile:
        yield from (field.label, *(choice.label for choice in field.choices))


def item_codes(code: str) -> list[str]:
    return [item.code for item in load(code).items]


def test_the_annex_asks_its_nine_questions_in_the_official_words() -> None:
    assert [item.text["id"] for item in load("permenpan-14-2017").items] == NINE_QUESTIONS


def test_the_annex_offers_the_official_answers_from_score_1_to_4() -> None:
    assert [in_indonesian(item.options) for item in load("permenpan-14-2017").items] == NINE_ANSWERS


@pytest.mark.parametrize("code", ["permenpan-14-2017", "skm-online-16"])
def test_the_nine_elements_carry_the_names_of_the_regulation(code: str) -> None:
    assert [element.name["id"] for element in load(code).elements[:9]] == NINE_ELEMENTS


def test_question_8_is_about_facilities_and_question_9_about_complaints() -> None:
    instrument = load("permenpan-14-2017")
    assert [(item.code, item.element) for item in instrument.items[7:]] == [("P8", "U9"), ("P9", "U8")]
    assert (instrument.positions("U8"), instrument.positions("U9")) == ((8,), (7,))


def test_the_online_survey_words_and_maps_each_of_its_19_items_officially() -> None:
    items = load("skm-online-16-hybrid").items
    asked = {item.code: (item.element, in_indonesian(item.options), item.text["id"]) for item in items}
    assert asked == ONLINE_ITEMS


def test_a_hybrid_service_is_asked_all_19_items_in_order() -> None:
    assert item_codes("skm-online-16-hybrid") == list(ONLINE_ITEMS)


def test_a_face_to_face_service_is_asked_16_items() -> None:
    assert item_codes("skm-online-16") == [code for code in ONLINE_ITEMS if code not in ONLINE_TWINS]


def test_an_online_service_is_asked_16_items_with_three_of_its_own() -> None:
    assert item_codes("skm-online-16-daring") == [
        code for code in ONLINE_ITEMS if code not in FACE_TO_FACE_TWINS
    ]


def test_both_twins_of_a_hybrid_service_measure_the_same_element() -> None:
    assert load("skm-online-16-hybrid").positions("U6") == (10, 11)


def test_the_longer_questionnaire_asks_the_nine_questions_word_for_word() -> None:
    nine, ten = load("permenpan-14-2017"), load("permenpan-14-2017-keseluruhan")
    assert (ten.items[:9], ten.elements[:9]) == (nine.items, nine.elements)
    assert (ten.indices, ten.profile, ten.scale) == (nine.indices, nine.profile, nine.scale)


def test_its_tenth_question_asks_for_the_service_as_a_whole_and_counts_in_no_index() -> None:
    ten = load("permenpan-14-2017-keseluruhan")
    assert ten.items[9].text["id"] == "Secara keseluruhan, bagaimana pelayanan hari ini?"
    assert in_indonesian(ten.items[9].options) == ["Tidak baik", "Kurang baik", "Baik", "Sangat baik"]
    assert (ten.overall, ten.outside) == (9, (9,))


def test_no_other_questionnaire_asks_for_the_service_as_a_whole() -> None:
    asked = [code for code, instrument in builtin().items() if instrument.overall is not None]
    assert asked == ["permenpan-14-2017-keseluruhan"]


@every_instrument
def test_the_ikm_is_the_main_index_over_nine_elements_of_equal_weight(instrument: Instrument) -> None:
    ikm = instrument.main_index
    assert (ikm.code, ikm.graded, ikm.weights) == ("IKM", True, None)
    assert ikm.elements == tuple(f"U{number}" for number in range(1, 10))


def test_the_anti_corruption_items_make_an_index_of_their_own_without_grades() -> None:
    ipak = load("skm-online-16").index("IPAK")
    assert ipak.elements == ("IPAK1", "IPAK2", "IPAK3", "IPAK4", "IPAK5")
    assert not ipak.graded


@every_instrument
def test_every_text_is_there_in_three_languages(instrument: Instrument) -> None:
    missing = [text["id"] for text in every_text(instrument) if set(text) != {"id", "en", "ban"}]
    assert missing == []


@every_instrument
def test_nothing_asks_who_the_respondent_is(instrument: Instrument) -> None:
    asked = {field.code for field in instrument.profile}
    assert asked <= {"sex", "age", "education", "occupation", "disability"}


def test_the_annex_asks_the_age_in_years() -> None:
    age = next(field for field in load("permenpan-14-2017").profile if field.code == "age")
    assert (age.kind, age.minimum, age.maximum) == ("number", 10, 120)


def test_the_online_survey_asks_the_age_in_bands() -> None:
    age = next(field for field in load("skm-online-16").profile if field.code == "age")
    bands = [choice.label["id"] for choice in age.choices]
    assert bands == ["<17", "17–25", "26–34", "35–44", "45–54", "55–65", ">65"]


def test_the_three_online_variants_are_one_family() -> None:
    families = {code: instrument.family for code, instrument in builtin().items()}
    assert families == {
        "permenpan-14-2017": "permenpan-14-2017",
        "permenpan-14-2017-keseluruhan": "permenpan-14-2017-keseluruhan",
        "skm-online-16": "skm-online-16",
        "skm-online-16-daring": "skm-online-16",
        "skm-online-16-hybrid": "skm-online-16",
    }


def test_a_text_that_is_not_translated_is_said_in_indonesian() -> None:
    assert say({"id": "Persyaratan"}, "ban") == "Persyaratan"


def test_a_text_is_said_in_the_language_asked_for() -> None:
    assert say(load("permenpan-14-2017").element("U4").name, "en") == "Cost"
