import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { TestRepository } from "../../testing/repository";

const comments = join(__dirname, "comments");
/** `UPDATE_COMMENTS=1 npx jest comments` writes them anew: read the difference before you commit it. */
const updates = process.env.UPDATE_COMMENTS === "1";

/** Ten pairs of commits, and what their pull request's comment says. */
const cases: Record<string, { expected: RegExp; exitCode?: number; change: (repository: TestRepository) => void }> = {
  "image-only": {
    expected: /### ✅ Routine[^]*\*\*api\*\*: image \w+ → \w+, rolling – _dev_, _prod_/,
    change: (repository) => repository.edit("apps/api/src/app.js", (text) => `${text}// one more line\n`),
  },
  memory: {
    expected: /\*\*api\*\*: memory 512 → 1024 MiB, rolling – _dev_/,
    change: (repository) => repository.edit("apps/api/service.yaml", (text) => text.replace("memoryMiB: 512", "memoryMiB: 1024")),
  },
  rename: {
    expected: /\*\*storefront\*\*: renamed from web/,
    change: (repository) => repository.edit("apps/web/service.yaml", (text) => text.replace("name: web", "name: storefront")),
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
    change: (repository) => repository.git("rm", "-rq", "apps/report-writer"),
  },
  "network-in-prod": {
    expected: /### ⚠️ Interrupts: prod[^]*Network prod/,
    change: (repository) => repository.edit("stacks/prod.ts", (text) => text.replace("availabilityZones: 3", "availabilityZones: 2")),
  },
  "database-replaced": {
    expected: /### 🛑 Data would be lost: prod[^]*replaces database cluster accounts\*\*, forced by databaseName/,
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
    exitCode: 1,
    change: (repository) => repository.edit("apps/api/service.yaml", (text) => text.replace("memoryMiB: 512", "memoryMib: 512")),
  },
  "policy-in-prod": {
    expected: /### ❌ [^]*mandatory[^]*prod[^]*ELB\.6/,
    exitCode: 1,
    change: (repository) =>
      repository.edit("stacks/prod.ts", (text) =>
        text.replace("deletionProtection: true,\n    maxRules", "deletionProtection: false,\n    maxRules"),
      ),
  },
  nothing: {
    expected: /### ✅ No changes/,
    change: (repository) => repository.edit("README.md", (text) => `${text}\nOne more line.\n`),
  },
};

let repository: TestRepository;
beforeAll(() => (repository = new TestRepository()));
afterAll(() => repository.remove());

describe("the comment of a pull request", () => {
  test.each(Object.entries(cases).map(([name, entry]) => ({ name, ...entry })))(
    "$name",
    ({ name, change, expected, exitCode = 0 }) => {
      repository.reset();
      change(repository);
      repository.commit(`Change: ${name}`);
      const { stdout, stderr, status } = repository.fairlead("diff", "dev", "prod", "--base", "HEAD~1", "--head", "HEAD", "--comment", "-");
      expect({ status, stderr }).toEqual({ status: exitCode, stderr: "" });
      const comment = withStableRevisions(stdout);
      expect(comment).toMatch(expected);
      expect(comment.length).toBeLessThan(65_536);
      const file = join(comments, `${name}.md`);
      if (updates) writeFileSync(file, comment);
      expect(comment).toBe(existsSync(file) ? readFileSync(file, "utf8") : "");
    },
    60_000,
  );

  test("no file is left of a case that is gone", () => {
    const files = readdirSync(comments).filter((file) => !(file.replace(".md", "") in cases));
    if (updates) for (const file of files) rmSync(join(comments, file));
    expect(updates ? [] : files).toEqual([]);
  });
});

test("a planted secret is in no plan, comment, page or line of a change", () => {
  repository.reset();
  const planted = "planted-7d1f0c";
  repository.edit(
    "apps/api/service.yaml",
    (text) => `${text}build: { secrets: { npm: PLANTED_TOKEN } }\nsecrets: { KEY: { ssm: /shop/key } }\n`,
  );
  repository.edit("stacks/Pulumi.dev.yaml", (text) => `${text}  fairlead:planted:\n    secure: AAABAHBsYW50ZWQ3ZDFmMGM\n`);
  repository.commit("With secrets");
  process.env.PLANTED_TOKEN = planted;
  const page = join(repository.folder, "report.html");
  const { stdout, stderr, status } = repository.fairlead(
    "diff",
    "dev",
    "--base",
    "HEAD~1",
    "--json",
    "--comment",
    join(repository.folder, "comment.md"),
    "--html",
    page,
  );
  const terminal = repository.fairlead("diff", "dev", "--base", "HEAD~1").stdout;
  delete process.env.PLANTED_TOKEN;
  expect(status).toBe(0);
  expect(stdout).toContain('"name":"api"');
  const html = readFileSync(page, "utf8");
  const packed = [...html.matchAll(/"details":"([^"]+)"/g)].map(([, text]) => gunzipSync(Buffer.from(text!, "base64")).toString());
  expect(packed.join("")).toContain("[secret]");
  for (const text of [stdout, stderr, terminal, html, ...packed, readFileSync(join(repository.folder, "comment.md"), "utf8")]) {
    expect(text).not.toContain(planted);
    expect(text).not.toContain("AAABAHBsYW50ZWQ3ZDFmMGM");
  }
}, 60_000);

test("a base that needs other packages gets its own", () => {
  repository.reset();
  repository.edit("package-lock.json", (text) =>
    text
      .replace('"node_modules/picocolors": {\n      "version": "1.1.1"', '"node_modules/picocolors": {\n      "version": "1.1.0"')
      .replace(/("node_modules\/picocolors": \{[^}]*?)"integrity": "[^"]*",\n\s*/, "$1"),
  );
  repository.commit("Another version of a package");
  repository.edit("apps/api/service.yaml", (text) => text.replace("memoryMiB: 512", "memoryMiB: 1024"));
  const { stdout, status } = repository.fairlead("diff", "dev", "--base", "HEAD~1");
  expect([status, stdout]).toEqual([0, expect.stringContaining("api: memory 512 → 1024 MiB") as string]);
}, 180_000);

/** Commits have other names in each run. */
function withStableRevisions(text: string): string {
  const known = new Map<string, string>();
  return text.replace(/(?<![\w/])[0-9a-f]{7}(?:[0-9a-f]{5})?(?!\w)/g, (revision) => {
    const short = revision.slice(0, 7);
    if (!known.has(short)) known.set(short, `${known.size + 1}`.repeat(12));
    return known.get(short)!.slice(0, revision.length);
  });
}
