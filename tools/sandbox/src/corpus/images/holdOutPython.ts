import { beyond, toldAlone } from "../classes";
import { imagesOf, shellForm, type Recipe } from "../corpusImage";
import { folder, link, removed, script, tree, type Layer } from "../layer";
import { debian, pypi } from "../parts";
import { asgi, commandOf, installed, loop, packages, serving } from "./pythonProject";

const flask = "from flask import Flask\n\napp = Flask(__name__)\n\n\ndef create(name='web'):\n    return app\n";
/** A project in /srv/shop, on an image with Flask, gunicorn and uvicorn. */
const project = (files: Layer, Cmd: string[], { others = {}, ...more }: Recipe & { others?: Layer } = {}): Recipe => ({
  base: "python-web",
  files: { ...others, ...Object.fromEntries(Object.entries(files).map(([path, content]) => [`srv/shop/${path}`, content])) },
  WorkingDir: "/srv/shop",
  Cmd,
  ...more,
});
const celery: Layer = {
  ...installed([
    ...[pypi("celery==5.5.3"), pypi("kombu==5.5.4"), pypi("billiard==4.2.2", "any"), pypi("vine==5.1.0"), pypi("amqp==5.3.1")],
    ...[pypi("click-didyoumean==0.3.1"), pypi("click-plugins==1.1.1.2"), pypi("click-repl==0.3.0"), pypi("prompt-toolkit==3.0.52")],
    ...[pypi("wcwidth==0.2.14"), pypi("python-dateutil==2.9.0.post0"), pypi("six==1.17.0"), pypi("tzdata==2025.2")],
  ]),
  "usr/local/bin/celery": commandOf("celery.__main__", "main"),
};
const tasks = "from celery import Celery\n\napp = Celery('shop', broker='memory://')\n";

const fastapiOf = (core: ReturnType<typeof pypi>) =>
  installed([
    ...[pypi("fastapi==0.118.0"), pypi("starlette==0.48.0"), pypi("pydantic==2.11.10"), pypi("annotated-types==0.7.0"), core],
    ...[pypi("typing-extensions==4.15.0"), pypi("typing-inspection==0.4.2"), pypi("anyio==4.11.0"), pypi("sniffio==1.3.1")],
    ...[pypi("idna==3.10")],
  ]);
const fastapi = "from fastapi import FastAPI\n\napp = FastAPI()\n";
const served = (core: ReturnType<typeof pypi>, more: Recipe = {}) =>
  project({ "main.py": fastapi }, ["uvicorn", "main:app"], { others: fastapiOf(core), ...more });
const core = (platform: string) => pypi("pydantic-core==2.33.2", platform);

/** psycopg2 as pip compiles it: it needs PostgreSQL's own library. */
const psycopg2: Layer = { [packages]: tree(debian("python3-psycopg2"), "usr/lib/python3/dist-packages") };
const libraries = ["libpq5", "libldap-2.5-0", "libsasl2-2", "libgnutls30", "libp11-kit0", "libidn2-0", "libunistring2", "libtasn1-6"];
const postgresLibraries: Layer = Object.fromEntries(
  [...libraries, "libnettle8", "libhogweed6"].map((name, index) => [
    `usr/lib/x86_64-linux-gnu${"/.".repeat(index)}`,
    tree(debian(name), "usr/lib/x86_64-linux-gnu"),
  ]),
);

const virtual = (interpreter: string, shebang: string, at = "srv/shop/.venv"): Layer => ({
  [`${at}/pyvenv.cfg`]: "home = /usr/local/bin\nimplementation = CPython\ninclude-system-site-packages = true\n",
  [`${at}/bin/python`]: link(interpreter),
  [`${at}/bin/python3`]: link("python"),
  [`${at}/lib/python3.11/site-packages`]: folder(),
  [`${at}/bin/uvicorn`]: commandOf("uvicorn.main", "main", shebang),
});
const venvPath = { PATH: "/opt/venv/bin:/usr/local/bin:/usr/bin:/bin", VIRTUAL_ENV: "/opt/venv" };
/** What `pip install -e` leaves in a virtual environment. */
const editable = (source: string): Layer => ({
  ...virtual("/usr/local/bin/python3.11", "/opt/venv/bin/python", "opt/venv"),
  "opt/venv/lib/python3.11/site-packages/__editable__.shop-1.0.pth": `${source}\n`,
});
/** A program in a zip file, of which the second has no __main__.py. */
const zipped =
  "UEsDBBQAAAAAAAAAIVAGHuE8CQAAAAkAAAALAAAAX19tYWluX18ucHlwcmludCgxKQpQSwECFAMUAAAAAAAAACFQBh7hPAkAAAAJAAAACwAAAAAAAAAAAAAAgAEAAAAAX19tYWluX18ucHlQSwUGAAAAAAEAAQA5AAAAMgAAAAAA";
