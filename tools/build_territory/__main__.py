from __future__ import annotations

import sys

from tools.build_territory.cli import main

sys.exit(main())
