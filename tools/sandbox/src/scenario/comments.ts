import { readFileSync, renameSync, writeFileSync } from "node:fs";

import { commit, inProject } from "../checkout";
import { edit } from "../edit";
import type { Engine } from "../engine";
import { expectEqual, report } from "../expectations";
import { run } from "../machine/run";
import { inSandbox } from "../paths";
import { step } from "../progress";
import { messageOf } from "./common";

interface Report {
  stacks: { changes: { resources: { urn: string; operation: string; after?: { custom: boolean }; before?: { custom: boolean } }[] } }[];
}

/** Changes as a reviewer meets them: one that exchanges tasks, and one after which a service has another name. */
const changes: { title: string; apply: (checkout: string) => void; names: RegExp[]; isHeld?: true }[] = [
  {
    title: "an image, memory, a variable and scaling",
    apply: (checkout) => {
      edit(inProject(checkout, "apps/api/src/main.js"), (text) => `${text}\n// For the comment.\n`);
      edit(inProject(checkout, "apps/api/service.yaml"), (text) => text.replace("memoryMiB: 512", "memoryMiB: 1024"));
      edit(
        inProject(checkout, "apps/web/service.yaml"),
        (text) => `${text}scaling: { maxCapacity: 4 }\nenvironment: { LOG_LEVEL: debug }\n`,
      );
    },
    names: [/\*\*api\*\*: image \w+ → \w+, memory 512 → 1024 MiB/, /\*\*web\*\*: .*\+ scaling 2 to 4 tasks/],
  },
  {
    title: "a renamed service and another database name",
    apply: (checkout) => {
      edit(inProject(checkout, "apps/web/service.yaml"), (text) => text.replace("name: web", "name: storefront"));
      renameSync(inProject(checkout, "apps/web"), inProject(checkout, "apps/storefront"));
      edit(inProject(checkout, "data.ts"), (text) =>
        text.replace("postgres({ minCapacity: 0.5,", 'postgres({ databaseName: "people", minCapacity: 0.5,'),
      );
    },
    names: [/\*\*storefront\*\*: /, /removes Service web/, /replaces database cluster accounts\*\*, forced by databaseName/],
    isHeld: true,
  },
];

/** What the engine's own preview says must be what the embedded plans of the two commits say: resource by resource, and in the comment. */
export async function checkComments(engine: Engine, checkout: string): Promise<void> {
  const deployed = (await run("git", ["rev-parse", "HEAD"], { cwd: checkout })).trim();
  for (const { title, apply, names, isHeld = false } of changes) {
    apply(checkout);
    await commit(checkout, title);
    const file = inSandbox("preview.json");
    writeFileSync(file, await step(`pulumi preview --json: ${title}`, () => engine.previewJson()));
    const fairlead = (...args: string[]) => engine.run("npx", ["--no-install", "fairlead", ...args], checkout);
    const diff = (...args: string[]) => fairlead("diff", ...args);
    const ofEngine = ["--pulumi-preview", file];
    const ofCommits = ["sandbox", "--base", deployed, "--head", "HEAD"];
    for (const source of [ofEngine, ofCommits]) {
      const file = inSandbox("held.md");
      const failure = await messageOf(() => diff(...source, "--comment", file));
      expectEqual(`${title}: is ${isHeld ? "" : "not "}held by ${source.join(" ")}`, /ended with 1:/.test(failure), isHeld);
      if (isHeld) await fairlead("allow", ...toAllow(readFileSync(file, "utf8")), "--reason", "the sandbox", "--until", tomorrow());
    }
    if (isHeld) await commit(checkout, "Allowed");
    const [real, embedded] = [operationsIn(await diff(...ofEngine, "--json")), operationsIn(await diff(...ofCommits, "--json"))];
    report(`${real.length} resources change`);
    expectEqual(`the embedded plan names the changes that the engine names: ${title}`, embedded, real);
    for (const source of [ofEngine, ofCommits]) {
      const comment = await diff(...source, "--comment", "-");
      const said = names.filter((name) => !name.test(comment)).map(String);
      expectEqual(`and so does the comment of ${source === ofEngine ? "the engine's preview" : "the two commits"}`, said, []);
    }
    await run("git", ["reset", "--quiet", "--hard", deployed], { cwd: checkout });
  }
}

/** What the command that a comment prints would allow. */
function toAllow(comment: string): string[] {
  return [...comment.matchAll(/^ {2}'([^']+)'/gm)].map(([, danger]) => danger!);
}

function tomorrow(): string {
  return new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
}

function operationsIn(output: string): string[] {
  const { stacks } = JSON.parse(output.split("\n").find((line) => line.startsWith('{"version"'))!) as Report;
  return stacks[0]!.changes.resources
    .filter(({ operation, after, before }) => operation !== "same" && (after ?? before)!.custom)
    .map(({ urn, operation }) => `${operation} ${urn.split("::").slice(2).join(" ").split("$").at(-1)}`)
    .sort();
}
