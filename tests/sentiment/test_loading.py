"""Nobody waits for libraries and tables who scores nothing."""

import subprocess
import sys


def test_libraries_are_loaded_when_the_first_text_is_scored() -> None:
    code = (
        "import sys, dragoman.cli.sentiment\n"
        "heavy = ('vader', 'simplemma', 'yaml')\n"
        "print([one for one in heavy if one in sys.modules])\n"
        "dragoman.sentiment.score({'text': 'I am happy'})\n"
        "print([one for one in heavy if one in sys.modules])\n"
    )
    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines() == ["[]", "['vader', 'simplemma', 'yaml']"]
