"""`python -m parindex`."""

import sys

from parindex.cli import main


if __name__ == "__main__":
    sys.exit(main())
