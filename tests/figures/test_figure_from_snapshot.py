"""Any figure is read back from its snapshot, equal to the last digit."""

import json
from importlib.resources import files

from hypothesis import example, given
from hypothesis import strategies as st

from skm import ikm
from skm.figures.computation import Part
from skm.figures.figure import Terms
from skm.figures.period_figures import Parts, all_figures
from skm.figures.snapshot import canonical, content_of, figure_of
from skm.survey.instrument_file import builtin, parse
from skm.survey.period import MEAN_OF_UNITS, POOLED

OTHER = files("tests.survey").joinpath("kelurahan.toml").read_text("utf-8")
OWN_WEIGHTS = OTHER.replace('["U1", "U2"]', '["U2", "U1"]\nweights = [0.7, 0.3]')
KNOWN = {
    "nine/1": builtin()["permenpan-14-2017"],
    "sixteen/1": builtin()["skm-online-16"],
    "other/1": parse(OTHER, "other")[0],
    "weighted/1": parse(OWN_WEIGHTS, "weighted")[0],
}
UNITS = ("a", "b", "c", "d")


def tallies(most):
    """Tallies by instrument: some answers to each, an item in eight unanswered."""
    return st.fixed_dictionaries(
        {},
        optional={
            name: st.lists(
                st.text("1234444-", min_size=len(one.items), max_size=len(one.items)), max_size=most
            ).map(lambda rows, one=one: ikm.tally("".join(rows).encode(), len(one.items)))
            for name, one in KNOWN.items()
        },
    )


def parts():
    """What a unit brings, with held and excluded answers beside it."""
    return st.builds(lambda counted, aside: Part(counted, aside, held(aside)), tallies(4), tallies(2))


def held(aside):
    return sum(tally.n for tally in aside.values()) // 2


@given(
    st.dictionaries(st.sampled_from(UNITS[:3]), parts()),
    st.sampled_from([ikm.EXACT, "0.11", "0.111"]),
    st.sampled_from([POOLED, MEAN_OF_UNITS]),
    st.sampled_from([None, 40]),
)
@example({}, ikm.EXACT, POOLED, None)
def test_every_figure_is_read_back(units, weights, rule, visitors):
    groups = {"city": UNITS, "agency": UNITS[:1], "empty": (), **{unit: (unit,) for unit in UNITS}}
    figures = all_figures(
        Parts(units, frozenset(), KNOWN, Terms(weights, rule)), groups, dict.fromkeys(groups, visitors)
    )
    for figure in figures.values():
        content = {"period": {"weights": weights, "rule": rule}, "figures": content_of(figure)}
        read = figure_of(json.loads(canonical(content)), KNOWN)
        assert read == figure
        assert canonical(content_of(read)) == canonical(content["figures"])


def test_the_elements_are_read_back_in_the_order_of_the_questionnaire():
    one = Part({"weighted/1": ikm.tally(b"4344", 2)}, {}, 0)
    (figure,) = all_figures(Parts({"a": one}, frozenset(), KNOWN, Terms()), {"a": ("a",)}, {}).values()
    content = {"period": {"weights": ikm.EXACT, "rule": POOLED}, "figures": content_of(figure)}
    read = figure_of(json.loads(canonical(content)), KNOWN)
    assert [element.code for element in read.result.elements] == ["U2", "U1"]
