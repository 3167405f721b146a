"""The one door for developers: set up a fresh machine, then run, test, lock or build. Standard library only.

python3 dev.py run      open the training registry (without a display: do the whole main job into out/)
python3 dev.py test     format, lint, types, import contracts, all tests
python3 dev.py lint     the same without the tests
python3 dev.py measures count over every screen and dialog what has no name, is cut or out of order, at three scales
python3 dev.py lock     write the lock files anew from pyproject.toml (--upgrade: newest versions)
python3 dev.py build    the program as a folder for people without Python, in dist/
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
RUNTIME_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
TRAINING = ROOT / "training"
OUT = ROOT / "out"
LOCK_TOOL = "uv==0.13.9"

# Shared libraries that Qt's wheels do not bring, and the Debian package of each.
OFFSCREEN_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libstdc++.so.6": "libstdc++6",
}
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
TEST_PROGRAMS = {"Xvfb": "xvfb", "xauth": "xauth"}

ALL_CORES = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"]
"""A whole run takes every core (four at most: each worker is a window and a server of its own); files stay together."""

# A wheel of every locked package must exist for each of these, with Python 3.11, 3.12 and 3.13.
PLATFORMS = (
    "x86_64-pc-windows-msvc",
    "x86_64-manylinux_2_34",
    "aarch64-manylinux_2_39",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
)


class Step(NamedTuple):
    """One check: its name and its command line."""

    name: str
    command: list[str]


def say(text: str) -> None:
    """One line to the person at the terminal, at once."""
    print(text, flush=True)


def stop(text: str) -> NoReturn:
    """Leave with one clear sentence and exit code 1."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)
    raise SystemExit(1)


# ---------------------------------------------------------------------------------------------------------------------
# The machine


def use_a_python_new_enough() -> None:
    """Go on under Python 3.11 or newer, looking for one when `python3` is older."""
    if sys.hexversion >= 0x030B0000:
        return
    for name in ("python3.13", "python3.12", "python3.11"):
        found = shutil.which(name)
        if found:
            raise SystemExit(subprocess.call([found, __file__, *sys.argv[1:]]))
    stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Install it, then type the same again.")


def can_load(library: str) -> bool:
    """Whether the system finds this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(libraries: dict[str, str], programs: dict[str, str]) -> list[str]:
    """The Debian packages of those libraries and programs that this machine lacks."""
    packages = [package for library, package in libraries.items() if not can_load(library)]
    packages += [package for program, package in programs.items() if not shutil.which(program)]
    return sorted(set(packages))


def install_line(packages: list[str]) -> str:
    """What to type to have these packages."""
    return f"sudo apt-get update && sudo apt-get install -y {' '.join(packages)}"


def install_packages(packages: list[str]) -> bool:
    """Install Debian packages when we may; say what to type when we may not. True when they are there now."""
    if not shutil.which("apt-get"):
        say(f"Missing on this system (names as in Debian; use its own package manager): {' '.join(packages)}")
        return False
    if os.geteuid() != 0:
        say(f"Missing on this system. Type:\n    {install_line(packages)}")
        return False
    say(f"Installing system packages: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, stdin=subprocess.DEVNULL, check=False)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    done = subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        say(f"{done.stdout}{done.stderr}Could not install them. Type:\n    {install_line(packages)}")
    return done.returncode == 0


def prepare_system(window: bool, programs: dict[str, str]) -> None:
    """See that Qt's system libraries are there; stop when the program cannot start without one."""
    if not sys.platform.startswith("linux"):
        return
    libraries = {**OFFSCREEN_LIBRARIES, **(WINDOW_LIBRARIES if window or programs else {})}
    packages = missing_packages(libraries, programs)
    if not packages or install_packages(packages):
        return
    needed = {**OFFSCREEN_LIBRARIES, **(WINDOW_LIBRARIES if window else {})}
    if missing_packages(needed, {}):
        stop("nothing can be drawn without these system libraries. Install them, then type the same again.")
    say("Going on without them: tests that need a virtual display will fail.")


def has_display() -> bool:
    """Whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    display = os.environ.get("DISPLAY", "")
    if not display.startswith(":"):
        return bool(display)  # another machine's display: believe it
    number = display[1:].split(".")[0]
    for address in (f"/tmp/.X11-unix/X{number}", f"\0/tmp/.X11-unix/X{number}"):
        with socket.socket(socket.AF_UNIX) as server:
            if server.connect_ex(address) == 0:
                return True
    return False


# ---------------------------------------------------------------------------------------------------------------------
# The environment


def venv_python() -> Path:
    """The interpreter of our own environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def child_environment() -> dict[str, str]:
    """The environment of every program we start: nothing may put foreign modules or plug-ins in front of ours."""
    unwanted = ("PYTHONPATH", "PYTHONHOME", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH", "PIP_USER", "PIP_TARGET")
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}
    environment["PYTHONNOUSERSITE"] = "1"
    return environment


