import { elf, file, type Entry } from "../../testing/testImage";
import { text, withGlibc, type Dies, type Lives } from "./runtimeCase";

const packages = "usr/local/lib/python3.11/dist-packages";
const ofMac = Buffer.from([0xcf, 0xfa, 0xed, 0xfe, 0x0c, 0, 0, 1]);
const core = (extensions: Record<string, Buffer>, init = "from ._core import x\n"): Entry[] => [
  text(`${packages}/fast/__init__.py`, init),
  ...Object.entries(extensions).map(([name, content]) => file(`${packages}/fast/${name}`, content, 0o644)),
];
const main = text("app/main.py", "import fast\n");

/** numpy catches the error of its own native part, and raises another one. */
const numpy = (extension: string, content: Buffer, folder = "_core"): Entry[] => [
  text(
    `${packages}/numpy/__init__.py`,
    "try:\n    from . import _core\nexcept ImportError as error:\n    raise ImportError('numpy') from error\n",
  ),
  text(`${packages}/numpy/core/_multiarray_umath.py`, ""),
  file(`${packages}/numpy/${folder}/${extension}`, content, 0o644),
  text("app/main.py", "import numpy as np\n"),
];

export const pythonNativeDies: Dies[] = [
  ["python: numpy for macOS", "FL2144", numpy("_multiarray_umath.cpython-311-darwin.so", ofMac), ["python3", "main.py"]],
  [
    "python: an extension module by its package, for macOS",
    "FL2144",
    [
      text(`${packages}/lxml/__init__.py`, "def get_include():\n    return __path__[0]\n"),
      file(`${packages}/lxml/etree.cpython-311-darwin.so`, ofMac, 0o644),
      text("app/main.py", "from lxml import etree\n"),
    ],
    ["python3", "main.py"],
  ],
  [
    "python: an extension that is named after another system",
    "FL2144",
    [
      text(`${packages}/psutil/__init__.py`, "import os\n"),
      file(`${packages}/psutil/_psutil_osx.abi3.so`, ofMac, 0o644),
      text("app/main.py", "import psutil\n"),
    ],
    ["python3", "main.py"],
  ],
  [
    "python: an extension for musl, by its name",
    "FL2144",
    [...withGlibc("usr/bin/python3.11"), ...core({ "_core.cpython-311-x86_64-linux-musl.so": elf({ type: 3 }) }), main],
    ["python3", "main.py"],
  ],
  [
    "python: an extension whose library is nowhere",
    "FL2144",
    [...withGlibc("usr/bin/python3.11"), ...core({ "_core.abi3.so": elf({ type: 3, needed: ["libpq.so.5"] }) }), main],
    ["python3", "main.py"],
  ],
  [
    "python: an extension that needs a newer C library",
    "FL2144",
    [
      ...withGlibc("usr/bin/python3.11"),
      file("lib/libc.so.6", elf({ type: 3, soname: "libc.so.6", versions: ["GLIBC_2.36"] })),
      ...core({ "_core.abi3.so": elf({ type: 3, needed: ["libc.so.6"], versionNeeds: { "libc.so.6": ["GLIBC_2.38"] } }) }),
      main,
    ],
    ["python3", "main.py"],
  ],
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
  ["python: another package of numpy's name", numpy("x.txt", Buffer.from("x")), ["python3", "main.py"]],
  ["python: numpy", numpy("_multiarray_umath.cpython-311-x86_64-linux-gnu.so", elf({ type: 3 })), ["python3", "main.py"]],
  [
    "python: an extension beside a folder of its types",
    [
      text(`${packages}/cryptography/fernet.py`, ""),
      text(`${packages}/cryptography/__init__.py`, ""),
      file(`${packages}/cryptography/hazmat/bindings/_rust.abi3.so`, elf({ type: 3 }), 0o644),
      text(`${packages}/cryptography/hazmat/bindings/_rust/x509.pyi`, ""),
      text("app/main.py", "from cryptography.fernet import Fernet\n"),
    ],
    ["python3", "main.py"],
  ],
  [
    "python: an extension that needs versions, on musl",
    [
      file("usr/bin/python3.11", elf({ interpreter: "/lib/ld-musl-x86_64.so.1" })),
      file("lib/ld-musl-x86_64.so.1", elf({ type: 3 })),
      file("usr/lib/libstdc++.so.6", elf({ type: 3, soname: "libstdc++.so.6", versions: ["GLIBCXX_3.4.30"] })),
      ...core({ "_core.abi3.so": elf({ type: 3, needed: ["libstdc++.so.6"], versionNeeds: { "libstdc++.so.6": ["GLIBCXX_3.4.32"] } }) }),
      main,
    ],
    ["python3", "main.py"],
  ],
  [
    "python: an extension whose library lies in the package",
    [
      ...withGlibc("usr/bin/python3.11"),
      ...core({ "_core.abi3.so": elf({ type: 3, needed: ["libpq-1a2b.so.5.17", "libz.so.1", "libcuda.so.1"] }) }),
      file(`${packages}/fast.libs/libpq-1a2b.so.5.17`, elf({ type: 3 }), 0o644),
      file("opt/odd/zlib.so", elf({ type: 3, soname: "libz.so.1" })),
      main,
    ],
    ["python3", "main.py"],
  ],
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
