import { beyond } from "../classes";
import { imagesOf, shellForm } from "../corpusImage";
import { script, type Layer } from "../layer";
import { pypi } from "../parts";
import { packages, loop, asgi, wsgi, usual, installed, commandOf, project, on, serving } from "./pythonProject";

const django = installed(["django==5.2.7", "asgiref==3.9.2", "sqlparse==0.5.3"]);
/** What `django-admin startproject config .` leaves, shortened. */
const djangoProject = (settings = "config.settings"): Layer => ({
  "manage.py": script(
    `#!/usr/bin/env python\nimport os\nimport sys\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${settings}")\nfrom django.core.management import execute_from_command_line\n\nexecute_from_command_line(sys.argv)\n`,
  ),
  "config/__init__.py": "",
  "config/settings.py":
    "from pathlib import Path\n\nBASE_DIR = Path(__file__).resolve().parent.parent\nSECRET_KEY = 'x'\nALLOWED_HOSTS = ['*']\nROOT_URLCONF = 'config.urls'\nINSTALLED_APPS = ['django.contrib.contenttypes', 'django.contrib.auth', 'django.contrib.staticfiles', 'shop']\nDATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': BASE_DIR / 'db.sqlite3'}}\nSTATIC_URL = 'static/'\nSTATIC_ROOT = BASE_DIR / 'staticfiles'\n",
  "config/urls.py": "from django.urls import include, path\n\nurlpatterns = [path('', include('shop.urls'))]\n",
  "config/wsgi.py": `import os\n\nfrom django.core.wsgi import get_wsgi_application\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${settings}")\napplication = get_wsgi_application()\n`,
  "shop/__init__.py": "",
  "shop/urls.py": "urlpatterns = []\n",
});
const fastapi = installed([
  ...["fastapi==0.118.0", "starlette==0.48.0", "pydantic==2.11.10", "annotated-types==0.7.0", "pydantic-core==2.33.2"],
  ...["typing-extensions==4.15.0", "typing-inspection==0.4.2", "anyio==4.11.0", "sniffio==1.3.1", "idna==3.10"],
]);
const fastapiCli: Layer = {
  ...installed(
    [
      "fastapi-cli==0.0.13",
      "typer==0.19.2",
      "rich==14.1.0",
      "rich-toolkit==0.15.1",
      "shellingham==1.5.4",
      "markdown-it-py==4.0.0",
      "mdurl==0.1.2",
      "pygments==2.19.2",
    ],
    `${packages}/./././././././././.`,
  ),
};
const fastapiProgram = { "usr/local/bin/fastapi": commandOf("fastapi.cli", "main") };
const fastapiApp = "from fastapi import FastAPI\n\nfrom .routers import items\n\napp = FastAPI()\napp.include_router(items.router)\n";
const router = "from fastapi import APIRouter\n\nrouter = APIRouter()\n";
const fastapiProject: Layer = {
  "app/__init__.py": "",
  "app/main.py": fastapiApp,
  "app/routers/__init__.py": "",
  "app/routers/items.py": router,
};

const celery = installed([
  ...["celery==5.5.3", "kombu==5.5.4", pypi("billiard==4.2.2", "any"), "vine==5.1.0", "amqp==5.3.1", "click-didyoumean==0.3.1"],
  ...["click-plugins==1.1.1.2", "click-repl==0.3.0", "prompt-toolkit==3.0.52", "wcwidth==0.2.14", "python-dateutil==2.9.0.post0"],
  ...["six==1.17.0", "tzdata==2025.2"],
]);
const celeryProgram = { "usr/local/bin/celery": commandOf("celery.__main__", "main") };

