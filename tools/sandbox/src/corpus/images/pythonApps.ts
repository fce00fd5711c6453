import { imagesOf, shellForm, type Recipe } from "../corpusImage";
import { folder, link, script, type Layer } from "../layer";

const flask = "from flask import Flask\n\napp = Flask(__name__)\n";
const asgi = "async def app(scope, receive, send):\n    pass\n";
const loop = "import time\nwhile True:\n    time.sleep(1)\n";

/** An app in /app, on an image with Flask, gunicorn and uvicorn. */
const app = (files: Layer, Cmd: string[], more: Recipe = {}): Recipe => ({
  base: "python-web",
  files: Object.fromEntries(Object.entries(files).map(([path, content]) => [`app/${path}`, content])),
  WorkingDir: "/app",
  Cmd,
  ...more,
});
const serving = { serves: true } as const;

/** What `python -m venv /opt/venv` leaves, with a program of a package's. */
const venv = (interpreter: string, shebang = "/opt/venv/bin/python"): Layer => ({
  "opt/venv/pyvenv.cfg": "home = /usr/local/bin\ninclude-system-site-packages = true\nversion = 3.11.2\n",
  "opt/venv/bin/python": link("python3"),
  "opt/venv/bin/python3": link(interpreter),
  "opt/venv/lib/python3.11/site-packages": folder(),
  "opt/venv/bin/serve": script(`#!${shebang}\n${loop}`),
});
const venvPath = { PATH: "/opt/venv/bin:/usr/local/bin:/usr/bin:/bin" };

