import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

import { debian, folderOf } from "../../corpus/parts";
import { localBases } from "../../corpus/localBases";
import { expectEqual, report } from "../../expectations";
import type { ComposeEngine } from "../../machine/compose";
import { inSandbox, root } from "../../paths";
import { step } from "../../progress";

/** What the load balancer's stand-in answers, by HAProxy itself: the tests of packages/local that are skipped where there is none. */
export async function checkLoadBalancer(engine: ComposeEngine): Promise<void> {
  const tests = await step("The load balancer's tests, by HAProxy", () =>
    engine.run(["npx", "--no-install", "jest", "--config", "packages/local/jest.config.js", "proxy"], {
      cwd: root,
      env: { FAIRLEAD_HAPROXY: haproxy() },
    }),
  );
  const [, counts = ""] = /^Tests: +(.*)$/m.exec(tests.stderr) ?? [];
  report(`Tests: ${counts}`);
  expectEqual("HAProxy answers as a model of AWS's documented rules does", [tests.status, /skipped|failed/.test(counts)], [0, false]);
  if (tests.status !== 0) report(tests.stderr.slice(-3000));
}

/** Debian's program, with its libraries. */
function haproxy(): string {
  const folders = (localBases.haproxy.packages ?? []).map((name) => folderOf(debian(name)));
  const libraries = folders.flatMap((folder) => ["lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu"].map((part) => join(folder, part)));
  const program = inSandbox("haproxy");
  const [own = ""] = folders;
  writeFileSync(program, `#!/bin/sh\nLD_LIBRARY_PATH=${libraries.join(delimiter)} exec ${join(own, "usr/sbin/haproxy")} "$@"\n`);
  chmodSync(program, 0o755);
  return program;
}
