"""python -m dnqa"""

import sys

from dnqa.cli import main

if __name__ == "__main__":  # not where other processes are started from it
    sys.exit(main())
