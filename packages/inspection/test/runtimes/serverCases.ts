import { elf, file, folder, link, type Entry } from "../../testing/testImage";
import { json, text, type Dies, type Lives } from "./runtimeCase";

/** Servers as pip installs them: a script, and a package that it imports. */
const servers: Entry[] = ["gunicorn", "uvicorn", "celery", "flask"].flatMap((name) => [
  file(
    `usr/local/bin/${name}`,
    `#!/usr/bin/python3\nimport sys\nfrom ${name} import main\nif __name__ == "__main__":\n    sys.exit(main())\n`,
  ),
  text(`usr/local/lib/python3.11/dist-packages/${name}/__init__.py`, ""),
  text(`usr/local/lib/python3.11/dist-packages/${name}/__main__.py`, ""),
]);
const app = text("app/main.py", "app = object()\n");

const dotnet = (frameworks: Record<string, string>, present: string[]): Entry[] => [
  file("usr/share/dotnet/dotnet", elf()),
  link("usr/local/bin/dotnet", "/usr/share/dotnet/dotnet"),
  ...present.map((name) => folder(`usr/share/dotnet/shared/${name}`)),
  text("app/App.dll", "MZ"),
  json("app/App.runtimeconfig.json", {
    runtimeOptions: { frameworks: Object.entries(frameworks).map(([name, version]) => ({ name, version })) },
  }),
];
const net = "Microsoft.NETCore.App";
const asp = "Microsoft.AspNetCore.App";

/** Seen with gunicorn, uvicorn and Celery of PyPI in an environment of their own. */
export const serverDies: Dies[] = [
  ["gunicorn: no such module", "FL2143", servers, ["gunicorn", "-w", "4", "--bind=0.0.0.0:80", "main:app"]],
  [
    "gunicorn: no such module of a package",
    "FL2143",
    [...servers, text("app/acme/__init__.py", "")],
    ["gunicorn", "acme.wsgi:application"],
  ],
  ["gunicorn: no such name in the module", "FL2143", [...servers, app], ["gunicorn", "main:server"]],
  ["gunicorn: a worker's package", "FL2143", [...servers, app], ["gunicorn", "-k", "gevent", "main:app"]],
  [
    "gunicorn: what the application imports",
    "FL2143",
    [...servers, text("app/main.py", "import django\napp = 1\n")],
    ["gunicorn", "main:app"],
  ],
  ["gunicorn: a folder that is not there", "FL2140", [...servers, app], ["gunicorn", "--chdir", "/srv", "main:app"]],
  ["gunicorn: a configuration that is not there", "FL2140", [...servers, app], ["gunicorn", "main:app", "-c", "conf.py"]],
  [
    "gunicorn: a configuration that lies where it goes later",
    "FL2140",
    [...servers, text("app/src/main.py", "app = 1\n"), text("app/src/conf.py", "")],
    ["gunicorn", "-c", "conf.py", "--chdir", "src", "main:app"],
  ],
  ["gunicorn: a file in place of a module", "FL2143", [...servers, app], ["gunicorn", "main.py:app"]],
  ["gunicorn: the usual name, which is not there", "FL2143", [...servers, app], ["gunicorn", "main"]],
  ["gunicorn: no application", "FL2143", [...servers, app], ["gunicorn", "-b", ":8000"]],
  ["gunicorn: a worker's package behind the application", "FL2143", [...servers, app], ["gunicorn", "main:app", "-kgevent"]],
  ["gunicorn as a module", "FL2143", servers, ["python3", "-m", "gunicorn", "main:app"]],
  [
    "uvicorn: no such module",
    "FL2143",
    [...servers, text("app/app/main.py", "")],
    ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "80"],
  ],
  ["uvicorn: no such name in the module", "FL2143", [...servers, app], ["uvicorn", "main:api"]],
  ["uvicorn: a path in place of a module", "FL2143", [...servers, text("app/src/main.py", "app = 1\n")], ["uvicorn", "src/main:app"]],
  [
    "uvicorn: a module of no package",
    "FL2143",
    [...servers, text("app/main.py", "from .web import app\n"), text("app/web.py", "app = 1\n")],
    ["uvicorn", "main:app"],
  ],
  ["uvicorn: a module alone", "FL2143", [...servers, app], ["uvicorn", "main"]],
  ["uvicorn: a file of variables", "FL2140", [...servers, app], ["uvicorn", "main:app", "--env-file", ".env"]],
  ["flask: no such module", "FL2143", [...servers, app], ["flask", "--app", "web", "run"]],
  ["flask: no such file", "FL2143", [...servers, text("app/src/main.py", "")], ["flask", "run"], { environment: ["FLASK_APP=src/web.py"] }],
  ["flask: no application", "FL2143", [...servers, app], ["flask", "run", "--host=0.0.0.0"]],
  ["celery: no such module", "FL2143", servers, ["celery", "-A", "proj", "worker", "-l", "info"]],
  ["celery: neither such a module nor such a name", "FL2143", [...servers, app], ["celery", "--app=main.queue", "beat"]],
];

