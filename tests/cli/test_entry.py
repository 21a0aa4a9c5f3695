"""The program as a shell runs it."""

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def test_a_reader_that_has_enough_is_no_error():
    """The list of rosters is longer than a pipe holds back for who reads its first line and goes."""
    command = [sys.executable, "-m", "socialwork_app", "rosters", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=REPOSITORY) as child:
        assert child.stdout is not None and child.stderr is not None
        child.stdout.close()
        said = child.stderr.read().decode()
        child.wait()
    assert (child.returncode, said) == (141, "")


def test_a_command_needs_no_streams():
    """The packaged program has none where it has no console."""
    without = "import sys; sys.stdout = sys.stderr = None; sys.argv = ['socialwork', 'rosters']; "
    script = without + "from socialwork_app.__main__ import main; sys.exit(main())"
    assert subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, check=False).returncode == 0
