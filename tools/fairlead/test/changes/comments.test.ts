import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { commentLimit, isRefused, renderComment, renderHtml, renderTerminal, summaryOf, type PlanResult } from "@fairlead/report";

import { plansOf, reportOfLastCommit } from "../../testing/changes";
import { FixtureRepository } from "../../testing/fixtureRepository";
import { withStableRevisions } from "../../testing/stableRevisions";

const comments = join(__dirname, "comments");
/** `UPDATE_COMMENTS=1 npx jest comments` writes them anew: read the difference before you commit it. */
const updates = process.env.UPDATE_COMMENTS === "1";

/** Pairs of commits, and what their pull request's comment says. */
const cases: Record<string, { expected: RegExp; refused?: boolean; change: (repository: FixtureRepository) => void }> = {
  "image-only": {
    expected: /### ✅ Routine[^]*\*\*api\*\*: image \w+ → \w+, rolling – _dev_, _prod_/,
    change: (repository) => repository.edit("apps/api/main.js", (text) => `${text}// one more line\n`),
  },
  memory: {
    expected: /\*\*api\*\*: memory 512 → 1024 MiB, rolling – _dev_/,
    change: (repository) => repository.edit("apps/api/service.yaml", (text) => text.replace("memoryMiB: 512", "memoryMiB: 1024")),
  },
  rename: {
    expected: /\*\*storefront\*\*: renamed from web/,
    refused: true,
    change: (repository) => repository.edit("apps/web/service.yaml", (text) => text.replace("name: web", "name: storefront")),
  },
  "route-moved": {
    expected:
      /### ⚠️ Look – interrupts: dev and prod[^]*api → web[^]*update aws:lb\/listenerRule:ListenerRule dev-api-\w+\n +actions\.0\.targetGroupArn: <api arn> → <web arn>/,
    change: (repository) => {
      repository.edit("apps/api/service.yaml", (text) => text.replace("/api/*", "/api/v1/*"));
      repository.edit("apps/web/service.yaml", (text) => text.replace("  - path: /*", "  - path: /*\n  - path: /api/*"));
    },
  },
  "route-removed": {
    expected:
      /### 🛑 Stop – an address goes away: dev and prod[^]*🛑 \*\*\/api\/\\\*: api → web, caught by \/\\\*\*\*\. No route says so[^]*_dev_, _prod_/,
    refused: true,
    change: (repository) => repository.edit("apps/api/service.yaml", (text) => text.replace("routes:\n  - path: /api/*\n", "")),
  },
  "new-service": {
    expected: /\*\*search\*\*: new: image 1\.0\.0-\w+[^]*route \/search/,
    change: (repository) => {
      repository.write(
        "apps/search/service.yaml",
        "name: search\nowner: shop\nversion: 1.0.0\ncontainerPort: 8080\nroutes:\n  - path: /search\nuses:\n  - name: reports\n    access: read\n",
      );
      repository.write("apps/search/Dockerfile", 'FROM scratch\nCOPY search /\nENTRYPOINT ["/search"]\n');
      repository.write("apps/search/search", "#!/bin/false\n");
    },
  },
  "removed-service": {
    expected: /removes Service report-writer[^]*\*\*report-writer\*\*: removed/,
    refused: true,
    change: (repository) => repository.git("rm", "-rq", "apps/report-writer"),
  },
  "network-in-prod": {
    expected: /### 🛑 Stop – nothing would serve: prod[^]*Network prod/,
    refused: true,
    change: (repository) => repository.edit("stacks/prod.ts", (text) => text.replace("availabilityZones: 3", "availabilityZones: 2")),
  },
  "database-replaced": {
    expected: /### 🛑 Stop – data would be lost: prod[^]*replaces database cluster accounts\*\*, forced by databaseName/,
    refused: true,
    change: (repository) =>
      repository.edit("stacks/data.ts", (text) =>
        text.replace("postgres({ minCapacity: 0.5,", 'postgres({ databaseName: "people", minCapacity: 0.5,'),
      ),
  },
  "scaling-and-variables": {
    expected: /\*\*web\*\*: [^]*\+ scaling 3 to 9 tasks[^]*\+ variable LOG\\_LEVEL = debug, rolling – _prod_/,
    change: (repository) =>
      repository.edit(
        "apps/web/service.yaml",
        (text) => `${text}environments:\n  prod:\n    environment: { LOG_LEVEL: debug }\n    scaling: { minCapacity: 3, maxCapacity: 9 }\n`,
      ),
  },
  mistake: {
    expected: /### ❌ Can't be planned: dev and prod[^]*FL1002 {2}unknown key "memoryMib"[^]*Did you mean "memoryMiB"\?/,
    refused: true,
    change: (repository) => repository.edit("apps/api/service.yaml", (text) => text.replace("memoryMiB: 512", "memoryMib: 512")),
  },
  "policy-in-prod": {
    expected: /### ❌ [^]*mandatory[^]*prod[^]*ELB\.6/,
    refused: true,
    change: (repository) =>
      repository.edit("stacks/prod.ts", (text) =>
        text.replace("deletionProtection: true,\n    maxRules", "deletionProtection: false,\n    maxRules"),
      ),
  },
  nothing: {
    expected: /### ✅ No changes/,
    change: (repository) => repository.write("README.md", "Nothing of a stack.\n"),
  },
};