export const serverLives: Lives[] = [
  ["gunicorn: its application", [...servers, app], ["gunicorn", "-w", "4", "-b", "0.0.0.0:80", "main:app"]],
  [
    "gunicorn: an application that is made",
    [...servers, text("app/main.py", "def create_app(): return 1\n")],
    ["gunicorn", "main:create_app()"],
  ],
  ["gunicorn: another folder", [...servers, text("srv/main.py", "app = 1\n")], ["gunicorn", "--chdir", "/srv", "main:app"]],
  [
    "gunicorn: a configuration says where",
    [...servers, text("app/gunicorn.conf.py", 'chdir = "/srv"\n'), text("srv/main.py", "app = 1\n")],
    ["gunicorn", "main:app"],
  ],
  [
    "gunicorn: another folder, behind the application",
    [...servers, text("app/src/main.py", "app = 1\n")],
    ["gunicorn", "main:app", "--chdir", "src", "-b", ":8000"],
  ],
  ["gunicorn: the working directory beside another folder", [...servers, app, folder("srv")], ["gunicorn", "--chdir", "/srv", "main:app"]],
  [
    "gunicorn: a path of modules behind the application",
    [...servers, text("app/src/main.py", "app = 1\n")],
    ["gunicorn", "main:app", "--pythonpath", "src"],
  ],
  [
    "gunicorn: a configuration behind the application says where",
    [...servers, text("app/conf.py", 'chdir = "src"\n'), text("app/src/main.py", "app = 1\n")],
    ["gunicorn", "main:app", "-cconf.py"],
  ],
  [
    "gunicorn: a variable says where",
    [...servers, text("app/src/main.py", "app = 1\n")],
    ["gunicorn", "main:app"],
    { environment: ["GUNICORN_CMD_ARGS=--bind=:80 --chdir=src"] },
  ],
  ["gunicorn: a configuration that is a module", [...servers, app, text("app/conf.py", "")], ["gunicorn", "-c", "python:conf", "main:app"]],
  ["gunicorn: a name with a dash", [...servers, text("app/my-app.py", "app = 1\n")], ["gunicorn", "my-app:app"]],
  [
    "gunicorn: names of another module",
    [...servers, text("app/main.py", "from other import *\n"), text("app/other.py", "app = 1\n")],
    ["gunicorn", "main:app"],
  ],
  ["gunicorn: PYTHONPATH", [...servers, text("srv/main.py", "app = 1\n")], ["gunicorn", "main:app"], { environment: ["PYTHONPATH=/srv"] }],
  ["uvicorn: its application", [...servers, app], ["uvicorn", "main:app", "--host", "0.0.0.0"]],
  ["uvicorn: another folder", [...servers, text("app/src/main.py", "app = 1\n")], ["uvicorn", "--app-dir", "src", "main:app"]],
  [
    "uvicorn: another folder, behind the application",
    [...servers, text("app/src/main.py", "app = 1\n")],
    ["uvicorn", "main:app", "--app-dir", "src"],
  ],
  [
    "uvicorn: a variable says where",
    [...servers, text("app/src/main.py", "app = 1\n")],
    ["uvicorn", "main:app"],
    { environment: ["UVICORN_APP_DIR=/app/src"] },
  ],
  ["uvicorn: a variable says what", [...servers, app], ["uvicorn"], { environment: ["UVICORN_APP=main:app"] }],
  ["uvicorn: a part of what the module has", [...servers, app], ["uvicorn", "main:app.asgi"]],
  [
    "flask: a file of a package",
    [...servers, text("app/web/__init__.py", ""), text("app/web/app.py", "")],
    ["flask", "run"],
    { environment: ["FLASK_APP=web/app.py"] },
  ],
  ["flask: a factory with arguments", [...servers, text("app/web.py", "def make(x): pass\n")], ["flask", "-A", "web:make('x')", "run"]],
  ["flask: wsgi.py", [...servers, text("app/wsgi.py", "app = 1\n")], ["flask", "run"]],
  [
    "flask: a variable of a file",
    [...servers, text("app/.flaskenv", "FLASK_APP=main\n"), app, text("usr/local/lib/python3.11/dist-packages/dotenv/__init__.py", "")],
    ["flask", "run"],
  ],
  [
    "celery: its application",
    [...servers, text("app/proj/__init__.py", "from .celery import app\n"), text("app/proj/celery.py", "app = 1\n")],
    ["celery", "-A", "proj", "worker"],
  ],
  ...(
    [
      ["app.py", "app.celery", "celery"],
      ["proj/tasks.py", "proj.tasks.queue", "queue"],
      ["main.py", "main.app", "app"],
    ] as const
  ).map<Lives>(([path, name, attribute]) => [
    `celery: a name of a module, ${name}`,
    [...servers, text(`app/${path}`, `${attribute} = 1\n`)],
    ["celery", "-A", name, "worker"],
  ]),
  ["dotnet: a newer patch", dotnet({ [net]: "8.0.0" }, [`${net}/8.0.11`]), ["dotnet", "App.dll"]],
  ["dotnet: a newer minor", dotnet({ [net]: "6.0.0" }, [`${net}/6.1.0`]), ["dotnet", "App.dll"]],
  ["dotnet: what needs no SDK", dotnet({}, []), ["dotnet", "--info"]],
  ["dotnet: a command of the SDK's", [...dotnet({}, []), folder("usr/share/dotnet/sdk/8.0.100")], ["dotnet", "run"]],
  [
    "dotnet: a program with all of .NET beside it",
    [...dotnet({}, []), text("app/Other.dll", "MZ"), file("app/libhostpolicy.so", elf({ type: 3 }))],
    ["dotnet", "Other.dll"],
    { unrun: true },
  ],
];

/** By .NET's documents: nobody ran them here. */
export const dotnetDies: Dies[] = [
  ["dotnet: no configuration beside it", "FL2140", [...dotnet({}, []), text("app/Other.dll", "MZ")], ["dotnet", "Other.dll"]],
  ["dotnet: a command of the SDK", "FL2145", dotnet({}, []), ["dotnet", "run", "--no-launch-profile"]],
  ["dotnet: no such file", "FL2140", dotnet({}, []), ["dotnet", "Other.dll"]],
  ["dotnet: another major version", "FL2145", dotnet({ [net]: "8.0.0" }, [`${net}/6.0.30`]), ["dotnet", "App.dll"]],
  ["dotnet: no ASP.NET", "FL2145", dotnet({ [net]: "8.0.0", [asp]: "8.0.0" }, [`${net}/8.0.11`]), ["dotnet", "App.dll"]],
];
