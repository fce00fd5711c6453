import { resolve } from "node:path";
import { runStep, runSteps } from "@fairlead/sandbox/workflowSteps";

import { Repository } from "../testing/repository";
import { jobsOf } from "../testing/workflows";

const repository = new Repository("here");
repository.write("stacks/Pulumi.there.yaml", "secretsprovider: awskms://alias/state?region=eu-west-1\nconfig:\n  aws:region: eu-west-1\n");
afterAll(() => repository.remove());

type Where = readonly [file: string, job: string, stack: string];
const jobs: readonly Where[] = [
  ["up.yml", "up", "inputs.stack"],
  ["drift.yml", "drift", "matrix.stack"],
  ["preview.yml", "engine", "needs.environments.outputs.stacks"],
];

/** What the step that comes before the installation says of a stack, with these variables of the repository. */
async function state([file, job, stackValue]: Where, stack: string, variables: Record<string, string>): Promise<string> {
  const step = runSteps(file, job).find(({ name }) => name === "State")!;
  const vars = { PULUMI_BACKEND_URL: "", PULUMI_ORGANIZATION: "", PULUMI_PREVIEW_SCOPE: "team:previews", ...variables };
  const values = Object.fromEntries(Object.entries(vars).map(([name, value]) => [`vars.${name}`, value]));
  const own = { ...step, run: step.run.replace("tools/", `${resolve(__dirname, "../..")}/`) };
  const { code, output } = await runStep(own, repository.folder, { ...values, [stackValue]: stack }, process.env);
  expect(code).toBe(output === "" ? 0 : 1);
  return output;
}

describe.each(jobs)("%s", (...job) => {
  test("stops with a sentence where there is nowhere to log in to", async () => {
    expect(await state(job, "here", {})).toMatch(
      /^::error::There is nowhere to log in to: set the variable PULUMI_ORGANIZATION, for Pulumi Cloud, or PULUMI_BACKEND_URL/,
    );
  });

  test("logs in to Pulumi Cloud by OpenID Connect before it takes AWS's role", async () => {
    expect(await state(job, "here", { PULUMI_ORGANIZATION: "example" })).toBe("");
    const steps = jobsOf(job[0])[job[1]]!.steps!;
    const [login, role] = ["pulumi/auth-actions@", "aws-actions/configure-aws-credentials@"].map((action) =>
      steps.findIndex(({ uses }) => uses?.startsWith(action)),
    );
    expect(login).toBeGreaterThan(-1);
    expect(login).toBeLessThan(role!);
    expect(steps[login!]).toMatchObject({
      if: "vars.PULUMI_ORGANIZATION != ''",
      with: { organization: "${{ vars.PULUMI_ORGANIZATION }}" },
    });
  });

  test("takes a bucket where KMS encrypts the stack's secrets, and says how to get there where a passphrase does", async () => {
    const bucket = { PULUMI_BACKEND_URL: "s3://state?region=eu-west-1" };
    expect(await state(job, "there", bucket)).toBe("");
    expect(await state(job, "here", bucket)).toMatch(
      /^::error::No workflow has the passphrase of here: stacks\/Pulumi\.here\.yaml names no secretsprovider\. pulumi stack change-secrets-provider "awskms:/,
    );
    expect(await state(job, "there", { ...bucket, PULUMI_ORGANIZATION: "example" })).toContain("set one of the two variables");
  });
});

test("a pull request gets no token that may do everything", async () => {
  for (const scope of ["", "organization"])
    expect(await state(jobs[2]!, "here", { PULUMI_ORGANIZATION: "example", PULUMI_PREVIEW_SCOPE: scope })).toContain(
      "PULUMI_PREVIEW_SCOPE, such as team:previews",
    );
});

test.each([
  ["up.yml", "up", "Unprotect"],
  ["up.yml", "up", "Preview"],
  ["up.yml", "up", "Up"],
  ["drift.yml", "drift", "Refresh"],
  ["preview.yml", "engine", "Preview"],
])("%s names the stack with its organization, where there is one", (file, job, name) => {
  const { run } = runSteps(file, job).find((step) => step.name === name)!;
  expect(run).toMatch(/--stack "\$\{PULUMI_ORGANIZATION:\+\$PULUMI_ORGANIZATION\/\}\$(STACK|stack)"/);
});
