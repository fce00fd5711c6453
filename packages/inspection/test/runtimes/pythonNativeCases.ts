import { elf, file, type Entry } from "../../testing/testImage";
import { text, type Dies, type Lives } from "./runtimeCase";

const packages = "usr/local/lib/python3.11/dist-packages";
const ofMac = Buffer.from([0xcf, 0xfa, 0xed, 0xfe, 0x0c, 0, 0, 1]);
const core = (extensions: Record<string, Buffer>, init = "from ._core import x\n"): Entry[] => [
  text(`${packages}/fast/__init__.py`, init),
  ...Object.entries(extensions).map(([name, content]) => file(`${packages}/fast/${name}`, content, 0o644)),
];
const main = text("app/main.py", "import fast\n");

export const pythonNativeDies: Dies[] = [
  ["python: an extension for macOS", "FL2144", [...core({ "_core.cpython-311-darwin.so": ofMac }), main], ["python3", "main.py"]],
  [
    "python: an extension for another version",
    "FL2144",
    [...core({ "_core.cpython-312-x86_64-linux-gnu.so": elf({ type: 3 }) }), main],
    ["python3", "main.py"],
  ],
  [
    "python: an extension for ARM64",
    "FL2144",
    [...core({ "_core.abi3.so": elf({ machine: 183, type: 3 }) }), main],
    ["python3", "main.py"],
  ],
  [
    "python: an extension of a package's package",
    "FL2144",
    [
      ...core({ "_core.cpython-311-darwin.so": ofMac }),
      text(`${packages}/web/__init__.py`, "from . import models\n"),
      text(`${packages}/web/models.py`, "import fast\n"),
      text("app/main.py", "from web import x\n"),
    ],
    ["python3", "main.py"],
  ],
];

export const pythonNativeLives: Lives[] = [
  [
    "python: an extension for macOS beside a source",
    [...core({ "_core.cpython-311-darwin.so": ofMac }), text(`${packages}/fast/_core.py`, "x = 1\n"), main],
    ["python3", "main.py"],
  ],
  [
    "python: an extension that is tried",
    [...core({ "_core.cpython-311-darwin.so": ofMac }, "try:\n    from ._core import x\nexcept ImportError:\n    x = 1\n"), main],
    ["python3", "main.py"],
  ],
  ["python: an extension that nobody imports", [...core({ "_core.cpython-311-darwin.so": ofMac }, ""), main], ["python3", "main.py"]],
];
