import { imagesOf } from "../corpusImage";
import { link, program, tree, type Layer } from "../layer";
import { debian, pypi } from "../parts";
import { packages, loop, asgi, wsgi, usual, installed, commandOf, project, on, serving } from "./pythonProject";

/** A virtual environment with gunicorn, where it was made and where it is. */
const environment = (at: string, made = at, python = "/usr/local/bin/python3", version = "3.11"): Layer => ({
  [`${at}/pyvenv.cfg`]: `home = /usr/local/bin\nimplementation = CPython\nversion = ${version}.2\n`,
  [`${at}/bin/python`]: link(python),
  [`${at}/bin/python3`]: link("python"),
  [`${at}/bin/gunicorn`]: commandOf("gunicorn.app.wsgiapp", "run", `/${made}/bin/python`),
  ...installed(["gunicorn==23.0.0", "packaging==25.0"], `${at}/lib/python${version}/site-packages`),
});
const libraryFolder = "usr/lib/x86_64-linux-gnu";

export const pythonEnvironments = [
  ...imagesOf("interpreter's argument", {
    "virtual-environment-that-was-moved-and-is-called-by-python": project({ "app.py": wsgi }, ["python", "-m", "gunicorn", "app:app"], {
      others: environment("srv/venv", "build/venv"),
      Env: { PATH: `/srv/venv/bin:${usual}`, VIRTUAL_ENV: "/srv/venv" },
      ...serving,
    }),
    "virtual-environment-of-poetry": on(
      "python",
      project({ "app.py": wsgi }, ["gunicorn", "-b", "0.0.0.0:8000", "app:app"], {
        others: environment("code/.venv"),
        Env: { PATH: `/code/.venv/bin:${usual}`, VIRTUAL_ENV: "/code/.venv", PYTHONUNBUFFERED: "1" },
        User: "10001",
        ...serving,
      }),
    ),
    "packages-of-a-folder-of-their-own": on(
      "python",
      project({ "app.py": wsgi }, ["python", "-m", "gunicorn", "app:app"], {
        others: installed(["gunicorn==23.0.0", "packaging==25.0"], "deps"),
        Env: { PYTHONPATH: "/deps", PYTHONDONTWRITEBYTECODE: "1" },
        ...serving,
      }),
    ),
    "packages-of-a-users-home": on(
      "python",
      project({ "app.py": wsgi }, ["gunicorn", "app:app"], {
        others: {
          "etc/passwd": "root:x:0:0:root:/root:/bin/bash\napp:x:1001:1001::/home/app:/bin/sh\n",
          "etc/group": "root:x:0:\napp:x:1001:\n",
          "home/app/.local/bin/gunicorn": commandOf("gunicorn.app.wsgiapp", "run", "/usr/local/bin/python"),
          ...installed(["gunicorn==23.0.0", "packaging==25.0"], "home/app/.local/lib/python3.11/site-packages"),
        },
        Env: { PATH: `/home/app/.local/bin:${usual}` },
        User: "app",
        ...serving,
      }),
    ),
    "interpreter-of-distroless": {
      base: "distroless",
      files: {
        "usr/bin/python3.11": program(debian("python3.11-minimal"), "usr/bin/python3.11"),
        "usr/bin/python3": link("python3.11"),
        "usr/lib/python3.11": tree(debian("libpython3.11-minimal"), "usr/lib/python3.11"),
        "usr/lib/python3.11/.": tree(debian("libpython3.11-stdlib"), "usr/lib/python3.11"),
        [libraryFolder]: tree(debian("zlib1g"), "lib/x86_64-linux-gnu"),
        [`${libraryFolder}/.`]: tree(debian("libexpat1"), "lib/x86_64-linux-gnu"),
        "app/app.py": `import json\nimport shop\n${loop}`,
        "app/site-packages/shop.py": "",
      },
      WorkingDir: "/app",
      Env: { PYTHONPATH: "/app/site-packages" },
      User: "nonroot",
      Entrypoint: ["/usr/bin/python3", "-u"],
      Cmd: ["app.py"],
      ...serving,
    },
    "modules-of-a-newer-python-in-a-virtual-environment": on(
      "python",
      project({ "app.py": wsgi }, ["gunicorn", "app:app"], {
        others: environment("opt/venv", "opt/venv", "/usr/local/bin/python3", "3.12"),
        Env: { PATH: `/opt/venv/bin:${usual}` },
      }),
    ),
    "packages-copied-without-their-programs": on(
      "python",
      project({ "app.py": wsgi }, ["gunicorn", "app:app"], { others: installed(["gunicorn==23.0.0", "packaging==25.0"]) }),
    ),
    "packages-of-another-python-copied": on(
      "python",
      project({ "main.py": "import click\n" }, ["python", "main.py"], {
        others: installed(["click==8.3.0"], "usr/local/lib/python3.12/site-packages"),
      }),
    ),
    "path-of-python-replaced-by-the-task": project({ "src/shop/__init__.py": "", "src/shop/__main__.py": loop }, ["python", "-m", "shop"], {
      Env: { PYTHONPATH: "/code/src" },
      task: { environment: { PYTHONPATH: "/opt/otel" } },
    }),
  }),
  ...imagesOf("interpreter", {
    "virtual-environment-of-an-official-image-on-distroless": {
      base: "distroless",
      files: { ...environment("app/.venv"), "app/app.py": wsgi },
      WorkingDir: "/app",
      Cmd: ["/app/.venv/bin/gunicorn", "app:app"],
    },
  }),
  ...imagesOf("native package", {
    "numpy-with-its-own-libraries": on(
      "python",
      project({ "main.py": `import numpy\n\nprint(numpy.dot(numpy.ones(2), numpy.ones(2)))\n${loop}` }, ["python", "main.py"], {
        others: installed(["numpy==2.2.6"]),
        ...serving,
      }),
    ),
    "cryptography-of-any-python": on(
      "python",
      project({ "main.py": `from cryptography.fernet import Fernet\n\nprint(Fernet.generate_key())\n${loop}` }, ["python", "main.py"], {
        others: installed(["cryptography==46.0.2", "cffi==2.0.0", "pycparser==2.23"]),
        User: "nobody",
        ...serving,
      }),
    ),
    "psycopg2-with-its-own-libraries": on(
      "python",
      project({ "main.py": `import psycopg2\n\nprint(psycopg2.__libpq_version__)\n${loop}` }, ["python", "main.py"], {
        others: installed(["psycopg2-binary==2.9.11"]),
        ...serving,
      }),
    ),
    "loop-of-uvicorns-standard-parts": project({ "main.py": asgi }, ["uvicorn", "main:app", "--loop", "uvloop", "--http", "httptools"], {
      others: installed(["uvloop==0.21.0", "httptools==0.6.4"]),
      ...serving,
    }),
    "cryptography-of-a-mac": on(
      "python",
      project({ "main.py": "from cryptography.fernet import Fernet\n" }, ["python", "main.py"], {
        others: installed([pypi("cryptography==46.0.2", "macosx_11_0_arm64"), "cffi==2.0.0", "pycparser==2.23"]),
      }),
    ),
  }),
  ...imagesOf("library missing", {
    "lxml-of-the-builder-without-libxslt": on(
      "python",
      project({ "main.py": "from lxml import etree\n" }, ["python", "main.py"], {
        others: { [packages]: tree(debian("python3-lxml"), "usr/lib/python3/dist-packages") },
      }),
    ),
  }),
];
