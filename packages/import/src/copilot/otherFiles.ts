import { basename } from "node:path";

import type { Claims } from "../findings/claims";
import type { ReadFile, Workspace } from "./workspace";

const inFolder = (path: string) => /(?:^|\/)copilot\/(?<of>[^/]+)\/(?<kind>addons|overrides)\/(?<file>.+)$/.exec(path)?.groups;

/** Says what becomes of what is no manifest and no addon: overrides, pipelines and their buildspecs. */
export function otherFiles(workspace: Workspace, claims: Claims): void {
  for (const path of workspace.others) {
    const { of, kind } = inFolder(path) ?? {};
    const service = of === "environments" ? undefined : of;
    if (kind === "addons") continue;
    if (kind === "overrides") {
      if (!/\/(?:cfn\.patches\.ya?ml|stack\.ts)$/.test(path)) continue;
      claims.say({
        outcome: "decide",
        place: { file: path, line: 1, column: 1 },
        source: basename(path),
        service,
        text: "It changes Copilot's CloudFormation: find the key in docs/service.yaml.md that says the same, or make it in a transform of the stack.",
      });
    } else if (/(?:^|\/)(?:pipeline|manifest)\.yml$/.test(path)) {
      claims.say({
        outcome: "decide",
        place: { file: path, line: 1, column: 1 },
        source: basename(path),
        to: ".github/workflows",
        text: "This pipeline can't be read. What its stages did beside deploying goes into GitHub's workflows (docs/workflows.md).",
      });
    } else if (/buildspec.*\.ya?ml$/.test(path)) {
      claims.say({
        outcome: "changed",
        place: { file: path, line: 1, column: 1 },
        source: basename(path),
        to: ".github/workflows",
        text: "images are built and deployed by GitHub's workflows (docs/workflows.md). Steps of your own go into them.",
      });
    }
  }
  for (const [name, pipeline] of workspace.pipelines) pipelineOf(name, pipeline, claims);
}

function pipelineOf(name: string, { path, root }: ReadFile, claims: Claims): void {
  claims.claim(root, {
    outcome: "changed",
    place: { file: path, line: 1, column: 1 },
    source: `pipeline ${name}`,
    to: ".github/workflows",
    text: "deploy.yml deploys the environments in the order of stacks/environments.json; approvals are those of GitHub's environments. Tests of a stage go into the workflow (docs/workflows.md).",
  });
}
