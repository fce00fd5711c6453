import { imagesOf, type Recipe } from "../corpusImage";
import { link, program, removed, script, tree, type Layer } from "../layer";
import { debian } from "../parts";

const serving = { serves: true } as const;
const loop = "import threading\n\nthreading.Event().wait()\n";
const wsgi = "def app(environ, start_response):\n    start_response('200 OK', [])\n    return [b'ok']\n";

const shop = (files: Layer, Cmd: string[], more: Layer = {}): Recipe => ({
  base: "python-web",
  files: { ...more, ...Object.fromEntries(Object.entries(files).map(([path, content]) => [`srv/shop/${path}`, content])) },
  WorkingDir: "/srv/shop",
  Cmd,
});
const libraries = "usr/lib/x86_64-linux-gnu";
const withoutSqlite: Layer = { [`${libraries}/libsqlite3.so.0`]: removed, [`${libraries}/libsqlite3.so.0.8.6`]: removed };
const withoutOpenssl: Layer = { [`${libraries}/libssl.so.3`]: removed };
/** What `apt-get install python3-minimal` brings beside the Python that was compiled, and `python3`. */
const minimal: Layer = {
  "usr/bin/python3.11": program(debian("python3.11-minimal"), "usr/bin/python3.11"),
  "usr/bin/python3": link("python3.11"),
  "usr/lib/python3.11": tree(debian("libpython3.11-minimal"), "usr/lib/python3.11"),
  "etc/python3.11/sitecustomize.py": "",
};
const ofApt: Layer = { ...minimal, "usr/lib/python3.11/.": tree(debian("libpython3.11-stdlib"), "usr/lib/python3.11") };
const logging = ["gunicorn", "--access-logfile", "/var/log/shop/access.log", "main:app"];

/** Parts of Python, and where it looks for packages. */
export const pythonParts = [
  ...imagesOf("library missing", {
    "sqlite-of-python-without-its-library": shop({ "main.py": `import sqlite3\n${loop}` }, ["python", "main.py"], withoutSqlite),
    "sqlite-of-python-that-is-tried": {
      ...shop(
        { "main.py": `try:\n    import sqlite3\nexcept ImportError:\n    sqlite3 = None\n${loop}` },
        ["python", "main.py"],
        withoutSqlite,
      ),
      ...serving,
    },
    "gunicorn-without-openssl": shop({ "main.py": wsgi }, ["gunicorn", "main:app"], withoutOpenssl),
    "urllib-without-openssl": {
      ...shop({ "main.py": `import urllib.request\n${loop}` }, ["python", "main.py"], withoutOpenssl),
      ...serving,
    },
  }),
  ...imagesOf("interpreter's argument", {
    "python-of-apt-and-packages-of-a-compiled-one": shop({ "main.py": `import flask\n${loop}` }, ["/usr/bin/python3", "main.py"], ofApt),
    "python-of-apt-that-is-told-of-packages": {
      ...shop({ "main.py": `import flask\n${loop}` }, ["/usr/bin/python3", "main.py"], ofApt),
      Env: { PYTHONPATH: "/usr/local/lib/python3.11/site-packages" },
      ...serving,
    },
    "compiled-python-and-packages-of-apt": shop({ "main.py": `import acme\n${loop}` }, ["python", "main.py"], {
      "usr/lib/python3/dist-packages/acme.py": "",
    }),
    "python-minimal-without-json": shop({ "main.py": `import json\n${loop}` }, ["/usr/bin/python3", "main.py"], minimal),
    "python-minimal-for-a-small-program": {
      ...shop({ "main.py": `import os\n${loop}` }, ["/usr/bin/python3", "main.py"], minimal),
      ...serving,
    },
    "workers-of-a-configuration-that-are-not-installed": shop(
      { "main.py": wsgi, "gunicorn.conf.py": 'bind = "127.0.0.1:8000"\nworker_class = "gevent"\n' },
      ["gunicorn", "main:app"],
    ),
    "log-of-gunicorn-in-a-folder-that-a-script-makes": {
      ...shop({ "main.py": wsgi }, ["/start.sh"], {
        "start.sh": script(`#!/bin/sh\nset -e\nmkdir -p /var/log/shop\nexec ${logging.join(" ")}\n`),
      }),
      ...serving,
    },
  }),
];
