"""What the catalogue says of our own operations and triggers: data files, and where they lie."""

from pathlib import Path

FOLDER = Path(__file__).parent
