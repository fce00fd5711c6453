import { elf, file, folder, link, type Entry } from "../../testing/testImage";
import { json, text, type Dies, type Lives } from "./runtimeCase";

/** Servers as pip installs them: a script, and a package that it imports. */
const servers: Entry[] = ["gunicorn", "uvicorn", "celery"].flatMap((name) => [
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
    [...servers, text("app/main.py", "import flask\napp = 1\n")],
    ["gunicorn", "main:app"],
  ],
  ["gunicorn: another folder", "FL2143", [...servers, app], ["gunicorn", "--chdir", "/srv", "main:app"]],
  ["gunicorn as a module", "FL2143", servers, ["python3", "-m", "gunicorn", "main:app"]],
  [
    "uvicorn: no such module",
    "FL2143",
    [...servers, text("app/app/main.py", "")],
    ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "80"],
  ],
  ["uvicorn: no such name in the module", "FL2143", [...servers, app], ["uvicorn", "main:api"]],
  ["celery: no such module", "FL2143", servers, ["celery", "-A", "proj", "worker", "-l", "info"]],
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
    "gunicorn: names of another module",
    [...servers, text("app/main.py", "from other import *\n"), text("app/other.py", "app = 1\n")],
    ["gunicorn", "main:app"],
  ],
  ["gunicorn: PYTHONPATH", [...servers, text("srv/main.py", "app = 1\n")], ["gunicorn", "main:app"], { environment: ["PYTHONPATH=/srv"] }],
  ["uvicorn: its application", [...servers, app], ["uvicorn", "main:app", "--host", "0.0.0.0"]],
  ["uvicorn: another folder", [...servers, text("app/src/main.py", "app = 1\n")], ["uvicorn", "--app-dir", "src", "main:app"]],
  [
    "celery: its application",
    [...servers, text("app/proj/__init__.py", "from .celery import app\n"), text("app/proj/celery.py", "app = 1\n")],
    ["celery", "-A", "proj", "worker"],
  ],
  ["dotnet: a newer patch", dotnet({ [net]: "8.0.0" }, [`${net}/8.0.11`]), ["dotnet", "App.dll"]],
  ["dotnet: a newer minor", dotnet({ [net]: "6.0.0" }, [`${net}/6.1.0`]), ["dotnet", "App.dll"]],
  ["dotnet: a command of the SDK's", dotnet({}, []), ["dotnet", "--info"]],
];

/** By .NET's documents: nobody ran them here. */
export const dotnetDies: Dies[] = [
  ["dotnet: no such file", "FL2140", dotnet({}, []), ["dotnet", "Other.dll"]],
  ["dotnet: another major version", "FL2145", dotnet({ [net]: "8.0.0" }, [`${net}/6.0.30`]), ["dotnet", "App.dll"]],
  ["dotnet: no ASP.NET", "FL2145", dotnet({ [net]: "8.0.0", [asp]: "8.0.0" }, [`${net}/8.0.11`]), ["dotnet", "App.dll"]],
];
