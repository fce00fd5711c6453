import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { unpackDebian } from "../machine/debian";
import { unpackNpm } from "../machine/npmPackage";
import { removeSuperseded, toolchainFolder } from "../paths";

/** Static programs: Debian's busybox, and for other machines one of Go's from npm. */
const busyboxes = ["amd64", "arm64"];
const otherMachines = { "linux-ia32": "i386", "linux-arm": "armhf", "linux-s390x": "s390x" };
const esbuildVersion = "0.28.2";

const scripts: Record<string, string> = {
  "sh.sh": "#!/bin/sh\necho hello\n",
  "bash.sh": "#!/bin/bash\necho hello\n",
  "env-node.js": "#!/usr/bin/env node\nconsole.log('hello')\n",
  "env-python.py": "#!/usr/bin/env python3\nprint('hello')\n",
  "env-words.js": "#!/usr/bin/env node --no-warnings\nconsole.log('hello')\n",
  "env-split.js": "#!/usr/bin/env -S node --no-warnings\nconsole.log('hello')\n",
  "opt.sh": "#!/opt/runtime/sh\n",
  "crlf.sh": "#!/bin/sh\r\necho hello\r\n",
  "crlf-env.js": "#!/usr/bin/env node\r\nconsole.log('hello')\r\n",
  "bom.sh": "\ufeff#!/bin/sh\necho hello\n",
  "bom-crlf.sh": "\ufeff#!/bin/sh\r\necho hello\r\n",
  "no-shebang.sh": "echo hello\n",
  "only-shebang.sh": "#!\necho hello\n",
  "nested.sh": "#!/scripts/sh.sh\n",
  "data-crlf.csv": "name,value\r\na,1\r\n",
  "data-bom.json": '\ufeff{"a":1}\r\n',
  empty: "",
};

/** The folder that the corpus is built from: programs for several machines, a C library, scripts. Fetched once. */
export async function corpusContext(env: NodeJS.ProcessEnv): Promise<string> {
  const key = createHash("sha256").update(readFileSync(__filename)).digest("hex").slice(0, 12);
  const folder = join(toolchainFolder, `corpus-${key}`);
  if (existsSync(folder)) return join(folder, "context");
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  const context = join(part, "context");
  for (const name of ["programs", "scripts"]) mkdirSync(join(context, name), { recursive: true });
  for (const architecture of busyboxes) {
    const unpacked = join(part, architecture);
    await unpackDebian(["busybox-static"], unpacked, architecture);
    cpSync(join(unpacked, "bin/busybox"), join(context, "programs", `busybox-${architecture}`));
  }
  await unpackDebian(["musl"], join(part, "musl"), "amd64");
  cpSync(join(part, "musl/lib/x86_64-linux-musl/libc.so"), join(context, "programs/musl-libc.so"));
  const npm = join(part, "npm");
  mkdirSync(npm);
  const sass = await unpackNpm("sass-embedded-linux-musl-x64@1.105.0", npm, env);
  cpSync(join(sass, "dart-sass/src/dart"), join(context, "programs/dart-musl"));
  for (const [name, program] of Object.entries({ ...otherMachines, "win32-x64": "esbuild.exe", "darwin-arm64": "macos" })) {
    const unpacked = await unpackNpm(`@esbuild/${name}@${esbuildVersion}`, npm, env);
    cpSync(join(unpacked, name.startsWith("win") ? "esbuild.exe" : "bin/esbuild"), join(context, "programs", program));
  }
  const busybox = readFileSync(join(context, "programs/busybox-amd64"));
  writeFileSync(join(context, "programs/cut-off"), busybox.subarray(0, 40), { mode: 0o755 });
  for (const [name, text] of Object.entries(scripts)) {
    writeFileSync(join(context, "scripts", name), text);
    chmodSync(join(context, "scripts", name), 0o755);
  }
  renameSync(part, folder);
  removeSuperseded(folder);
  return join(folder, "context");
}
