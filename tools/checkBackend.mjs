// Stops a workflow that can't log in to where Pulumi keeps the stacks' state, or that could do more there than it is for, before anything is installed.
//   node tools/checkBackend.mjs <stack>…
// PULUMI_ORGANIZATION: Pulumi Cloud, by OpenID Connect. PULUMI_BACKEND_URL: a bucket of yours, or a Pulumi Cloud of yours.
// LIMITED_SCOPE is set where the token must be of a team or a person: on a pull request, whose code could use any other one.
import { readFileSync } from "node:fs";

const stacks = process.argv.slice(2);
const { PULUMI_BACKEND_URL: backend = "", PULUMI_ORGANIZATION: organization = "", LIMITED_SCOPE: scope } = process.env;
const isCloud = backend === "" || /^https?:/.test(backend);

const problem = isCloud ? cloudProblem() : bucketProblem();
if (problem) {
  console.log(`::error::${problem} docs/workflows.md`);
  process.exitCode = 1;
}

function cloudProblem() {
  if (organization === "")
    return "There is nowhere to log in to: set the variable PULUMI_ORGANIZATION, for Pulumi Cloud, or PULUMI_BACKEND_URL, such as s3://my-state, with stacks whose secrets are under awskms.";
  if (scope !== undefined && !/^(team|user):./.test(scope))
    return "A pull request's code would get a token that may do everything: set the variable PULUMI_PREVIEW_SCOPE, such as team:previews.";
  return undefined;
}

function bucketProblem() {
  if (organization !== "")
    return `PULUMI_BACKEND_URL is ${backend}, and PULUMI_ORGANIZATION ${organization}: set one of the two variables.`;
  const bad = stacks.filter((stack) => !/^secretsprovider: *["']?\w+:\/\//m.test(configurationOf(stack)));
  if (bad.length === 0) return undefined;
  const fix = `pulumi stack change-secrets-provider "awskms://alias/…?region=…" -s ${bad[0]}`;
  return `No workflow has the passphrase of ${bad.join(", ")}: stacks/Pulumi.${bad[0]}.yaml names no secretsprovider. ${fix}`;
}

function configurationOf(stack) {
  try {
    return readFileSync(`stacks/Pulumi.${stack}.yaml`, "utf8");
  } catch {
    return "";
  }
}
