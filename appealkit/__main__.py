"""`python -m appealkit` is `appealkit`."""

import sys

from appealkit.cli import main

sys.exit(main())
