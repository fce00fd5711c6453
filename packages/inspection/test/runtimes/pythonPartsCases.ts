import { elf, file, folder, link, type Entry } from "../../testing/testImage";
import { text, withGlibc, type Dies, type Lives } from "./runtimeCase";

const main = (content: string) => text("app/main.py", content);
/** An extension module of Python's own, and the libraries that it needs. */
const extension = (name: string, ...needed: string[]) =>
  file(`usr/lib/python3.11/lib-dynload/${name}.cpython-311-x86_64-linux-gnu.so`, elf({ type: 3, needed }), 0o644);
const glibc = withGlibc("usr/bin/python3.11");
const flask = (packages: string) => text(`${packages}/flask/__init__.py`, "");
const environment = (more: string): Entry[] => [
  text("venv/pyvenv.cfg", `home = /usr/bin\n${more}`),
  link("venv/bin/python", "/usr/bin/python3"),
  folder("venv/lib/python3.11/site-packages"),
];
/** A Python that was compiled, as in Python's own images. */
const compiled: Entry[] = [file("usr/local/bin/python3.11", elf()), text("usr/local/lib/python3.11/os.py", "")];
const gunicorn = [
  file("usr/local/bin/gunicorn", "#!/usr/bin/python3\nfrom gunicorn.app.wsgiapp import run\nrun()\n"),
  ...["__init__.py", "app/__init__.py", "app/wsgiapp.py"].map((name) =>
    text(`usr/local/lib/python3.11/dist-packages/gunicorn/${name}`, ""),
  ),
];

/** Seen with Debian 12's Python 3.11, without the packages that bring the libraries, and with those of `python3-minimal` alone. */
export const pythonPartsDies: Dies[] = [
  ["python: a part of Python's that a small installation lacks", "FL2143", [main("import os\nimport asyncio\n")], ["python3", "main.py"]],
  ["python: a part of Python's that is run", "FL2143", [], ["python3", "-m", "venv", "/tmp/x"]],
  ["python: what newer versions dropped", "FL2143", [main("from distutils.version import LooseVersion\n")], ["python3", "main.py"]],
  [
    "python: sqlite3 without SQLite",
    "FL2144",
    [...glibc, extension("_sqlite3", "libsqlite3.so.0"), main("import sqlite3\n")],
    ["python3", "main.py"],
  ],
  ["python: gunicorn without OpenSSL", "FL2144", [...glibc, extension("_ssl", "libssl.so.3"), ...gunicorn], ["gunicorn", "main:app"]],
  [
    "python: packages of a compiled Python, by Debian's",
    "FL2143",
    [main("import flask\n"), flask("usr/local/lib/python3.11/site-packages")],
    ["python3", "main.py"],
  ],
  [
    "python: packages of apt, by a compiled Python",
    "FL2143",
    [...compiled, main("import flask\n"), flask("usr/lib/python3/dist-packages")],
    ["python3.11", "main.py"],
  ],
  [
    "python: packages that root installed for itself",
    "FL2143",
    [main("import flask\n"), folder("root", 0o700), flask("root/.local/lib/python3.11/site-packages")],
    ["python3", "main.py"],
    { user: "1000" },
  ],
  [
    "python: packages of a user, by an environment",
    "FL2143",
    [...environment("include-system-site-packages = false\n"), main("import flask\n"), flask("root/.local/lib/python3.11/site-packages")],
    ["/venv/bin/python", "main.py"],
  ],
];

export const pythonPartsLives: Lives[] = [
  [
    "python: sqlite3",
    [...glibc, extension("_sqlite3", "libsqlite3.so.0"), file("opt/libsqlite3.so.0", elf({ type: 3 })), main("import sqlite3\n")],
    ["python3", "main.py"],
  ],
  ["python: sqlite3 that is part of the interpreter", [...glibc, main("import sqlite3\n")], ["python3", "main.py"]],
  [
    "python: sqlite3 that is tried",
    [...glibc, extension("_sqlite3", "libsqlite3.so.0"), main("try:\n    import sqlite3\nexcept ImportError:\n    sqlite3 = None\n")],
    ["python3", "main.py"],
  ],
  [
    "python: another package in place of sqlite3",
    [
      ...glibc,
      extension("_sqlite3", "libsqlite3.so.0"),
      main('__import__("pysqlite3")\nimport sys\nsys.modules["sqlite3"] = sys.modules.pop("pysqlite3")\nimport sqlite3\n'),
    ],
    ["python3", "main.py"],
    { unrun: true },
  ],
  [
    "python: a module of the program's called ssl",
    [...glibc, extension("_ssl", "libssl.so.3"), text("app/ssl.py", ""), main("import ssl\n")],
    ["python3", "main.py"],
  ],
  [
    "python: what goes on without OpenSSL",
    [...glibc, extension("_ssl", "libssl.so.3"), main("import urllib.request\n")],
    ["python3", "main.py"],
  ],
  [
    "python: distutils of setuptools",
    [main("import distutils.version\n"), text("usr/lib/python3/dist-packages/setuptools/__init__.py", "")],
    ["python3", "main.py"],
  ],
  [
    "python: what newer versions dropped, by a package",
    [main("import cgi\n"), text("usr/lib/python3/dist-packages/cgi.py", "")],
    ["python3", "main.py"],
  ],
  ["python: a standard library in an archive", [text("usr/lib/python311.zip", "PK"), main("import asyncio\n")], ["python3", "main.py"]],
  [
    "python: an environment that says nothing of the system's packages",
    [...environment("version = 3.11.2\n"), main("import flask\n"), flask("usr/lib/python3/dist-packages")],
    ["/venv/bin/python", "main.py"],
  ],
  [
    "python: root's packages that others may read",
    [main("import flask\n"), folder("root", 0o755), flask("root/.local/lib/python3.11/site-packages")],
    ["python3", "main.py"],
    { user: "1000", environment: ["HOME=/root"] },
  ],
  [
    "python: packages of a compiled Python",
    [...compiled, main("import flask\n"), flask("usr/local/lib/python3.11/site-packages")],
    ["python3.11", "main.py"],
  ],
];

/** It may be part of the interpreter. */
export const pythonPartsPerhaps: Dies[] = [
  [
    "python: SQLite that was not there as Python was compiled",
    "FL2144",
    [...glibc, extension("_bz2"), extension("_lzma"), main("import sqlite3\n")],
    ["python3", "main.py"],
  ],
];
