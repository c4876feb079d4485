"""What a cell says as an answer to one question: a number of its scale, or the words of one of its options."""

import re
from collections.abc import Mapping

from skm.survey.instrument import Instrument
from skm.survey.names import folded
from skm.survey.paper import UNANSWERED

ZERO = "0"
_WHOLE = re.compile(r"([0-9]+)(?:[.,]0+)?")
_NUMBERED = re.compile(
    r"[\[(]?([0-9]|[a-f])[\])]?\s*[.:=)–-]?\s*(?=[^\W\d])(.+)"
)  # 4. Sangat sesuai, d) Gratis
# Words that other forms have in place of a question's own options (SKM Online exports the first of them).
_USUAL = (
    ("tidak baik", "kurang baik", "baik", "sangat baik"),
    ("tidak puas", "kurang puas", "puas", "sangat puas"),
    ("tidak setuju", "kurang setuju", "setuju", "sangat setuju"),
    ("sangat tidak setuju", "tidak setuju", "setuju", "sangat setuju"),
)


class AnswerValues:
    """Reads the answers to one item: `read` gives a score as it is stored, ZERO for a nought, or None.

    `plain` are the cells that most answers are.
    """

    def __init__(self, instrument: Instrument, place: int) -> None:
        self._scale = instrument.scale
        self._words = self._words_of(instrument, place)
        self._known: dict[str, str | None] = {"": UNANSWERED}
        self.plain = {str(score): str(score) for score in range(1, self._scale + 1)}
        self._known |= self.plain

    def read(self, cell: str) -> str | None:
        """What a cell says; the same cell is worked out once."""
        try:
            return self._known[cell]
        except KeyError:
            score = self._known[cell] = self._read(folded(cell).strip(" \"'"))
            return score

    def _read(self, cell: str) -> str | None:
        if not cell:
            return UNANSWERED
        if whole := _WHOLE.fullmatch(cell):
            number = int(whole[1])
            return str(number) if 0 <= number <= self._scale and len(whole[1]) == len(str(number)) else None
        if cell in self._words:
            return self._words[cell]
        numbered = _NUMBERED.fullmatch(cell)
        score = self._words.get(numbered[2]) if numbered else None
        return score if numbered and score in (numbered[1], _place_of(numbered[1])) else None

    def _words_of(self, instrument: Instrument, place: int) -> Mapping[str, str]:
        own: dict[str, str] = {}
        for score, option in enumerate(instrument.items[place].options, 1):
            own |= {folded(words): str(score) for words in option.values()}
        usual: dict[str, str] = {}
        for words in _USUAL if self._scale == 4 else ():
            scores = {word: str(score) for score, word in enumerate(words, 1)}
            if all(own.get(word, score) == score for word, score in scores.items()) and all(
                usual.get(word, score) == score for word, score in scores.items()
            ):
                usual |= scores
        return usual | own


def _place_of(letter: str) -> str:
    """The place of an option that is counted in letters: c is 3."""
    return str("abcdef".index(letter) + 1) if letter in "abcdef" else ""