const zippedWithoutMain =
  "UEsDBBQAAAAAAAAAIVAGHuE8CQAAAAkAAAAHAAAAbWFpbi5weXByaW50KDEpClBLAQIUAxQAAAAAAAAAIVAGHuE8CQAAAAkAAAAHAAAAAAAAAAAAAACAAQAAAABtYWluLnB5UEsFBgAAAAABAAEANQAAAC4AAAAAAA==";

export const holdOutPython = [
  ...imagesOf("interpreter's argument", {
    "django-folder-in-a-folder": project({ "shop/shop/wsgi.py": flask, "shop/manage.py": loop }, ["gunicorn", "shop.wsgi:app"]),
    "workdir-is-the-package-itself": project({ "app/__init__.py": "", "app/main.py": asgi }, ["uvicorn", "app.main:app"], {
      WorkingDir: "/srv/shop/app",
    }),
    "celery-app-is-called-otherwise": project({ "shop/tasks.py": tasks }, ["celery", "-A", "worker", "worker", "-l", "info"], {
      others: celery,
    }),
    "gunicorn-worker-class-not-installed": project({ "app.py": flask }, ["gunicorn", "-k", "gevent", "app:app"]),
    "uvicorn-of-the-builder-alone": { ...project({ "main.py": asgi }, shellForm("uvicorn main:app --port ${PORT:-8000}")), base: "python" },
    "zip-without-a-main-module": project({ "app.pyz": { bytes: zippedWithoutMain } }, ["python", "app.pyz"]),
    "module-of-an-editable-install-that-was-not-copied": project({ "README.md": "" }, ["python", "-m", "shop"], {
      others: editable("/build/shop/src"),
      Env: venvPath,
    }),
    "configuration-of-gunicorn-in-another-folder": project({ "app.py": flask, "deploy/gunicorn.conf.py": "" }, [
      "gunicorn",
      "--config",
      "gunicorn_conf.py",
      "app:app",
    ]),
    "python-is-called-python3-here": project({ "main.py": loop }, ["python", "main.py"], { others: { "usr/local/bin/python": removed } }),

    "django-folder-in-a-folder-and-workdir": project({ "shop/shop/wsgi.py": flask }, ["gunicorn", "shop.wsgi:app"], {
      WorkingDir: "/srv/shop/shop",
      ...serving,
    }),
    "celery-worker": project({ "shop/tasks.py": tasks }, ["celery", "-A", "shop.tasks", "worker", "-l", "info", "--pool", "solo"], {
      others: celery,
      ...serving,
    }),
    "celery-before-its-subcommand": project({ "tasks.py": tasks }, ["celery", "--app=tasks:app", "beat", "-s", "/tmp/schedule"], {
      others: celery,
      ...serving,
    }),
    "gunicorn-with-workers-of-uvicorn": project(
      { "main.py": asgi },
      ["gunicorn", "main:app", "-k", "uvicorn.workers.UvicornWorker", "-w", "1"],
      serving,
    ),
    "gunicorn-configuration-by-its-module": project(
      { "shop/__init__.py": flask, "shop/settings.py": "bind = ['0.0.0.0:8000']\n" },
      ["gunicorn", "-c", "python:shop.settings", "shop:create('api')"],
      serving,
    ),
    "python-m-gunicorn": project({ "app.py": flask }, ["python", "-m", "gunicorn", "app:app"], serving),
    "python-path-of-the-task": project({ "src/shop/main.py": asgi }, ["uvicorn", "shop.main:app"], {
      task: { environment: { PYTHONPATH: "/srv/shop/src" } },
      ...serving,
    }),
    "editable-install": project({ "src/shop/__main__.py": loop }, ["python", "-m", "shop"], {
      others: editable("/srv/shop/src"),
      Env: venvPath,
      WorkingDir: "/",
      ...serving,
    }),
    "zip-with-a-main-module": project({ "app.pyz": { bytes: zipped } }, ["python", "app.pyz"]),
    "module-that-is-one-file": project({ "worker.py": loop }, ["python", "-u", "-m", "worker", "--queue", "mail"], serving),
    "compiled-module-alone": project({ "pkg/__init__.py": "", "pkg/run.py": loop }, ["python", "-O", "-m", "pkg.run"], serving),
    "uvicorn-with-an-environment-file": project(
      { "main.py": asgi, ".env": "A=1\n" },
      ["uvicorn", "main:app", "--workers", "2", "--proxy-headers", "--forwarded-allow-ips=*"],
      serving,
    ),
    "migrations-then-server-in-one-text": project(
      { "manage.py": "import sys\nprint(sys.argv)\n", "app.py": flask },
      ["sh", "-c", "python manage.py migrate --noinput && exec gunicorn app:app -b 0.0.0.0:${PORT:-8000}"],
      serving,
    ),
  }),
  ...imagesOf("interpreter", {
    "virtual-environment-of-a-mac": project({ "main.py": asgi }, [".venv/bin/uvicorn", "main:app"], {
      others: virtual("/opt/homebrew/opt/python@3.11/bin/python3.11", "/Users/anna/shop/.venv/bin/python"),
    }),
    "python-of-uv-left-in-the-builder": project({ "main.py": asgi }, ["/srv/shop/.venv/bin/uvicorn", "main:app"], {
      others: virtual("/root/.local/share/uv/python/cpython-3.11.13-linux-x86_64-gnu/bin/python3.11", "/srv/shop/.venv/bin/python"),
    }),
    "virtual-environment-of-a-newer-image": project({ "main.py": asgi }, ["uvicorn", "main:app"], {
      others: virtual("/usr/local/bin/python3.13", "/opt/venv/bin/python", "opt/venv"),
      Env: venvPath,
    }),
    "manage-with-windows-ends": project({ "manage.py": script("#!/usr/bin/env python\r\nprint(1)\r\n") }, ["./manage.py", "runserver"]),
    "virtual-environment-of-uv": project({ "main.py": asgi }, ["uvicorn", "main:app"], {
      others: virtual("/usr/local/bin/python3.11", "/srv/shop/.venv/bin/python"),
      Env: { PATH: "/srv/shop/.venv/bin:/usr/local/bin:/usr/bin:/bin", UV_COMPILE_BYTECODE: "1" },
      ...serving,
    }),
    "script-that-a-shell-and-python-read": project(
      { run: script("#!/bin/sh\n'''exec' /usr/local/bin/python3.11 \"$0\" \"$@\"\n' '''\nimport threading\nthreading.Event().wait()\n") },
      ["./run"],
      serving,
    ),
  }),
  ...imagesOf("not executable", {
    "script-of-python-without-the-bit": project({ "main.py": script(`#!/usr/bin/env python\n${loop}`, 0o644) }, ["./main.py"]),
  }),
  ...imagesOf("library missing", {
    "psycopg2-without-libpq": project({ "main.py": "import psycopg2\n" }, ["python", "main.py"], { others: psycopg2 }),
    "psycopg2-with-libpq": project({ "main.py": "import psycopg2; print(psycopg2.__libpq_version__)\n" }, ["python", "main.py"], {
      others: { ...psycopg2, ...postgresLibraries },
    }),
  }),
  ...imagesOf("native package", {
    "pydantic-of-arm64": served(core("manylinux2014_aarch64")),
    "pydantic-for-alpine": served(core("musllinux_1_1_x86_64")),
    "pydantic-of-a-mac": served(core("macosx_11_0_arm64")),
    "fastapi-with-pydantic": served(core("manylinux2014_x86_64"), serving),
    "fastapi-read-only-as-a-user": served(core("manylinux2014_x86_64"), {
      task: { readonlyRootFilesystem: true, user: "10001" },
      ...serving,
    }),
  }),
  ...imagesOf("health check", {
    "health-check-of-curl-on-slim": project({ "main.py": asgi }, ["uvicorn", "main:app"], {
      task: { healthCheck: ["CMD-SHELL", "curl --fail --silent http://localhost:8000/health || exit 1"] },
    }),
    "health-check-of-python": project({ "app.py": flask }, ["flask", "run"], {
      task: {
        healthCheck: ["CMD", "python", "-c", "import socket; socket.create_connection(('127.0.0.1', 5000), 2)"],
      },
      ...serving,
    }),
  }),
  ...imagesOf("wrapper", {
    "tracer-not-installed": project({ "app.py": flask }, ["ddtrace-run", "gunicorn", "app:app"]),
    "tracer-that-is-a-script": project({ "app.py": flask }, ["trace-run", "gunicorn", "app:app"], {
      others: { "usr/local/bin/trace-run": script("#!/usr/local/bin/python3.11\nimport os, sys\nos.execvp(sys.argv[1], sys.argv[1:])\n") },
      ...serving,
    }),
  }),
  ...imagesOf(toldAlone, {
    "gunicorn-read-only-without-tmp": project({ "app.py": flask }, ["gunicorn", "app:app"], { task: { readonlyRootFilesystem: true } }),
    "gunicorn-read-only-with-shared-memory": project({ "app.py": flask }, ["gunicorn", "--worker-tmp-dir", "/dev/shm", "app:app"], {
      task: { readonlyRootFilesystem: true, writableMounts: ["/tmp"] },
      ...serving,
    }),
    "gunicorn-goes-to-the-background": project({ "app.py": flask }, ["gunicorn", "--daemon", "app:app"], serving),
  }),
  ...imagesOf(beyond, {
    "gunicorn-log-folder-missing": project({ "app.py": flask }, ["gunicorn", "--access-logfile", "/var/log/web/access.log", "app:app"]),
  }),
];