export const pythonApps = imagesOf("interpreter's argument", {
  "python-file-missing": app({ "main.py": loop }, ["python", "app.py"]),
  "python-file-in-another-folder": app({ "src/main.py": loop }, ["python", "main.py"]),
  "python-file-unreadable": app({ "main.py": { text: loop, mode: 0o600 } }, ["python", "main.py"], { User: "1000" }),
  "python-module-missing": app({ "main.py": loop }, ["python", "-m", "celery", "worker"]),
  "python-package-without-main": app({ "web/__init__.py": "" }, ["python", "-m", "web"]),
  "python-folder-without-main": app({ "web/app.py": loop }, ["python", "web"]),
  "python-of-another-version": app({ "main.py": loop }, ["python3.12", "main.py"]),
  "python-manage-missing": app({ "site/manage.py": loop }, ["python", "manage.py", "runserver", "0.0.0.0:8000"]),
  "uvicorn-module-missing": app({ "app/main.py": asgi }, ["uvicorn", "main:app", "--host", "0.0.0.0"]),
  "uvicorn-not-installed": { ...app({ "main.py": asgi }, ["uvicorn", "main:app"]), base: "python" },
  "python-m-uvicorn-not-installed": { ...app({ "main.py": asgi }, ["python", "-m", "uvicorn", "main:app"]), base: "python" },
  "gunicorn-module-missing": app({ "src/app.py": flask }, ["gunicorn", "app:app", "--bind", "0.0.0.0:8000"]),
  "gunicorn-package-path-wrong": app({ "shop/wsgi.py": flask }, ["gunicorn", "shop.config.wsgi:app"]),
  "gunicorn-config-missing": app({ "app.py": flask }, ["gunicorn", "-c", "gunicorn.conf.py", "app:app"]),
  "gunicorn-of-a-moved-venv": {
    ...app({ "app.py": flask }, ["serve"]),
    files: venv("/usr/local/bin/python3", "/build/venv/bin/python"),
    Env: venvPath,
  },
  "venv-of-an-interpreter-that-is-elsewhere": { ...app({}, ["serve"]), files: venv("/usr/bin/python3.11"), Env: venvPath },
  "venv-python-missing": {
    ...app({}, ["/opt/venv/bin/python", "-m", "http.server"]),
    files: { "opt/venv/lib/python3.11/site-packages": folder() },
  },
  "pip-user-packages-of-root": app({}, ["serve"], {
    files: { "root/.local/bin/serve": script(`#!/usr/local/bin/python\n${loop}`) },
    Env: { PATH: "/root/.local/bin:/usr/local/bin:/usr/bin:/bin" },
    User: "1000",
  }),
  "poetry-not-in-the-last-stage": app({ "main.py": loop }, ["poetry", "run", "python", "main.py"]),
  "shell-form-python-file-missing": app({ "main.py": loop }, shellForm("python app.py")),
  "shell-form-gunicorn-module-missing": app({ "src/app.py": flask }, shellForm("gunicorn app:app --bind 0.0.0.0:8000")),

  "python-file": app({ "main.py": loop }, ["python", "main.py"], serving),
  "python-unbuffered": app({ "main.py": loop }, ["python", "-u", "main.py"], serving),
  "python-as-entry-point": app({ "main.py": loop }, ["main.py"], { Entrypoint: ["python3"], ...serving }),
  "python-inline": app({}, ["python", "-c", "print('hello')"]),
  "python-module-of-its-library": app({}, ["python", "-m", "http.server", "8000"], serving),
  "python-package-with-main": app({ "web/__init__.py": "", "web/__main__.py": loop }, ["python", "-m", "web"], serving),
  "python-namespace-package": app({ "web/jobs/sync.py": "print('done')\n" }, ["python", "-m", "web.jobs.sync"]),
  "python-folder-with-main": app({ "web/__main__.py": loop }, ["python", "web"], serving),
  "python-path": app({ "src/web/__main__.py": loop }, ["python", "-m", "web"], { Env: { PYTHONPATH: "/app/src" }, ...serving }),
  "python-options-of-warnings": app({ "main.py": loop }, ["python", "-W", "ignore", "-X", "utf8", "main.py"], serving),
  "uvicorn-app": app({ "main.py": asgi }, ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8000"], serving),
  "uvicorn-of-a-package": app({ "app/__init__.py": "", "app/main.py": asgi }, ["uvicorn", "app.main:app", "--host", "0.0.0.0"], serving),
  "uvicorn-app-dir": app({ "src/main.py": asgi }, ["uvicorn", "--app-dir", "src", "main:app"], serving),
  "uvicorn-factory": app({ "main.py": `${asgi}\ndef create():\n    return app\n` }, ["uvicorn", "--factory", "main:create"], serving),
  "python-m-uvicorn": app({ "main.py": asgi }, ["python", "-m", "uvicorn", "main:app"], serving),
  "gunicorn-app": app({ "app.py": flask }, ["gunicorn", "app:app", "--bind", "0.0.0.0:8000"], serving),
  "gunicorn-factory": app(
    { "app.py": `${flask}\ndef create_app():\n    return app\n` },
    ["gunicorn", "-w", "2", "app:create_app()"],
    serving,
  ),
  "gunicorn-chdir": app({ "src/app.py": flask }, ["gunicorn", "--chdir", "src", "app:app"], serving),
  "gunicorn-chdir-after": app({ "src/app.py": flask }, ["gunicorn", "app:app", "--chdir=src", "-b", ":8000"], serving),
  "gunicorn-python-path": app({ "src/app.py": flask }, ["gunicorn", "--pythonpath", "src", "app:app"], serving),
  "gunicorn-config-names-the-app": app(
    { "gunicorn.conf.py": "wsgi_app = 'web:app'\nbind = '0.0.0.0:8000'\n", "web.py": flask },
    ["gunicorn"],
    serving,
  ),
  "gunicorn-arguments-from-the-environment": app({ "app.py": flask }, ["gunicorn", "app:app"], {
    Env: { GUNICORN_CMD_ARGS: "--bind=0.0.0.0:8000" },
    ...serving,
  }),
  "flask-run": app({ "app.py": flask }, ["flask", "run", "--host", "0.0.0.0"], serving),
  "flask-app-by-option": app({ "web.py": flask }, ["flask", "--app", "web", "run"], serving),
  venv: { ...app({}, ["serve"]), files: venv("/usr/local/bin/python3"), Env: venvPath, ...serving },
  "venv-of-uv-in-the-app": {
    ...app({}, ["/app/.venv/bin/python", "-c", "print('hello')"]),
    files: { "app/.venv/pyvenv.cfg": "home = /usr/local/bin\n", "app/.venv/bin/python": link("/usr/local/bin/python3.11") },
  },
  "pip-user-packages-of-root-for-root": app({}, ["serve"], {
    files: { "root/.local/bin/serve": script(`#!/usr/local/bin/python\n${loop}`) },
    Env: { PATH: "/root/.local/bin:/usr/local/bin:/usr/bin:/bin" },
    ...serving,
  }),
  "shell-form-gunicorn-with-a-port": app({ "app.py": flask }, shellForm("gunicorn app:app --bind 0.0.0.0:${PORT:-8000}"), serving),
});
