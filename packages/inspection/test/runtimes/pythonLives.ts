import { file, folder, link } from "../../testing/testImage";
import { text, type Lives } from "./runtimeCase";

export const pythonLives: Lives[] = [
  [
    "python: an empty entry of PYTHONPATH",
    [text("app/src/main.py", "import acme\n"), text("app/acme.py", "")],
    ["python3", "src/main.py"],
    { environment: ["PYTHONPATH=:/other"] },
  ],
  [
    "python: packages of PYTHONUSERBASE",
    [text("app/main.py", "import acme\n"), text("opt/user/lib/python3.11/site-packages/acme.py", "")],
    ["python3", "main.py"],
    { environment: ["PYTHONUSERBASE=/opt/user"] },
  ],
  [
    "python: packages below the home of the account",
    [
      text("app/main.py", "import acme\n"),
      text("etc/passwd", "root:x:0:0::/root:/bin/sh\nweb:x:1000:1000::/srv/web:/bin/sh\n"),
      text("srv/web/.local/lib/python3.11/site-packages/acme.py", ""),
    ],
    ["python3", "main.py"],
    { user: "web" },
  ],
  [
    "python: sys by another name",
    [text("app/main.py", "import sys as system\nsystem.path.append('lib')\nimport acme\n"), text("app/lib/acme.py", "")],
    ["python3", "main.py"],
  ],
  [
    "python: an import behind what never returns",
    [text("app/main.py", "import time\ndef main():\n    time.sleep(1e9)\nmain()\nimport acme\n")],
    ["python3", "main.py"],
  ],
  [
    "python: imports in a text and in a block of one line",
    [text("app/main.py", 'SETUP = "import a; import acme"\nif False: import b; import acme\n')],
    ["python3", "main.py"],
  ],
  [
    "python: an import behind a block that may end it",
    [text("app/main.py", "import sys\nif len(sys.argv) < 2:\n    sys.exit(0)\nimport acme\n")],
    ["python3", "main.py"],
  ],
  [
    "python: modules that a package makes up",
    [text("app/main.py", "import jpype\nfrom java.util import List\n"), text("usr/lib/python3/dist-packages/jpype/__init__.py", "")],
    ["python3", "main.py"],
  ],
  [
    "python: a file",
    [text("app/main.py", "import os, sys, json\nimport http.server as s\nfrom urllib.request import urlopen\n")],
    ["python3", "-u", "main.py", "--port", "80"],
  ],
  ["python: a text", [], ["python3", "-c", "print(1)"]],
  ["python: a folder with __main__", [text("app/src/__main__.py", "")], ["python3", "src"]],
  ["python: a module of the standard library", [], ["python3", "-m", "json.tool", "--help"]],
  [
    "python: a module of the working directory",
    [text("app/worker.py", "import helper\n"), text("app/helper.py", "")],
    ["python3", "-m", "worker"],
  ],
  ["python: a package with __main__", [text("app/acme/__init__.py", ""), text("app/acme/__main__.py", "")], ["python3", "-m", "acme"]],
  [
    "python: a package without __init__",
    [text("app/acme/web.py", "import acme.settings\nfrom acme import settings\n"), text("app/acme/settings.py", "")],
    ["python3", "-m", "acme.web"],
  ],
  [
    "python: PYTHONPATH",
    [text("app/main.py", "import lib\n"), text("srv/lib.py", "")],
    ["python3", "main.py"],
    { environment: ["PYTHONPATH=/srv"] },
  ],
  [
    "python: PYTHONPATH, relative",
    [text("app/src/main.py", "import lib\n"), text("app/lib.py", "")],
    ["python3", "src/main.py"],
    { environment: ["PYTHONPATH=."] },
  ],
  [
    "python: beside the file that a link leads to",
    [text("srv/main.py", "import lib\n"), text("srv/lib.py", ""), link("app/main.py", "/srv/main.py")],
    ["python3", "main.py"],
  ],
  [
    "python: sys.path",
    [text("app/main.py", 'import sys\nsys.path.insert(0, "/srv")\nimport lib\n'), text("srv/lib.py", "")],
    ["python3", "main.py"],
  ],
  [
    "python: from sys import path",
    [text("app/main.py", 'from sys import path\npath.insert(0, "/srv")\nimport lib\n'), text("srv/lib.py", "")],
    ["python3", "main.py"],
  ],
  [
    "python: an optional import",
    [text("app/main.py", "try:\n    import uvloop\nexcept ImportError:\n    uvloop = None\nif False:\n    import nowhere\n")],
    ["python3", "main.py"],
  ],
  [
    "python: types alone",
    [text("app/main.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import nowhere\ndef f():\n    import nowhere\n")],
    ["python3", "main.py"],
  ],
  [
    "python: imports in texts",
    [text("app/main.py", 'x = """\nimport nowhere\n"""\ny = \'\'\'a\'\'\'; z = """b"""\n"""\nfrom nowhere import x\n"""\n')],
    ["python3", "main.py"],
  ],
  [
    "python: texts with quotes in them",
    [text("app/main.py", 'x = "it\'s" # don\'t\ny = \'a """ b\'\nz = """c \\"""" if False else 1\nimport os\n')],
    ["python3", "main.py"],
  ],
  [
    "python: an import over several lines",
    [
      text("app/main.py", "from lib import (\n    # a comment\n    a,\n    b as c,\n)\nfrom lib import a, \\\n    b\n"),
      text("app/lib.py", "a = b = 1\n"),
    ],
    ["python3", "main.py"],
  ],
  [
    "python: a raise before it",
    [text("app/main.py", "import sys\nsys.exit(0)\nimport nowhere\n")],
    ["python3", "main.py"],
    { unrun: true },
  ],
  [
    "python: an environment",
    [
      text("venv/pyvenv.cfg", "home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.11.2\n"),
      link("venv/bin/python", "/usr/bin/python3"),
      text("venv/lib/python3.11/site-packages/flask/__init__.py", ""),
      text("app/main.py", "import flask\n"),
    ],
    ["/venv/bin/python", "main.py"],
  ],
  [
    "python: an environment with the system's packages",
    [
      text("venv/pyvenv.cfg", "home = /usr/bin\ninclude-system-site-packages = true\nversion = 3.11.2\n"),
      link("venv/bin/python", "/usr/bin/python3"),
      folder("venv/lib/python3.11/site-packages"),
      text("usr/local/lib/python3.11/dist-packages/flask/__init__.py", ""),
      text("app/main.py", "import flask\n"),
    ],
    ["/venv/bin/python", "main.py"],
  ],
  [
    "python: an environment's script",
    [
      text("venv/pyvenv.cfg", "home = /usr/bin\nversion = 3.11.2\n"),
      link("venv/bin/python", "/usr/bin/python3"),
      text("venv/lib/python3.11/site-packages/flask/__init__.py", ""),
      file("venv/bin/serve", "#!/venv/bin/python\nimport flask\n"),
    ],
    ["/venv/bin/serve"],
  ],
  [
    "python: a folder of a .pth",
    [
      text("usr/local/lib/python3.11/dist-packages/acme.pth", "/srv/src\n"),
      text("srv/src/acme/__init__.py", ""),
      text("app/main.py", "import acme\n"),
    ],
    ["python3", "main.py"],
  ],
  [
    "python: a finder of a .pth",
    [
      text("usr/local/lib/python3.11/dist-packages/__editable__.acme-1.pth", "import finder_of_acme; finder_of_acme.install()\n"),
      text("usr/local/lib/python3.11/dist-packages/finder_of_acme.py", 'import sys\ndef install(): sys.path.append("/srv/src")\n'),
      text("srv/src/acme/__init__.py", ""),
      text("app/main.py", "import acme\n"),
    ],
    ["python3", "main.py"],
  ],
  [
    "python: sitecustomize",
    [
      text("usr/local/lib/python3.11/dist-packages/sitecustomize.py", 'import sys\nsys.path.append("/srv/src")\n'),
      text("usr/local/lib/python3.11/dist-packages/usercustomize.py", 'import sys\nsys.path.append("/srv/src")\n'),
      text("srv/src/acme.py", ""),
      text("app/main.py", "import acme\n"),
    ],
    ["python3", "main.py"],
    { unrun: true },
  ],
  [
    "python: a package in parts",
    [
      text("app/ns/a/__init__.py", ""),
      text("usr/local/lib/python3.11/dist-packages/ns/b/__init__.py", ""),
      text("app/main.py", "import ns.a\nimport ns.b\nfrom ns import b\n"),
    ],
    ["python3", "main.py"],
  ],
  [
    "python: a package that makes its modules up",
    [
      text("app/acme/__init__.py", "import sys, types\nsys.modules['acme.made'] = types.ModuleType('acme.made')\n"),
      text("app/main.py", "import acme.made\n"),
    ],
    ["python3", "main.py"],
  ],
  ["python: an extension", [text("app/main.py", "import _ctypes_x_missing_is_private as x\n")], ["python3", "main.py"], { unrun: true }],
  [
    "python: a circle of imports",
    [text("app/main.py", "import a\n"), text("app/a.py", "import b\n"), text("app/b.py", "import a\nimport main\n")],
    ["python3", "main.py"],
  ],
  [
    "python: quotes in a text of several lines",
    [text("app/main.py", 'HELP = """\nSay \\""" and\nimport missing_thing\n"""\n')],
    ["python3", "main.py"],
  ],
  [
    "python: quotes in a text of several lines, where it begins",
    [text("app/main.py", 'HELP = """Say \\""" and\nimport missing_thing\n"""\n')],
    ["python3", "main.py"],
  ],
  [
    "python: a module that the program makes in a block",
    [
      text(
        "app/main.py",
        'import os, shutil\nif not os.path.exists("plugin.py"):\n    shutil.copy("/etc/plugin", "plugin.py")\nimport plugin\n',
      ),
    ],
    ["python3", "main.py"],
  ],
  [
    "python: a module that the program writes",
    [text("app/main.py", 'written = open("/app/plugin.py", "w").write("")\nimport plugin\n')],
    ["python3", "main.py"],
  ],
];
