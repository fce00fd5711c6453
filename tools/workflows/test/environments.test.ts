import { tmpdir } from "node:os";
import { runStep, runSteps } from "@fairlead/sandbox/workflowSteps";

import { Repository } from "../testing/repository";
import { jobsOf, readJson } from "../testing/workflows";

const nowhere = { "vars.PULUMI_BACKEND_URL": "", "vars.PULUMI_ORGANIZATION": "" };
const { environments } = readJson<{ environments: string[] }>("stacks/environments.json");

test("deploy.yml brings out each environment of stacks/environments.json after the one before it, and the first after the checks", () => {
  const { check, ...deployments } = jobsOf("deploy.yml");
  expect(check).toMatchObject({ uses: "./.github/workflows/check.yml" });
  expect(Object.entries(deployments).map(([name, { needs, uses, with: inputs }]) => ({ name, needs, uses, stack: inputs?.stack }))).toEqual(
    environments.map((name, index) => ({
      name,
      needs: index === 0 ? "check" : environments[index - 1],
      uses: "./.github/workflows/up.yml",
      stack: name,
    })),
  );
});

test("up.yml begins without a variable of the environment's, and says when the environment has no role", async () => {
  const { up } = jobsOf("up.yml");
  expect([up!.environment, up!.if]).toEqual(["${{ inputs.stack }}", "vars.AWS_REGION != ''"]);
  const [role] = runSteps("up.yml", "up");
  const run = (value: string) =>
    runStep(role!, tmpdir(), { "inputs.stack": "here", "vars.AWS_DEPLOY_ROLE": value, ...nowhere }, process.env);
  expect(await run("")).toMatchObject({
    code: 1,
    output: expect.stringContaining("The GitHub environment here has no variable AWS_DEPLOY_ROLE") as string,
  });
  expect(await run("arn:aws:iam::123456789012:role/here")).toMatchObject({ code: 0, output: "" });
});

describe("other workflows read the list when they run", () => {
  const repository = new Repository("here");
  repository.write(
    "stacks/environments.json",
    JSON.stringify({ environments: ["here", "there", "yonder"], enginePreviews: ["here", "there"] }),
  );
  afterAll(() => repository.remove());

  async function run(file: string, job: string) {
    const step = runSteps(file, job).find(({ name }) => name === "Environments")!;
    const result = await runStep(step, repository.folder, nowhere, process.env);
    expect([result.code, result.output]).toEqual([0, ""]);
    return result;
  }

  test("preview.yml: the engine is asked about those alone whose state pull requests may read, and about none by default", async () => {
    const { outputs } = await run("preview.yml", "environments");
    expect(outputs).toEqual({ stacks: "here there" });
    const { engine } = jobsOf("preview.yml");
    expect([engine!.needs, engine!.if, engine!.env!.STACKS]).toEqual([
      "environments",
      "needs.environments.outputs.stacks != ''",
      "${{ needs.environments.outputs.stacks }}",
    ]);
    const without = new Repository("here");
    without.write("stacks/environments.json", JSON.stringify({ environments: ["here"] }));
    const [list] = runSteps("preview.yml", "environments");
    expect((await runStep(list!, without.folder, {}, process.env)).outputs).toEqual({ stacks: "" });
    without.remove();
  });

  test("drift.yml", async () => {
    const { outputs } = await run("drift.yml", "environments");
    expect(outputs).toEqual({ stacks: '["here","there","yonder"]' });
    const { environments: list, drift } = jobsOf("drift.yml");
    expect(list!.outputs).toEqual({ stacks: "${{ steps.list.outputs.stacks }}" });
    expect(drift!.strategy!.matrix).toEqual({ stack: "${{ fromJSON(needs.environments.outputs.stacks) }}" });
  });
});
