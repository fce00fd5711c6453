import { text, type Dies, type Lives } from "./runtimeCase";

export const pythonRelativeDies: Dies[] = [
  [
    "python: a file of a package that is run as a file",
    "FL2143",
    [text("app/shop/main.py", "import os\nfrom .settings import x\n"), text("app/shop/settings.py", "x = 1\n")],
    ["python3", "shop/main.py"],
  ],
  ["python: a module of no package", "FL2143", [text("app/main.py", "from . import x\n"), text("app/x.py", "")], ["python3", "-m", "main"]],
  [
    "python: a module beyond its packages",
    "FL2143",
    [text("app/shop/main.py", "from ...shop import x\n"), text("app/shop/x.py", "")],
    ["python3", "-m", "shop.main"],
  ],
];

export const pythonRelativeLives: Lives[] = [
  [
    "python: a module of a package",
    [
      text("app/acme/shop/main.py", "from .settings import x\nfrom . import settings\nfrom .. import shop\nfrom ..shop import settings\n"),
      text("app/acme/shop/settings.py", "x = 1\n"),
    ],
    ["python3", "-m", "acme.shop.main"],
  ],
  [
    "python: a file that names its package",
    [
      text("app/shop/main.py", '__package__ = "shop"\nimport sys\nsys.path.insert(0, "/app")\nfrom .settings import x\n'),
      text("app/shop/settings.py", "x = 1\n"),
    ],
    ["python3", "shop/main.py"],
  ],
  [
    "python: a relative import that is tried",
    [text("app/main.py", "try:\n    from .lib import x\nexcept ImportError:\n    from lib import x\n"), text("app/lib.py", "x = 1\n")],
    ["python3", "main.py"],
  ],
];
