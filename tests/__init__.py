import sys
from pathlib import Path

# ``python -m tests.demo`` and the like find the collection where ``make arrange`` has put it, as pytest does.
_ROOT = Path(__file__).parents[1]
for _place in (str(_ROOT / "collections"), str(_ROOT)):
    if _place not in sys.path:
        sys.path.insert(0, _place)
