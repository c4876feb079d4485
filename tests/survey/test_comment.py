import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.survey.comment import stored_words
from tests.cases import case


def comments():
    """The comments of the file, by what each is about."""
    lines = csv.DictReader(io.StringIO(case("comments.tsv").decode()), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {line["what"].split(",")[0]: json.loads(line["comment (JSON string)"]) for line in lines}


@pytest.mark.parametrize(
    ("about", "stored"),
    [
        ("no-break spaces", "sangat baik sekali"),
        ("line separator", "baris satu\nbaris dua"),
        ("ideographic space", "nama anak"),
        ("joined emoji (health worker)", "Terima kasih \U0001f469\u200d\u2695\ufe0f"),
        ("semicolon", "bagus;=1+1"),
        ("tab", "pakai ; lalu\t=2+3"),
    ],
)
def test_a_comment_is_stored_as_it_is_seen(about, stored):
    assert stored_words(comments()[about]) == stored


FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"  # England, written in tags


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("satu\r\ndua\rtiga\x0bempat\x85lima\u2029enam", "satu\ndua\ntiga\nempat\nlima\nenam"),
        ("pela\u00adyan\u200ban\ufeff", "pelayanan"),
        ("a\u202fb\u2007c\u2003d", "a b c d"),
        ("\u202eterbalik", "terbalik"),
        ("nol\x00\x07", "nol"),
        (FLAG, FLAG),
        ("baru \U0001fae9", "baru \U0001fae9"),  # of Unicode 16, which Python 3.11 does not know
        ("ᬓ᭄\u200cᬓ", "ᬓ᭄\u200cᬓ"),
        ("  \u00a0 ", ""),
    ],
)  # fmt: skip
def test_signs_without_a_picture_are_kept_where_others_need_them(typed, stored):
    assert stored_words(typed) == stored


@given(st.text())
def test_what_is_stored_is_stored_again_as_it_is(typed):
    stored = stored_words(typed)
    assert stored_words(stored) == stored
    stored.encode()  # no half of a surrogate pair
