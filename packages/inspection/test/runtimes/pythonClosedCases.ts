import { folder } from "../../testing/testImage";
import { text, type Dies, type Lives } from "./runtimeCase";

const python = ["python3", "main.py"];
const asUser = { user: "1000" };
const closed = (name: string, content = "") => ({ ...text(name, content), mode: 0o600 });

/** Modules that the task's user may not read. */
export const pythonClosedDies: Dies[] = [
  ["python: root's module, run as another", "FL2141", [text("app/main.py", "import db\n"), closed("app/db.py")], python, asUser],
  [
    "python: a module of a package that is root's",
    "FL2141",
    [text("app/main.py", "from app1 import db\n"), text("app/app1/__init__.py", ""), closed("app/app1/db.py")],
    python,
    asUser,
  ],
  [
    "python: a package that is root's alone",
    "FL2141",
    [text("app/main.py", "import app1.db\n"), folder("app/app1", 0o700), text("app/app1/__init__.py", ""), text("app/app1/db.py", "")],
    python,
    asUser,
  ],
  [
    "python: a package's own file that is root's alone",
    "FL2141",
    [text("app/main.py", "import app1\n"), closed("app/app1/__init__.py")],
    python,
    asUser,
  ],
];

export const pythonClosedLives: Lives[] = [
  ["python: root's module, run as root", [text("app/main.py", "import db\n"), closed("app/db.py")], python],
  [
    "python: a folder that is root's alone, imported by its name",
    [text("app/main.py", "import app1\n"), folder("app/app1", 0o700), text("app/app1/__init__.py", "")],
    python,
    asUser,
  ],
  [
    "python: a module that its group may read",
    [text("app/main.py", "import db\n"), { ...text("app/db.py", ""), mode: 0o640, gid: 1000 }],
    python,
    { user: "1000:1000" },
  ],
  [
    "python: a closed module that only a branch imports",
    [text("app/main.py", "def later():\n    import db\n"), closed("app/db.py")],
    python,
    asUser,
  ],
];
