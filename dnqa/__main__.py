"""python -m dnqa"""

import sys

from dnqa.cli import main

sys.exit(main())
