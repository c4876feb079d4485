"""No reading of a unit, on any day and of any span, tells of one to four people, nor do several readings together."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from skm.survey.small_cells import K
from skm.survey.states import MONTH, QUARTER, YEAR, Change, State, cover, node_of

MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-07", "2027-01")
WHOLE_YEAR = [f"2026-{month:02}" for month in range(1, 13)]

# A day: how many answers come for which month, which earlier answers are held or released, and what happens then.
days = st.lists(
    st.tuples(
        st.lists(st.sampled_from(MONTHS), max_size=9),
        st.lists(st.integers(0, 60), max_size=3),
        st.sampled_from(["", "", "", "freeze", "publish"]),
    ),
    max_size=25,
)


class Life:
    """A unit day by day: what counts, and every set that somebody without rows has been shown."""

    def __init__(self, top: int = YEAR) -> None:
        self.state, self.month, self.counted = State(top), {}, {}
        self.frozen, self.sets, self.refused, self.event = None, [], False, 0

    def live(self, arrivals, decided, deed) -> None:
        for month in arrivals:
            number = len(self.month) + 1
            self.month[number], self.counted[number] = month, True
            self.state.note(Change(number, month, counted=True))
        for number in decided:
            if number in self.counted:
                self.event += 1
                self.counted[number] = not self.counted[number]
                self.state.note(Change(number, self.month[number], self.counted[number], self.event))
        if deed == "freeze":
            self.frozen = self.of_year()
            self.state.freeze(WHOLE_YEAR, len(self.month), self.event)
        self.state.close_day()
        if deed == "publish" and self.frozen is not None and not self.is_close(self.frozen):
            self.state.publish(WHOLE_YEAR)
            if len(self.frozen) >= K:
                self.sets.append(("official", self.frozen))
            self.frozen = None
        self.look()

    def is_close(self, wanted) -> bool:
        """What publishing refuses: an earlier published figure differs by one to four."""
        return any(0 < len(wanted ^ one) < K for name, one in self.sets if name == "official")

    def of_year(self):
        return frozenset(n for n, counted in self.counted.items() if counted and self.month[n] in WHOLE_YEAR)

    def shown(self, level, node):
        return frozenset(
            n
            for n, month in self.month.items()
            if node_of(level, month) == node
            and (self.state.differing[n].shown >> level & 1 if n in self.state.differing else self.counted[n])
        )

    def look(self) -> None:
        for level in range(YEAR + 1):
            for node in {node_of(level, month) for month in MONTHS}:
                self.sets.append((str(node), self.shown(level, node)))


def worked_out(life):
    """The groups of one to four that adding and taking away would leave: whom no set tells apart, by who they are."""
    alike = defaultdict(set)
    sets = [members for _, members in dict.fromkeys(life.sets)]
    for number in life.month:
        alike[tuple(number in members for members in sets)].add(number)
    return [group for where, group in alike.items() if any(where) and len(group) < K]


@given(days)
def test_two_shown_sets_never_differ_by_one_to_four(lived):
    life = Life()
    for day in [*lived, ([], [], "freeze"), ([], [], "publish")]:
        life.live(*day)
    sets = {members for _, members in life.sets} | {frozenset()}
    close = [(a, b) for a in sets for b in sets if 0 < len(a ^ b) < K]
    assert not close


@given(days.map(lambda lived: [(arrivals, [], deed) for arrivals, _, deed in lived]))
def test_nothing_that_can_be_made_of_shown_sets_is_a_group_of_one_to_four(lived):
    life = Life()
    for day in [*lived, ([], [], "freeze"), ([], [], "publish")]:
        life.live(*day)
    assert not worked_out(life)


def test_a_unit_steps_when_five_have_come_and_five_wait():
    life = Life()
    seen = []
    for _ in range(6):
        life.live(["2026-01"] * 3, [], "")
        seen.append(len(life.shown(MONTH, node_of(MONTH, "2026-01"))))
    assert seen == [0, 0, 0, 7, 7, 13]


def test_what_is_too_little_for_its_month_steps_with_its_quarter():
    life = Life()
    life.live(["2026-01"] * 3 + ["2026-02"] * 3 + ["2026-03"] * 4, [], "")
    assert not life.shown(MONTH, node_of(MONTH, "2026-01"))
    assert len(life.shown(QUARTER, node_of(QUARTER, "2026-01"))) == 5


def test_a_published_year_is_shown_whole():
    life = Life()
    life.live(["2026-01"] * 17, [], "")
    life.live([], [], "freeze")
    life.live([], [], "publish")
    assert len(life.shown(YEAR, node_of(YEAR, "2026-01"))) == 17


def test_a_span_is_covered_by_the_largest_spans_of_the_calendar():
    assert cover(["2026-01", "2026-02", "2026-03", "2026-04"]) == {
        "2026-01": QUARTER,
        "2026-02": QUARTER,
        "2026-03": QUARTER,
        "2026-04": MONTH,
    }
