import { elf, file, folder } from "../../testing/testImage";
import { text, type Dies, type Lives } from "./runtimeCase";

const gunicorn = [
  file("usr/local/bin/gunicorn", "#!/usr/bin/python3\nimport gunicorn\n"),
  text("usr/local/lib/python3.11/dist-packages/gunicorn/__init__.py", ""),
  text("app/main.py", "app = object()\n"),
];
const configuration = (content: string) => [...gunicorn, text("app/gunicorn.conf.py", content)];
const command = ["gunicorn", "main:app"];

/** Seen with gunicorn 27, which ends with 1 for each. */
export const gunicornDies: Dies[] = [
  ["gunicorn: a log in a folder that is not there", "FL2140", gunicorn, [...command, "--access-logfile", "/var/log/web/access.log"]],
  ["gunicorn: a log of errors, of a configuration", "FL2140", configuration('errorlog = "/var/log/web/error.log"\n'), command],
  [
    "gunicorn: workers of a configuration",
    "FL2143",
    configuration('bind = ":80"\nworker_class = "uvicorn.workers.UvicornWorker"  # ASGI\n'),
    command,
  ],
  [
    "gunicorn: no such name, beside a configuration of workers",
    "FL2143",
    configuration('worker_class = "sync"\n'),
    ["gunicorn", "main:web"],
  ],
];

export const gunicornLives: Lives[] = [
  ["gunicorn: logs to standard output", configuration('accesslog = "-"\nerrorlog = "-"\n'), command],
  ["gunicorn: a log in a folder", [...gunicorn, folder("var/log/web")], [...command, "--access-logfile=/var/log/web/access.log"]],
  [
    "gunicorn: a log that the command line has elsewhere",
    configuration('errorlog = "/var/log/web/error.log"\n'),
    [...command, "--log-file", "-"],
  ],
  ["gunicorn: workers that the command line has otherwise", configuration('worker_class = "gevent"\n'), [...command, "-k", "sync"]],
  [
    "gunicorn: workers that the environment has otherwise",
    configuration('worker_class = "gevent"\n'),
    command,
    { environment: ["GUNICORN_CMD_ARGS=-k gthread"] },
  ],
  [
    "gunicorn: workers that a condition decides",
    configuration('import os\nworker_class = "gevent" if os.environ.get("X") else "sync"\n'),
    command,
  ],
  [
    "gunicorn: a configuration that makes the folder",
    configuration('import os\nos.makedirs("/var/log/web")\nerrorlog = "/var/log/web/error.log"\n'),
    command,
  ],
  [
    "gunicorn: a script that makes the folder",
    [
      ...gunicorn,
      file("start.sh", "#!/bin/sh\nmkdir -p /var/log/web\nexec gunicorn main:app --log-file /var/log/web/x\n"),
      file("bin/mkdir", elf()),
    ],
    ["/start.sh"],
    { unrun: true },
  ],
];