def stamp_text(lock: Path) -> str:
    """What an environment made from this lock says of itself: lock, project file, place and Python."""
    content = lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return "\n".join([hashlib.sha256(content).hexdigest(), str(ROOT), sys.version.split()[0]])


def is_up_to_date(lock: Path) -> bool:
    """Whether the environment holds what this lock lists; one made for tests serves the program as well."""
    if not venv_python().exists():
        return False
    for made_from in {lock, DEV_LOCK}:
        stamp = VENV / f"installed-{made_from.name}"
        if stamp.exists() and stamp.read_text(encoding="utf-8") == stamp_text(made_from):
            return True
    return False


def make_venv() -> None:
    """An empty environment with pip; one whose Python has gone is made anew."""
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not install_packages([package]):
            stop("Python cannot make an environment here without that package.")
    say("Making the environment in .venv")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], env=child_environment(), check=True)


def pip(*arguments: str) -> None:
    """Run the environment's pip; stop with its words when it fails."""
    command = [str(venv_python()), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    done = subprocess.run(command, env=child_environment(), cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        say(f"{done.stdout[-2000:]}{done.stderr}")
        stop("the packages could not be installed (pip's own words are above). Check the network and try again.")


def prepare_environment(lock: Path) -> None:
    """Bring .venv to what the lock lists, every file checked against its hash; nothing to do is the usual case."""
    if is_up_to_date(lock):
        return
    if not venv_python().exists():
        make_venv()
    for stamp in VENV.glob("installed-*"):
        stamp.unlink()
    text = stamp_text(lock)
    say(f"Installing what {lock.name} lists (a few minutes the first time)")
    pip("install", "--require-hashes", "--only-binary", ":all:", "-r", str(lock))
    pip("install", "--no-deps", "--no-index", "--no-build-isolation", "-e", str(ROOT))
    (VENV / f"installed-{lock.name}").write_text(text, encoding="utf-8")


# ---------------------------------------------------------------------------------------------------------------------
# The commands


def program(*arguments: str) -> list[str]:
    """The command line of the program itself."""
    return [str(venv_python()), "-m", "poems_registry", *arguments]


def become(command: list[str]) -> NoReturn:
    """Hand this process over to the program; on Windows wait for it instead."""
    if os.name == "nt":
        raise SystemExit(subprocess.call(command, env=child_environment(), cwd=ROOT))
    os.chdir(ROOT)
    os.execve(command[0], command, child_environment())


def read_sign_in(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The registry's path and the (user, password) pairs from the lines that `demo` prints."""
    registry = ""
    people: list[tuple[str, str]] = []
    user = ""
    for line in text.splitlines():
        word, _, value = line.partition(":")
        word, value = word.strip(), value.strip()
        if word == "registry":
            registry = value
        elif word == "user":
            user = value
        elif word == "password" and user:
            people.append((user, value))
    return registry, people


def make_training_registry(seed: int) -> str:
    """What `demo` printed when it made the training registry, now or at an earlier call.

    Every patient in it is made up, so the passwords may lie beside it in clear.
    """
    sign_in = TRAINING / "sign-in.txt"
    if sign_in.exists():
        return sign_in.read_text(encoding="utf-8")
    unfinished = TRAINING / ".unfinished"
    if unfinished.exists():  # ours, and cut short: nothing in it is worth keeping
        shutil.rmtree(TRAINING)
    elif TRAINING.exists() and any(TRAINING.iterdir()):
        stop(f"{TRAINING} holds files that this command did not make. Move them away, then type the same again.")
    TRAINING.mkdir(exist_ok=True)
    unfinished.touch()
    say("Making the training registry: 150 made-up patients")
    command = program("demo", str(TRAINING), "--patients", "150", "--seed", str(seed))
    made = subprocess.run(command, env=child_environment(), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if made.returncode != 0:
        raise SystemExit(made.returncode)
    sign_in.write_text(made.stdout, encoding="utf-8")
    unfinished.unlink()
    return made.stdout


def run(seed: int) -> NoReturn:
    """Open the training registry, or do the whole main job where no window can be shown."""
    window = has_display()
    prepare_system(window, {})
    prepare_environment(RUNTIME_LOCK)
    if not window:
        say("No display here: doing the whole main job without a window. Files written:")
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        become(program("tour", str(OUT)))
    registry, people = read_sign_in(make_training_registry(seed))
    if not registry or not people:
        stop(f"{TRAINING / 'sign-in.txt'} names no registry or nobody to sign in. Delete {TRAINING} and try again.")
    user, password = people[0]
    say(f"Training registry: {registry}\nSign in as {user} with the password: {password}")
    for other, its_password in people[1:]:
        say(f"(or as {other} with: {its_password})")
    become(program("--registry", registry, "--user", user))


def lint_steps() -> list[Step]:
    """The checks that need no test, cheapest first."""
    python = str(venv_python())
    return [
        Step("ruff format --check", [python, "-m", "ruff", "format", "--check", "--quiet", "."]),
        Step("ruff check", [python, "-m", "ruff", "check", "--quiet", "."]),
        Step("mypy", [python, "-m", "mypy", "--no-error-summary"]),
        Step("lint-imports", [python, "-c", "from importlinter.cli import lint_imports_command as c; c()"]),
    ]


def check(steps: list[Step]) -> None:
    """Run each step; say how long it took; stop at the first that fails, showing what it said."""
    for step in steps:
        began = time.monotonic()
        done = subprocess.run(
            step.command, env=child_environment(), cwd=ROOT, capture_output=True, text=True, check=False
        )
        say(f"{time.monotonic() - began:6.1f} s  {step.name}")
        if done.returncode != 0:
            say(f"{done.stdout}{done.stderr}")
            stop(f"{step.name} found something (above).")


def lint() -> None:
    """Format, lint, types, import contracts."""
    prepare_environment(DEV_LOCK)
    check(lint_steps())


def test(arguments: list[str]) -> NoReturn:
    """Everything that must hold; pytest's closing line comes last."""
    prepare_system(False, TEST_PROGRAMS)
    prepare_environment(DEV_LOCK)
    if not arguments:
        check(lint_steps())
    become([str(venv_python()), "-m", "pytest", "-q", *(arguments or ALL_CORES)])


def measures(arguments: list[str]) -> NoReturn:
    """Count over every screen, tab and dialog what has no name, is cut or is out of order, at three scales."""
    prepare_system(False, {})
    prepare_environment(DEV_LOCK)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    become([str(venv_python()), "-m", "tests.gui.measures.sweep", *arguments])


def build(arguments: list[str]) -> NoReturn:
    """The program as one folder in dist/, for people without Python."""
    prepare_system(False, {})
    prepare_environment(DEV_LOCK)
    become([str(venv_python()), "-m", "PyInstaller", "--noconfirm", "build.spec", *arguments])


def lock(upgrade: bool) -> None:
    """Write both lock files from pyproject.toml, and prove that each platform has a wheel of everything."""
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = tools / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        subprocess.run([str(python), "-m", "pip", "install", "-q", LOCK_TOOL], check=True)
        compile_lock(python, RUNTIME_LOCK, ["--group", "install"], upgrade)
        compile_lock(python, DEV_LOCK, ["--group", "dev", "--constraint", RUNTIME_LOCK.name], upgrade)
        for platform in PLATFORMS:
            for version in ("3.11", "3.12", "3.13"):
                prove_wheels(python, platform, version, tools / "nowhere")
    say("Both lock files are written. Read the difference before you commit it.")


def compile_lock(python: Path, target: Path, what: list[str], upgrade: bool) -> None:
    """Resolve for all platforms at once, with the hash of every file and the address of none."""
    command = [str(python), "-m", "uv", "pip", "compile", "pyproject.toml", *what, "--universal", "--quiet"]
    command += ["--python-version", "3.11", "--only-binary", ":all:", "--generate-hashes", "--no-header"]
    command += ["--no-annotate", "--output-file", target.name]
    if subprocess.call([*command, *(["--upgrade"] if upgrade else [])], cwd=ROOT) != 0:
        stop(f"{target.name} could not be resolved: {shlex.join(what)}")
    packages = [line for line in target.read_text(encoding="utf-8").splitlines() if line[:1].isalnum()]
    say(f"{target.name}: {len(packages)} packages")


def prove_wheels(python: Path, platform: str, version: str, folder: Path) -> None:
    """Stop unless everything locked could be installed there from wheels."""
    command = [str(python), "-m", "uv", "pip", "install", "--dry-run", "--quiet", "--require-hashes"]
    command += ["--only-binary", ":all:", "--target", str(folder), "--python-platform", platform]
    command += ["--python-version", version, "-r", DEV_LOCK.name]
    environment = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": "15.0"}
    if subprocess.call(command, cwd=ROOT, env=environment) != 0:
        stop(f"no wheel for {platform} with Python {version} (above).")
    say(f"wheels for all: {platform}, Python {version}")


def main() -> None:
    """Read the command and do it."""
    use_a_python_new_enough()
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run").add_argument("--seed", type=int, default=1)
    commands.add_parser("test")
    commands.add_parser("lint")
    commands.add_parser("lock").add_argument("--upgrade", action="store_true")
    commands.add_parser("build")
    commands.add_parser("measures")
    chosen, rest = parser.parse_known_args()
    if rest and chosen.command not in ("test", "build", "measures"):
        parser.error(f"not understood: {shlex.join(rest)}")
    if chosen.command == "run":
        run(chosen.seed)
    elif chosen.command == "lock":
        lock(chosen.upgrade)
    elif chosen.command == "lint":
        lint()
    elif chosen.command == "test":
        test(rest)
    elif chosen.command == "measures":
        measures(rest)
    else:
        build(rest)


if __name__ == "__main__":
    main()
