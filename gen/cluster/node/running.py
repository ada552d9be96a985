"""A program running in a container, and commands run beside it (`kubectl exec`, hooks, probes)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gen.cluster.node.process import Exit, Inside, OutOfMemory, Server, Signals
from gen.cluster.node.programs import CREATE_FAILED, Program, kind_of_command, program_of_words
from gen.cluster.node.runtime import KILLED, Container, Runtime, Sandbox
from gen.cluster.node.shell_run import Broken, Shell
from gen.cluster.node.shell_words import NotUnderstood
from gen.kit.loop import Context, Future, Micros

UNKNOWN_FAULT = 2
NO_PROCESS = "unable to start container process: exec: "


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command that ran beside the program came to. `fault`: it could not be started."""

    code: int
    output: str = ""
    fault: str = ""
    late: bool = False


def launch(runtime: Runtime, sandbox: Sandbox, container: Container, program: Program, inside: Inside) -> None:
    """Run the program in its container, from now on. What it does was caused by what started it."""
    container.inside = inside
    context = runtime.loop.context
    if program.script is None:
        serve(container, program, runtime)
        return
    deed = _run(runtime, sandbox, container, program)
    container.tasks.append(runtime.process.spawn(deed, context=Context(context.cause, context.by)))


def serve(container: Container, program: Program, runtime: Runtime) -> None:
    """Listen. Nothing happens before somebody asks, or stops it."""
    inside = container.inside
    if inside is None:
        return
    container.signals.serving = Future()
    if program.serves is None:
        inside.any_port = Server(program.speaks)
    elif program.starts_us:
        runtime.loop.after(program.starts_us, inside.listening.update, program.serves)
    else:
        inside.listening.update(program.serves)


async def _run(runtime: Runtime, sandbox: Sandbox, container: Container, program: Program) -> None:
    inside = container.inside
    if inside is None or program.script is None:
        return
    shell = Shell(inside, container.signals, spawner(runtime, container), program.arguments)
    shell.beyond = program.beyond
    code, reason = 0, ""
    try:
        code = await shell.run_to_the_end(program.script)
    except OutOfMemory:
        code, reason = KILLED, "OOMKilled"
    except (NotUnderstood, Broken) as error:
        inside.left_out(f"command ({error})")
        code = UNKNOWN_FAULT
    runtime.end(sandbox, container, code, runtime.loop.context.cause, reason)


def spawner(runtime: Runtime, container: Container) -> Callable[..., None]:
    """Starts what runs beside, in the same container: it ends with it."""

    def spawn(coroutine: object) -> None:
        container.tasks.append(runtime.process.spawn(coroutine))  # type: ignore[arg-type]

    return spawn


async def execute(container: Container, words: list[str], runtime: Runtime) -> Outcome:
    """Run a command in a container that runs; what it prints is not in the container's log."""
    inside = container.inside
    if inside is None or not words:
        return Outcome(0)
    known = inside.known_image
    program = program_of_words(words, known)
    if program.fault:
        return Outcome(128, fault=NO_PROCESS + program.fault.removeprefix(CREATE_FAILED))
    if program.script is None:
        if program.unknown:
            inside.left_out(program.unknown)
        return Outcome(0)
    shell = Shell(inside, Signals(), spawner(runtime, container), program.arguments)
    shell.beyond = kind_of_command(known)
    kept: list[str] = []
    shell.printed, shell.waited_for = {"stdout": kept, "stderr": kept}, True
    try:
        code = await shell.run(program.script)
    except Exit as ended:
        code = ended.code
    except OutOfMemory:
        code = KILLED
    except (NotUnderstood, Broken) as error:
        inside.left_out(f"command ({error})")
        code = UNKNOWN_FAULT
    return Outcome(code, "".join(kept))


async def execute_within(container: Container, words: list[str], runtime: Runtime, limit: Micros) -> Outcome:
    """The same, but given up after `limit`, or when the container ends."""
    done = Future()

    async def run() -> None:
        done.settle(await execute(container, words, runtime))

    background = runtime.loop.task.background if runtime.loop.task else False
    task = runtime.process.spawn(run(), background=background)
    timer = runtime.loop.after(limit, done.settle, Outcome(KILLED, late=True), background=background)
    try:
        found: Outcome = await done
    finally:
        timer.cancel()
        runtime.process.end(task)
    return found
