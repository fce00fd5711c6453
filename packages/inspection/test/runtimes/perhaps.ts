import { file } from "../../testing/testImage";
import { nodeAliasPerhaps } from "./nodeAliasCases";
import { pythonPartsPerhaps } from "./pythonPartsCases";
import { json, text, type Dies } from "./runtimeCase";

/** Told, and not stopped: what is missing may be made, or found elsewhere, as the program runs. */
export const perhaps: Dies[] = [
  ...nodeAliasPerhaps,
  ...pythonPartsPerhaps,
  [
    "node: a module that the program makes",
    "FL2143",
    [text("app/main.js", 'require("fs").writeFileSync("/app/made.js", "");\nrequire("./made");\n')],
    ["node", "main.js"],
  ],
  [
    "node: a module that another one makes",
    "FL2143",
    [
      text("app/make.js", 'require("fs").copyFileSync(__filename, "/app/made.js");\n'),
      text("app/main.js", 'require("./make");\nrequire("./made");\n'),
    ],
    ["node", "main.js"],
  ],
  [
    "node: a package that the program leads to",
    "FL2143",
    [
      text("app/main.js", 'require("fs").symlinkSync("/app/lib", "/app/node_modules");\nrequire("acme");\n'),
      text("app/lib/acme/index.js", ""),
    ],
    ["node", "main.js"],
  ],
  [
    "node: a module of NODE_PATH that the program makes",
    "FL2143",
    [text("app/main.js", 'require("fs").writeFileSync("/app/made.js", "");\nrequire("made");\n')],
    ["node", "main.js"],
    { environment: ["NODE_PATH=/app"] },
  ],
  [
    "node: a package that the program installs",
    "FL2143",
    [text("app/main.js", 'require("child_process").execSync("sh install.sh");\nrequire("acme");\n')],
    ["node", "main.js"],
  ],
  [
    "node: an entry that what is loaded first makes",
    "FL2140",
    [text("app/make.js", 'require("fs").writeFileSync("/app/main.js", "");\n')],
    ["node", "-r", "./make.js", "main.js"],
  ],
  [
    "node: a throw that is caught by another name",
    "FL2143",
    [text("app/main.js", 'process.setUncaughtExceptionCaptureCallback(() => {});\nsetInterval(() => {}, 1000);\nrequire("./nowhere");\n')],
    ["node", "main.js"],
  ],
  [
    "pnpm: a script that it runs in some versions alone",
    "FL2104",
    [
      file("usr/bin/pnpm", "#!/usr/bin/env node\n"),
      json("app/package.json", { scripts: { prestart: "tsc", start: "node main.js" } }),
      text("app/main.js", ""),
    ],
    ["pnpm", "start"],
  ],
  [
    "python: a module that another one makes",
    "FL2143",
    [text("app/main.py", "import prepare\nimport plugin\n"), text("app/prepare.py", 'open("/app/plugin.py", "w").close()\n')],
    ["python3", "main.py"],
  ],
  [
    "python: a package that says where more is",
    "FL2143",
    [
      text("app/main.py", "import boot2\nimport plugin\n"),
      text("usr/local/lib/python3.11/dist-packages/boot2/__init__.py", 'import sys\nsys.path.append("/srv/plugins")\n'),
      text("srv/plugins/plugin.py", ""),
    ],
    ["python3", "main.py"],
  ],
  [
    "python: a module of the program's that says where more is, and a package of its name",
    "FL2143",
    [
      text("app/main.py", "import paths\nimport plugin\n"),
      text("app/paths.py", 'import sys\nsys.path.append("/srv/plugins")\n'),
      text("usr/local/lib/python3.11/dist-packages/paths/__init__.py", ""),
      text("srv/plugins/plugin.py", ""),
    ],
    ["python3", "main.py"],
  ],
  [
    "php: a file that one before it makes",
    "FL2143",
    [
      text("app/a.php", "<?php\nrequire __DIR__.'/make.php';\nrequire __DIR__.'/made.php';\n"),
      text("app/make.php", "<?php file_put_contents(__DIR__.'/made.php', '<?php');\n"),
    ],
    ["php", "a.php"],
  ],
];
