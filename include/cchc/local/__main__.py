"""``python -m cchc.local``: what ``make up``, ``down``, ``demo``, ``status`` and ``backfill`` call."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Annotated

import typer

from cchc import settings as environment
from cchc import steps
from cchc.local import credentials, processes, runs, service
from cchc.local.installation import Installation
from cchc.local.rest import RestError

app = typer.Typer(help="The local installation: embedded PostgreSQL and Airflow.", no_args_is_help=True)
Period = Annotated[str, typer.Option(help="Period code, for instance 2026-Q3")]
Authority = Annotated[str, typer.Option(help="Code of the authority that consolidates")]
_began = time.monotonic()


@app.command()
def up() -> None:
    """Start the installation and leave it running."""
    settings = environment.load()
    installation = service.running(settings)
    if installation is None:
        runs.clear(settings, say)  # before the port is asked for: what is left may hold it
        installation = runs.bring_up(settings, runs.wanted_port(), say)
    _introduce(installation)


@app.command()
def down() -> None:
    """Stop every process of the installation, its PostgreSQL too."""
    left = service.stop(environment.load())
    if left:
        raise service.StartError(f"processes that would not end: {left}")
    say("nothing of this installation runs any more")


@app.command()
def status() -> None:
    """What runs."""
    services = processes.recorded(environment.load().run_dir)
    for one in services:
        typer.echo(f"{one.name:<14} {'running' if one.running else 'ended':<8} pid {one.pid}  {one.log}")
    if not services:
        typer.echo("nothing runs; make up starts it")


@app.command()
def demo(authority: Authority = "31", period: Period = "2026-Q3") -> None:
    """The main job once, on sample data, through Airflow's scheduler."""
    from cchc.local.demo import demonstrate

    wanted = _asked(steps.known_period, period)
    typer.echo(demonstrate(environment.load(), _asked(steps.known_authority, authority), wanted, say))


@app.command()
def backfill(period: Period) -> None:
    """Collect what waits and consolidate a period again, through Airflow's scheduler."""
    wanted = _asked(steps.known_period, period)
    with runs.session(environment.load(), say) as installation:
        runs.collect_and_consolidate(installation, wanted, say)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def airflow(context: typer.Context) -> None:
    """Any command of Airflow within this installation, for instance: airflow dags list."""
    settings = environment.load()
    installation = service.running(settings) or service.prepare(settings, 0, say)
    command = service.airflow(*context.args)
    os.execve(command[0], command, installation.environment())  # noqa: S606 - the engineer's own command


def _asked(known: Callable[[str], str], code: str) -> str:
    """A code from the command line, refused before anything is started."""
    try:
        return known(code)
    except ValueError as error:
        raise service.StartError(str(error)) from error


def say(line: str) -> None:
    """A line of progress, on stderr, with the seconds since the start."""
    typer.echo(f"{time.monotonic() - _began:6.1f} s  {line}", err=True)


def _introduce(installation: Installation) -> None:
    typer.echo(f"\n  {installation.base_url}\n")
    for user in credentials.users():
        password = installation.passwords[user.name]
        typer.echo(f"  {user.name:<16} {password:<16} {user.role:<7} {user.what}")
    typer.echo(f"\n  passwords are kept in {installation.airflow_home / 'passwords.json'}; make down stops it all\n")


def main() -> int:
    """Run; a failure is told in plain words, without a traceback."""
    try:
        app(standalone_mode=False)
    except (service.StartError, runs.RunError, RestError) as failure:
        typer.echo(f"\nfailed: {failure}", err=True)
        return 1
    except typer.Abort:
        return 130
    except typer.Exit as end:
        return end.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
