"""What is wrong with a questionnaire, a TOML file, that somebody sent."""

from skm.output.sandbox.limits import QUESTIONNAIRE
from skm.output.sandbox.run import in_sandbox
from skm.survey.instrument import Instrument, InstrumentError
from skm.survey.instrument_file import parse


def read_questionnaire(text: str, name: str) -> tuple[Instrument, ...]:
    """Its instruments. Raises InstrumentError, and Problem where reading takes too much.

    It is read a second time here, once a process of its own has shown that this takes little: a key of 50,000 dots
    takes `tomllib` minutes.
    """
    if fault := in_sandbox(QUESTIONNAIRE, fault_of, text.encode(), name):
        raise InstrumentError(*fault)
    return parse(text, name)


def fault_of(content: bytes, name: str) -> tuple[str, int | None, str] | None:
    """File, line and reason of what is wrong, read in this process; None where nothing is."""
    try:
        parse(content.decode(), name)
    except InstrumentError as error:
        return error.name, error.line, error.reason
    return None