export const pythonProjects = [
  ...imagesOf("interpreter's argument", {
    "django-behind-its-entry-point": on("python-web", {
      ...project(djangoProject(), ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "1"], {
        others: {
          ...django,
          "entrypoint.sh": script(
            '#!/bin/sh\nset -e\n\nif [ "$DJANGO_MIGRATE" != "off" ]; then\n  python manage.py migrate --noinput\nfi\npython manage.py collectstatic --noinput\n\nexec "$@"\n',
          ),
        },
      }),
      Entrypoint: ["/entrypoint.sh"],
      ...serving,
    }),
    "django-in-one-line-of-a-shell": project(
      djangoProject(),
      shellForm("python manage.py migrate && python manage.py runserver 0.0.0.0:8000 --noreload"),
      {
        others: django,
        ...serving,
      },
    ),
    "gunicorn-with-its-default-name": project(djangoProject(), ["gunicorn", "config.wsgi"], { others: django, User: "1000", ...serving }),
    "fastapi-run": project(fastapiProject, ["fastapi", "run", "app/main.py", "--port", "8080"], {
      others: { ...fastapi, ...fastapiCli, ...fastapiProgram },
      ...serving,
    }),
    "fastapi-with-its-routers": project(fastapiProject, ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "80"], {
      others: fastapi,
      ...serving,
    }),
    "celery-of-a-package": project(
      {
        "shop/__init__.py": "from .celery import app as celery_app\n\n__all__ = ('celery_app',)\n",
        "shop/celery.py": "from celery import Celery\n\napp = Celery('shop', broker='memory://')\napp.autodiscover_tasks()\n",
      },
      ["celery", "-A", "shop", "worker", "--pool=solo", "--loglevel=INFO"],
      { others: { ...celery, ...celeryProgram }, ...serving },
    ),
    "waitress-with-a-factory": project(
      { "shop/__init__.py": `def create_app():\n    ${wsgi.replaceAll("\n", "\n    ")}\n    return app\n` },
      ["waitress-serve", "--listen=*:8080", "--call", "shop:create_app"],
      { others: { ...installed(["waitress==3.0.2"]), "usr/local/bin/waitress-serve": commandOf("waitress.runner", "run") }, ...serving },
    ),
    "flask-factory-by-a-variable": project(
      { "shop/__init__.py": "from flask import Flask\n\n\ndef create_app():\n    return Flask(__name__)\n" },
      ["flask", "run", "--host=0.0.0.0"],
      {
        Env: { FLASK_APP: "shop:create_app()", FLASK_ENV: "production" },
        ...serving,
      },
    ),
    "migrations-of-alembic-then-uvicorn": project(
      {
        "main.py": asgi,
        "alembic.ini": "[alembic]\nscript_location = migrations\nsqlalchemy.url = sqlite:////tmp/shop.db\n",
        "migrations/env.py":
          "from alembic import context\nfrom sqlalchemy import create_engine\n\nwith create_engine(context.config.get_main_option('sqlalchemy.url')).connect() as connection:\n    context.configure(connection=connection)\n    with context.begin_transaction():\n        context.run_migrations()\n",
        "migrations/versions/.keep": "",
      },
      shellForm("alembic upgrade head && exec uvicorn main:app --host 0.0.0.0 --port ${PORT:-8000}"),
      {
        others: {
          ...installed(["alembic==1.16.5", "mako==1.3.10", "sqlalchemy==2.0.43", "greenlet==3.2.4", "typing-extensions==4.15.0"]),
          "usr/local/bin/alembic": commandOf("alembic.config", "main"),
        },
        ...serving,
      },
    ),
    "package-that-requirements-do-not-name": project(
      { "app.py": "from flask import Flask\nfrom flask_cors import CORS\n\napp = Flask(__name__)\nCORS(app)\n" },
      ["gunicorn", "app:app"],
    ),
    "name-of-the-app-is-another": project({ "app.py": "from flask import Flask\n\napp = Flask(__name__)\n" }, [
      "gunicorn",
      "app:application",
    ]),
    "package-imported-by-its-own-name-from-within": project(
      {
        "main.py": "from app.routers import items\nfrom fastapi import FastAPI\n\napp = FastAPI()\n",
        "routers/__init__.py": "",
        "routers/items.py": router,
      },
      ["uvicorn", "main:app"],
      { others: fastapi },
    ),
    "relative-import-of-a-file-that-is-run": project(
      { "app/__init__.py": "", "app/main.py": `from .config import settings\n${loop}`, "app/config.py": "settings = {}\n" },
      ["python", "app/main.py"],
    ),
    "celery-of-a-package-without-an-app": project(
      { "shop/__init__.py": "", "shop/settings.py": "" },
      ["celery", "-A", "shop", "worker", "--pool=solo"],
      {
        others: { ...celery, ...celeryProgram },
      },
    ),
    "fastapi-run-without-its-command-line": project(
      { "main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n" },
      ["fastapi", "run", "main.py"],
      {
        others: { ...fastapi, ...fastapiProgram },
      },
    ),
    "gunicorn-with-workers-that-are-not-installed": on(
      "python",
      project({ "main.py": asgi }, ["gunicorn", "-k", "uvicorn.workers.UvicornWorker", "main:app"], {
        others: {
          ...installed(["gunicorn==23.0.0", "packaging==25.0"]),
          "usr/local/bin/gunicorn": commandOf("gunicorn.app.wsgiapp", "run"),
        },
      }),
    ),
    "waitress-of-a-module-in-another-folder": project({ "src/shop.py": wsgi }, ["waitress-serve", "shop:app"], {
      others: { ...installed(["waitress==3.0.2"]), "usr/local/bin/waitress-serve": commandOf("waitress.runner", "run") },
    }),
    "manage-without-django": project(djangoProject(), ["python", "manage.py", "runserver", "0.0.0.0:8000"]),
  }),
  ...imagesOf("shell command", {
    "environment-of-conda-activated-under-sh": project({ "main.py": loop }, shellForm("source activate shop && python main.py"), {
      Env: { PATH: `/opt/conda/bin:${usual}` },
    }),
    "tracing-program-in-a-text-that-is-not-installed": project(
      { "app.py": wsgi },
      shellForm("opentelemetry-instrument gunicorn app:app -b 0.0.0.0:$PORT"),
    ),
    "uv-in-the-last-stage": project({ "main.py": loop }, shellForm("uv run --no-sync main.py")),
  }),
  ...imagesOf(beyond, {
    "settings-of-django-that-were-not-copied": project(
      djangoProject("config.settings.production"),
      ["gunicorn", "config.wsgi:application"],
      { others: django },
    ),
  }),
];
