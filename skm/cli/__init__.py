"""What can be done from a terminal? The verbs of `usecases`, with click.

Imports usecases and everything below, never flask.
Begin with `main`; each verb's module is imported when it is asked for.
"""

from importlib import import_module
from typing import IO, Any

import click

from skm import __version__
from skm.settings import SettingsError
from skm.store.patience import StoreBusy
from skm.survey.instrument import InstrumentError
from skm.survey.problem import Problem
from skm.tables import sentence

VERBS = {
    "answer": "skm.cli.closing:answer",
    "backup": "skm.cli.upkeep:backup",
    "close": "skm.cli.closing:close",
    "demo": "skm.cli.demo:demo",
    "doctor": "skm.cli.upkeep:doctor",
    "export": "skm.cli.city:export",
    "ikm": "skm.cli.ikm:ikm",
    "import": "skm.cli.spreadsheet:import_",
    "migrate": "skm.cli.server:migrate",
    "officer": "skm.cli.officer:officer",
    "qr": "skm.cli.city:qr",
    "restore": "skm.cli.upkeep:restore",
    "serve": "skm.cli.server:serve",
    "verify": "skm.cli.closing:verify",
}


class Refusal(click.ClickException):
    """The end of a command that cannot be done: one sentence on stderr, exit code 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence, without click's English label."""
        click.echo(self.format_message(), file=file, err=True)


class Verbs(click.Group):
    """The commands by name, and the words for what goes wrong in them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All names, for --help."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command with this name, imported now; None if there is none."""
        if cmd_name not in VERBS:
            return None
        module, _, name = VERBS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a Problem becomes its sentence."""
        try:
            return super().invoke(ctx)
        except Problem as problem:
            raise Refusal(sentence(problem.key, problem.details)) from problem
        except SettingsError as error:
            raise Refusal(str(error)) from error
        except InstrumentError as error:
            raise Refusal(str(error)) from error
        except StoreBusy as busy:
            raise Refusal(f"Basis data sedang tidak dapat dibuka atau ditulisi: {busy}") from busy


@click.group(cls=Verbs)
@click.version_option(__version__, prog_name="skm")
def main() -> None:
    """Survei Kepuasan Masyarakat."""
