import { file, folder, link } from "../../testing/testImage";
import { text, type Dies } from "./runtimeCase";

export const pythonDies: Dies[] = [
  [
    "python: a module where an account of Debian's lives in /dev",
    "FL2143",
    [text("etc/passwd", "root:x:0:0:root:/root:/bin/bash\nsys:x:3:3:sys:/dev:/usr/sbin/nologin\n"), text("app/main.py", "import acme\n")],
    ["python3", "main.py"],
  ],
  ["python: a file that is not there", "FL2140", [], ["python3", "main.py"]],
  ["python: a file behind options", "FL2140", [], ["python3", "-u", "-W", "ignore", "-X", "dev", "main.py"]],
  ["python: a folder without __main__", "FL2140", [text("app/src/app.py", "")], ["python3", "src"]],
  ["python: root's file, run as another", "FL2141", [file("app/main.py", "", 0o600)], ["python3", "main.py"], { user: "1000" }],
  [
    "python: an import behind the usual preparations",
    "FL2143",
    [text("app/main.py", "import logging, os\nlogging.basicConfig()\nif os.sep:\n    x = 1\nfrom flask import Flask\n")],
    ["python3", "main.py"],
  ],
  ["python: a module that is not there", "FL2143", [], ["python3", "-m", "uvicorn", "app:app"]],
  ["python: a module behind -u", "FL2143", [], ["python3", "-um", "acme.worker"]],
  ["python: a package without __main__", "FL2143", [text("app/acme/__init__.py", "")], ["python3", "-m", "acme"]],
  ["python: a module of a package that is not there", "FL2143", [text("app/acme/__init__.py", "")], ["python3", "-m", "acme.worker"]],
  [
    "python: a package that is not installed",
    "FL2143",
    [text("app/main.py", '"""Docs\nimport nothing\n"""\nimport os\nfrom flask import (\n  Flask,\n)\n')],
    ["python3", "main.py"],
  ],
  [
    "python: a package that a module of the program's imports",
    "FL2143",
    [
      text("app/main.py", "from acme import web\n"),
      text("app/acme/__init__.py", ""),
      text("app/acme/web.py", "from .settings import x\n"),
      text("app/acme/settings.py", "import pydantic\nx = 1\n"),
    ],
    ["python3", "main.py"],
  ],
  [
    "python: packages of another version",
    "FL2143",
    [text("app/main.py", "import flask\n"), text("usr/local/lib/python3.12/site-packages/flask/__init__.py", "")],
    ["python3", "main.py"],
  ],
  [
    "python: an environment without the system's packages",
    "FL2143",
    [
      text("venv/pyvenv.cfg", "home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.11.2\n"),
      link("venv/bin/python", "/usr/bin/python3"),
      folder("venv/lib/python3.11/site-packages"),
      text("app/main.py", "import flask\n"),
      text("usr/local/lib/python3.11/dist-packages/flask/__init__.py", ""),
    ],
    ["/venv/bin/python", "main.py"],
  ],
  [
    "python: a package that is not installed, behind one that is well known",
    "FL2143",
    [
      text("app/main.py", "import os, shutil\nfrom flask import Flask\nimport psycopg2\napp = Flask(__name__)\nshutil.rmtree('/tmp/x')\n"),
      text("usr/local/lib/python3.11/dist-packages/flask/__init__.py", ""),
    ],
    ["python3", "main.py"],
  ],
];
