"""The command line: no arguments open the window, commands work without one."""

import argparse
import errno
import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from visualiser import __version__
from visualiser.core.errors import UserError
from visualiser.core.text_file import visible

EXIT_USER_ERROR = 2
EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141

_EXAMPLES = """\
examples:
  visualiser                                       open the window
  visualiser list datasets                         what can be trained on
  visualiser train --dataset mnist_5k --label-noise 0.2 --out run
  visualiser train lesson.experiment.json --json   the same experiment, for a program
  visualiser sweep --dataset digits_8x8 --corruption label-noise --out sweep
  visualiser demo --out pictures                   the whole story as pictures
"""


class CommandParser(argparse.ArgumentParser):
    """A parser whose errors are one sentence, like all others of the program."""

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print and exit with.

        Raises:
            UserError: always.
        """
        sentence = message[:1].upper() + message[1:]
        raise UserError(f"{sentence.rstrip('.')}.", f"“{self.prog} --help” says what there is.")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 is success, 2 something that the user can put right (one sentence on stderr), 130 an
    interruption by Ctrl-C. `argv` is without the program's name; None means the real one.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that cannot show “σ” shows “?”
            stream.reconfigure(errors="replace")
    try:
        code = _run(words)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except UserError as error:
        return _tell(error)
    except ImportError as error:
        from visualiser.app.system_library import missing_library

        missing = missing_library(str(error))
        if missing is None:
            raise
        return _tell(missing)
    except KeyboardInterrupt:
        print("visualiser: Interrupted.", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # `visualiser list datasets | head -1`
        _give_up_stdout()
        return EXIT_BROKEN_PIPE
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _give_up_stdout()
        print("visualiser: There is no space left on the disk.", file=sys.stderr)
        return EXIT_USER_ERROR


def _tell(error: UserError) -> int:
    print(f"visualiser: {visible(str(error))}", file=sys.stderr)
    return EXIT_USER_ERROR


def _give_up_stdout() -> None:
    """What is still buffered would fail again when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(words: list[str]) -> int:
    if not words:  # at once: the window should not wait for the commands to be described
        gc.disable()  # what is imported stays: to look for garbage in it takes a twentieth
        from visualiser.app.window import open_window

        return open_window()
    arguments, unknown = _parser(words).parse_known_args(words)
    if unknown:
        command = f"visualiser {arguments.command or ''}".strip()
        raise UserError(
            f"“{command}” does not know “{unknown[0]}”.", f"“{command} --help” says what there is."
        )
    if arguments.smoke_test is not None:
        from visualiser.app.smoke import smoke_test

        return smoke_test(arguments.smoke_test)
    if arguments.command is None:
        raise UserError("There is no command.", "“visualiser --help” says what there is.")
    code: int = arguments.run(arguments)
    return code


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """A parser that knows the options of the command in `words`, and the others by name."""
    parser = CommandParser(
        prog="visualiser",
        description="Watch a model learn from data, spoil the data, and see what it costs. "
        "Without a command the window opens.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"visualiser {__version__}")
    parser.add_argument(
        "--smoke-test",
        nargs="*",
        metavar="DATA",
        help="train a little in the real window, save a picture of it and quit; with names of "
        "data sets or paths of your own, on each of them, and every view is drawn",
    )
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", parser_class=CommandParser
    )
    wanted = next((word for word in words if not word.startswith("-")), None)
    for name, (summary, describe) in _COMMANDS.items():
        command = commands.add_parser(
            name,
            help=summary,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        if name == wanted:
            describe(command)
    return parser


def _describe_list(parser: CommandParser) -> None:
    from visualiser.cli.listing import describe

    describe(parser)


def _describe_train(parser: CommandParser) -> None:
    from visualiser.cli.train import describe

    describe(parser)


def _describe_sweep(parser: CommandParser) -> None:
    from visualiser.cli.sweep import describe

    describe(parser)


def _describe_find(parser: CommandParser) -> None:
    from visualiser.cli.find import describe

    describe(parser)


def _describe_demo(parser: CommandParser) -> None:
    from visualiser.cli.demo import describe

    describe(parser)


def _describe_bench(parser: CommandParser) -> None:
    from visualiser.cli.bench import describe

    describe(parser)


_COMMANDS: dict[str, tuple[str, Callable[[CommandParser], None]]] = {
    "list": ("list data sets, models or ways of spoiling", _describe_list),
    "train": ("train a model without a window", _describe_train),
    "sweep": ("how much noise a model can take: amounts and seeds at once", _describe_sweep),
    "find": ("look for wrong labels, copies, outliers and leaked columns", _describe_find),
    "demo": ("save pictures of the window: load, train, spoil, compare", _describe_demo),
    "bench": (
        "measure speed with and without the window, or how good the default models are",
        _describe_bench,
    ),
}
"""Each command in a line, and what gives its parser the rest: loaded for that command alone."""
