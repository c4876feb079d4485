"""What in a comment could lead to a person is recognised, and what only looks a little like it is not."""

import pytest

from skm.survey.personal import may_lead_to_somebody


@pytest.mark.parametrize(
    ("comment", "personal"),
    [
        ("NIK saya 5171012345678901", True),
        ("5171 0123 4567 8901", True),
        ("hubungi 081234567890", True),
        ("WA: +62 812-3456-7890 ya", True),
        ("62812.3456.789", True),
        ("(0361) 234567", True),
        ("telepon 0361-234567.", True),
        ("surel made@contoh.go.id", True),
        ("Ruang tunggu panas", False),
        ("Antrean 08.00 sampai 14.30, tanggal 01.02.2026", False),
        ("Nomor antrean 081, biaya Rp 1.250.000", False),
        ("@puskesmas bagus. Terima kasih", False),
        ("Perda 12/2019 dan 0812", False),
        ("", False),
    ],
)
def test_a_comment_may_lead_to_somebody(comment, personal):
    assert may_lead_to_somebody(comment) == personal
