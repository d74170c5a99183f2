"""How a command ends: the exit code and the words for whatever stopped it. Only a fault of ours shows a traceback."""

from __future__ import annotations

import atexit
import errno
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

import click

from lcsite import __version__
from lcsite.cli.exit_codes import CONTENT, ENVIRONMENT, FAULT, INTERRUPTED, USAGE
from lcsite.problems import Problems, as_text, quoted

__all__ = ["Stop", "code_of", "ending_of", "flushed", "leave", "stop_when_told"]

_LONGEST_SHOWN = 40
_LONGEST_PATH_SHOWN = 200


class Stop(Exception):
    """The command ends here with this exit code; everything that a person needs has been printed."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def code_of(problems: Problems) -> int:
    """The exit code of content with errors. A file that the machine does not hand out is no mistake of its author."""
    return ENVIRONMENT if problems.out_of_reach else CONTENT


def ending_of(error: BaseException, arguments: Sequence[str]) -> int:
    """Say what stopped a command, and return its exit code. `arguments` are what the command was called with."""
    try:
        return _tell(error, arguments)
    except OSError:  # there is nowhere to say it
        return ENVIRONMENT


def _tell(error: BaseException, arguments: Sequence[str]) -> int:
    from lcsite.publishing.errors import OutputRejected, PublishError, describe, is_outside

    match error:
        case Stop():
            return error.code
        case click.exceptions.Exit():
            return error.exit_code
        case KeyboardInterrupt() | click.Abort():
            click.echo("lcsite: stopped", err=True)
            return INTERRUPTED
        case click.BadParameter() if _is_denied(error):
            click.echo(f"lcsite: {_one_line(error.format_message())}", err=True)
            return ENVIRONMENT
        case click.ClickException():
            _show(error, arguments)
            return USAGE
        case OutputRejected():
            click.echo(as_text(error.problems), nl=False, err=True)
            click.echo(f"lcsite: {error}; the published site is as it was", err=True)
            return error.exit_code
        case PublishError():
            click.echo(f"lcsite: {_one_line(str(error))}", err=True)
            return error.exit_code
        case BrokenPipeError() | SystemExit():  # click makes the second of the first, and nobody else exits
            return ENVIRONMENT
        case MemoryError():
            click.echo("lcsite: there is not enough memory", err=True)
            return ENVIRONMENT
        case OSError() if is_outside(error):
            click.echo(f"lcsite: {_one_line(describe(error))}", err=True)
            return ENVIRONMENT
    traceback.print_exception(error)
    words = "this is a fault of lcsite, not of your files. Please report it with these lines"
    click.echo(f"lcsite {__version__}: {words}", err=True)
    return FAULT


def _is_denied(error: click.BadParameter) -> bool:
    """Whether the file or folder that was named is there, and the machine does not hand it out."""
    cause = error.__context__
    if isinstance(cause, OSError):
        return cause.errno in (errno.EACCES, errno.EIO, errno.EPERM)
    return isinstance(error.param and error.param.type, click.Path) and "is not readable" in error.message


def _show(error: click.ClickException, arguments: Sequence[str]) -> None:
    """What was wrong with the call, with what was typed cut as problems cut it."""
    message = error.format_message()
    for typed in sorted({part for each in arguments for part in (each, each.partition("=")[2])}, key=len, reverse=True):
        longest = _LONGEST_PATH_SHOWN if os.sep in typed else _LONGEST_SHOWN
        if len(typed) > longest or len(typed.splitlines()) > 1:
            shown = f"{typed[:longest]}…" if os.sep in typed else quoted(typed)[1:-1]
            for written in (typed, repr(typed)[1:-1], click.format_filename(typed)):
                message = message.replace(written, _one_line(shown))
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(f"{error.ctx.get_usage()}\nTry '{error.ctx.command_path} --help' for help.\n", err=True)
    click.echo(f"Error: {message}", err=True)


def _one_line(words: str) -> str:
    return " ".join(words.splitlines())


def flushed(code: int) -> int:
    """The exit code after all that was printed has gone out; where it could not, that is what went wrong."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError as error:
            _print_no_more(stream.fileno())
            if stream is sys.stdout and not isinstance(error, BrokenPipeError):
                click.echo(f"lcsite: what was to be printed could not be written: {error.strerror}", err=True)
            code = ENVIRONMENT
    return code


def _print_no_more(descriptor: int) -> None:
    """What is still waiting to be printed goes nowhere, or the interpreter would complain at its very end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def leave(code: int) -> NoReturn:
    """Leave with this exit code. Whoever asked to be told of the end is told, and everything printed has gone out.

    The system takes back all memory at once, where the interpreter would take a portal apart piece by piece.
    """
    if threading.active_count() > 1:  # which the interpreter waits for
        sys.exit(code)
    atexit._run_exitfuncs()
    os._exit(flushed(code))


def stop_when_told() -> None:
    """End as with Ctrl-C, tidying up, when the system or a build server asks the program to stop."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, stop)
