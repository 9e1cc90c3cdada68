"""The page: `python app.py` serves it at http://127.0.0.1:7860; `--help` lists the options."""

import sys

from replearn.ui.frame.launch import main

if __name__ == "__main__":
    sys.exit(main())
