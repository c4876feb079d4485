"""No reading of a unit, on any day and of any span, tells of one to four people, nor do several readings together."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from skm.survey.history import Change
from skm.survey.small_cells import K
from skm.survey.states import MONTH, QUARTER, YEAR, State, cover, node_of

MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-07", "2027-01")
PERIOD = "Tahun 2026"
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


def part_of(month):
    """The period of 2026, or none."""
    return frozenset({PERIOD} if month in WHOLE_YEAR else ())


class Life:
    """A unit day by day: what counts, and every set that somebody without rows has been shown."""

    def __init__(self) -> None:
        self.state, self.month, self.counted = State(), {}, {}
        self.frozen, self.sets, self.refused, self.event = None, [], False, 0
        self.mark = (0, 0)

    def live(self, arrivals, decided, deed) -> None:
        for month in arrivals:
            number = len(self.month) + 1
            self.month[number], self.counted[number] = month, True
            self.state.note(Change(number, month, counted=True, part=part_of(month)))
        for number in decided:
            if number in self.counted:
                self.event += 1
                self.counted[number] = not self.counted[number]
                month = self.month[number]
                self.state.note(Change(number, month, self.counted[number], self.event, part_of(month)))
        if deed == "freeze":
            self.frozen, self.mark = self.of_year(), (len(self.month), self.event)
            self.state.freeze(PERIOD, *self.mark)
        self.state.close_day()
        if deed == "publish" and self.frozen is not None and not self.is_close(self.frozen):
            self.state.publish(PERIOD, YEAR, *self.mark)
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


def came(numbers, month="2026-01", part="", gaps=()):
    return [Change(number, month, counted=True, part=frozenset({part}), gaps=gaps) for number in numbers]


def shown_after(*changes):
    """The numbers that a state shows in January when these have come."""
    state = State()
    for change in changes:
        state.note(change)
    state.close_day()
    return [one.answer for one in changes if one.answer not in state.differing]


def test_days_that_a_period_divides_never_step_together():
    assert not shown_after(*came(range(1, 9), part="A"), *came(range(9, 17), part="B"))
    assert shown_after(*came(range(1, 11), part="A"), *came(range(11, 19), part="B")) == [1, 2, 3, 4, 5]


def test_a_step_waits_for_five_who_answered_each_question():
    assert not shown_after(*came([1], gaps=(2,)), *came(range(2, 11)))
    assert shown_after(*came(range(1, 11)), *came([11], gaps=(2,))) == [1, 2, 3, 4, 5]
    assert shown_after(*came(range(1, 11)), *came([11], gaps=(2,)), *came([12])) == [1, 2, 3, 4, 5, 6]


def test_a_question_that_nobody_answered_holds_no_step_up():
    assert shown_after(*came(range(1, 11), gaps=(8,))) == [1, 2, 3, 4, 5]


def test_of_a_step_that_showed_few_are_never_left():
    """Five of a burst show, four of them are held: whoever took one reading from another would have the fifth."""
    state, part = State(), frozenset({""})
    for numbers in (range(1, 31), range(31, 36)):  # 26 to 30 step together, and 31 to 35 wait
        for change in came(numbers):
            state.note(change)
        state.close_day()
    assert not {26, 27, 28, 29, 30} & state.differing.keys()
    held = [Change(number, "2026-01", counted=False, event=number, part=part) for number in (26, 27, 28, 29)]
    for changes in ([*held, *came([36])], came(range(37, 42))):  # 31 to 35 step, then the four and 36 could
        for change in changes:
            state.note(change)
        state.close_day()
    assert {26, 27, 28, 29, 36} <= {key for key, *_ in state.otherwise}
    assert 31 not in {key for key, *_ in state.otherwise}


def test_what_is_held_while_it_is_frozen_neither_shows_nor_counts():
    life = Life()
    life.live(["2026-01"] * 10, [], "freeze")
    life.live([], [10], "")
    assert 10 not in {answer for answer, _, _ in life.state.otherwise}


def test_two_frozen_periods_wait_each_for_what_it_read():
    state, both = State(), frozenset({"year", "spring"})
    for change in [Change(number, "2026-03", counted=True, part=both) for number in range(1, 15)]:
        state.note(change)
    state.freeze("year", 9, 0)
    state.freeze("spring", 14, 0)
    state.publish("year", YEAR, 9, 0)
    assert [answer for answer, _, shown in state.otherwise if not shown >> YEAR & 1] == [10, 11, 12, 13, 14]


def test_parts_of_a_period_that_are_too_few_show_with_the_others():
    state = State()
    for part, numbers in (("A", range(1, 4)), ("B", range(4, 12))):
        for number in numbers:
            state.note(Change(number, "2026-01", counted=True, part=frozenset({"year", part})))
    state.freeze("year", 11, 0)
    state.publish("year", YEAR, 11, 0)
    assert [len(changes) for changes in state.stepped] == [11]


def test_a_span_is_covered_by_the_largest_spans_of_the_calendar():
    assert cover(["2026-01", "2026-02", "2026-03", "2026-04"]) == {
        "2026-01": QUARTER,
        "2026-02": QUARTER,
        "2026-03": QUARTER,
        "2026-04": MONTH,
    }
