import { readFileSync } from "node:fs";
import { join } from "node:path";
import { outcomeOf, summaryOf, type ChangeDocument, type PlanResult, type StackReport } from "@fairlead/report";
import { outputSchemas } from "@fairlead/report/schema";
import Ajv2020 from "ajv/dist/2020";

import { plansOf, reportOfLastCommit } from "../testing/changes";
import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";

const root = join(__dirname, "../../..");
const ajv = new Ajv2020({ allErrors: true });
const validators = {
  diff: ajv.compile(outputSchemas.diff),
  summary: ajv.compile(outputSchemas.summary),
  preview: ajv.compile(outputSchemas.preview),
};

/** What is wrong with an output, as it reads once it was printed. */
function mistakes(of: keyof typeof validators, output: object): string[] {
  const validate = validators[of];
  validate(JSON.parse(JSON.stringify(output)));
  return (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

const changes: Record<string, (repository: FixtureRepository) => void> = {
  nothing: () => {},
  image: (repository) => repository.edit("apps/accounts-migration/main.js", (text) => `${text}// one more line\n`),
  "removed service": (repository) => repository.git("rm", "-rq", "apps/report-writer"),
  "removed route, more data and pace": (repository) => {
    repository.edit("apps/api/service.yaml", (text) =>
      text
        .replace("routes:\n  - path: /api/*\n", "")
        .replace("uses:", "deployment: { strategy: CANARY }\nuses:\n  - name: accounts\n    access: read"),
    );
  },
  "renamed service": (repository) => {
    repository.edit("apps/api/service.yaml", (text) => text.replace("name: api", "name: backend"));
    repository.edit("apps/web/service.yaml", (text) => text.replace("- api", "- backend"));
    repository.edit("apps/accounts-migration/service.yaml", (text) => text.replace("- api", "- backend"));
  },
  "other data and rules": (repository) => {
    repository.edit("stacks/data.ts", (text) =>
      text.replace("postgres({ minCapacity: 0.5,", 'postgres({ databaseName: "people", minCapacity: 0.5,'),
    );
    repository.edit("stacks/prod.ts", (text) => text.replace("availabilityZones: 3", "availabilityZones: 2"));
  },
  mistake: (repository) => repository.edit("apps/api/service.yaml", (text) => text.replace("memoryMiB: 512", "memoryMib: 512")),
};

const base = new FixtureRepository();
let before: Map<string, PlanResult>;
const made: FixtureRepository[] = [];
beforeAll(async () => (before = await plansOf(base, ["dev", "prod"])));
afterAll(() => [base, ...made].forEach((repository) => repository.remove()));

async function changed(change: (repository: FixtureRepository) => void): Promise<ChangeDocument> {
  const repository = new FixtureRepository(base);
  made.push(repository);
  change(repository);
  repository.commit("A change");
  const report = await reportOfLastCommit(repository, before);
  return { version: 1, ...outcomeOf(report), ...report };
}

test.each(Object.entries(changes))("what is printed of a change is as its schema says: %s", async (_, change) => {
  const document = await changed(change);
  expect(mistakes("diff", document)).toEqual([]);
  expect(mistakes("summary", summaryOf(document))).toEqual([]);
});

test("a field that no schema has is a mistake, at any depth, and so is one that is missing", async () => {
  const document = await changed((repository) => {
    changes.image!(repository);
    changes["removed service"]!(repository);
  });
  const summary = summaryOf(document);
  const [stack] = document.stacks as StackReport[];
  const withMore = <T extends object>(list: readonly T[]) => {
    expect(list).not.toEqual([]);
    return list.map((item) => ({ ...item, more: 1 }));
  };
  const wrong: [keyof typeof validators, object][] = [
    ["diff", { ...document, more: 1 }],
    ["diff", { ...document, version: undefined }],
    ["diff", { ...document, stacks: withMore(document.stacks) }],
    ["diff", { ...document, stacks: [{ ...stack!, dangers: withMore(stack!.dangers) }] }],
    ["diff", { ...document, stacks: [{ ...stack!, affected: withMore(stack!.affected) }] }],
    ["diff", { ...document, stacks: [{ ...stack!, grade: undefined }] }],
    ["summary", { ...summary, stacks: withMore(summary.stacks) }],
    ["preview", { ...stack!.changes.after, resources: withMore(stack!.changes.after.resources) }],
  ];
  for (const [of, output] of wrong) expect(mistakes(of, output)).not.toEqual([]);
});

test("what a preview prints is as its schema says", async () => {
  const { stdout } = await runCommand(base.folder, "preview", "dev", "--json", "--no-types");
  expect(mistakes("preview", JSON.parse(stdout) as object)).toEqual([]);
});

test.each(Object.keys(outputSchemas))("the schema of %s in the repository is the one that is printed", async (of) => {
  const file = readFileSync(join(root, `packages/report/schemas/${of}.schema.json`), "utf8");
  expect((await runCommand(root, "schema", of)).stdout).toBe(file);
});
