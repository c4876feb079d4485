"""Which state of the answers a page shows, in words."""

from skm.figures.states import States
from skm.i18n import formats
from skm.survey.small_cells import K


def state_sentence(states: States | None) -> str:
    """The day of the state and what waits; nothing for those who read figures as of now."""
    if states is None:
        return ""
    sentence = f"Keadaan sampai {formats.date(states.day)}."
    if not states.waiting:
        return sentence
    return (
        f"{sentence} {formats.count(states.waiting)} jawaban masih menunggu: angka sebuah unit berganti paling sedikit "
        f"{K} jawaban sekaligus, supaya jawaban seseorang tidak dapat dihitung dari selisihnya."
    )