/** What the plan is compared with: made once. */
const base = new FixtureRepository();
let before: Map<string, PlanResult>;
const changed: FixtureRepository[] = [];
beforeAll(async () => (before = await plansOf(base, ["dev", "prod"])));
afterAll(() => [base, ...changed].forEach((repository) => repository.remove()));

describe("the comment of a pull request", () => {
  test.each(Object.entries(cases).map(([name, entry]) => ({ name, ...entry })))("$name", async ({ name, change, expected, refused }) => {
    const repository = new FixtureRepository(base);
    changed.push(repository);
    change(repository);
    repository.commit(`Change: ${name}`);
    const report = await reportOfLastCommit(repository, before);
    expect(isRefused(report)).toBe(refused === true);
    const comment = withStableRevisions(renderComment(report)).replace(/--until \S+/, "--until 2026-12-13");
    expect(comment).toMatch(expected);
    expect(comment.length).toBeLessThan(commentLimit);
    const file = join(comments, `${name}.md`);
    if (updates) writeFileSync(file, comment);
    expect(comment).toBe(existsSync(file) ? readFileSync(file, "utf8") : "");
  });

  test("no file is left of a case that is gone", () => {
    const files = readdirSync(comments).filter((file) => !(file.replace(".md", "") in cases));
    if (updates) for (const file of files) rmSync(join(comments, file));
    expect(updates ? [] : files).toEqual([]);
  });
});

test("a planted secret is in no plan, comment, page or line of a change", async () => {
  const repository = new FixtureRepository(base);
  changed.push(repository);
  const [planted, encrypted] = ["planted-7d1f0c", "AAABAHBsYW50ZWQ3ZDFmMGM"];
  repository.edit(
    "apps/api/service.yaml",
    (text) => `${text}build: { secrets: { npm: PLANTED_TOKEN } }\nsecrets: { KEY: { ssm: /shop/key } }\n`,
  );
  repository.edit("stacks/Pulumi.dev.yaml", (text) => `${text}  fairlead:planted:\n    secure: ${encrypted}\n`);
  repository.commit("With secrets");
  process.env.PLANTED_TOKEN = planted;
  const report = await reportOfLastCommit(repository, new Map([["dev", before.get("dev")!]]));
  delete process.env.PLANTED_TOKEN;
  expect(isRefused(report)).toBe(false);
  const html = await renderHtml(report);
  const packed = [...html.matchAll(/"details":"([^"]+)"/g)].map(([, text]) => gunzipSync(Buffer.from(text!, "base64")).toString());
  expect(packed.join("")).toContain("[secret]");
  const comment = renderComment(report);
  expect(comment).toContain("**api**");
  const marked = [...(await plansOf(repository, ["dev"])).values()].map((result) => JSON.stringify(result));
  expect(marked.join("")).toMatch(/\[secret [0-9a-f]{16}\]/);
  for (const text of [JSON.stringify(report), comment, renderTerminal(report), html, ...packed]) {
    expect(text).not.toContain(planted);
    expect(text).not.toContain(encrypted);
    expect(text).not.toMatch(/\[secret ?[^\]]/);
  }
});

test("what looks like a secret in a manifest is shown nowhere, and another one is a change", async () => {
  const secrets = ["hunter-planted-1", "hunter-planted-2"] as const;
  const holding = (secret: string) => {
    const repository = new FixtureRepository(base);
    changed.push(repository);
    repository.edit("apps/api/service.yaml", (text) => {
      const container = `{ image: public.ecr.aws/x/y@sha256:${"0".repeat(64)}, cpu: 32, memoryMiB: 64, environment: { API_TOKEN: ${secret} } }`;
      return `${text}environment: { DB_PASSWORD: ${secret} }\nbuild: { args: { NPM_PASSWORD: ${secret} } }\nsidecars: { proxy: ${container} }\n`;
    });
    repository.commit("With what looks like secrets");
    return repository;
  };
  const [one, other] = secrets.map(holding);
  const report = await reportOfLastCommit(other!, await plansOf(one!, ["dev"]));
  const html = await renderHtml(report);
  const packed = [...html.matchAll(/"details":"([^"]+)"/g)].map(([, text]) => gunzipSync(Buffer.from(text!, "base64")).toString());
  const lines = renderTerminal(report);
  for (const name of ["variable DB_PASSWORD", "build argument NPM_PASSWORD", "variable API_TOKEN of proxy"]) {
    expect(lines).toContain(`${name} [likely secret] → another`);
  }
  expect(lines).toContain("environment.DB_PASSWORD: [likely secret] → another [likely secret] (replaces it)");
  const texts = [JSON.stringify(report), JSON.stringify(summaryOf(report)), renderComment(report), lines, html, ...packed];
  for (const text of texts) expect(text).not.toContain("hunter-planted");
});
