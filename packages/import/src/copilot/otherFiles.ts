import { basename } from "node:path";

import { sourceName } from "../findings/sourceName";
import type { Claims } from "../findings/claims";
import { childOf } from "../source/sourceNode";
import type { ReadFile, Workspace } from "./workspace";

/** Says what becomes of pipelines and their buildspecs. */
export function otherFiles(workspace: Workspace, claims: Claims): void {
  for (const path of workspace.others) {
    if (/\/(?:addons|overrides)\//.test(path)) continue;
    if (/(?:^|\/)(?:pipeline|manifest)\.yml$/.test(path)) {
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

/** What a pipeline's stages do beside deploying, in what of a workflow it goes. */
const stageKeys: Readonly<Record<string, string>> = {
  requires_approval: "Set reviewers of GitHub's environment of this name: its job then waits for them.",
  test_commands: "Add them as a step behind the deployment, in .github/workflows/deploy.yml.",
  pre_deployments: "Add them as steps before the deployment, or as a job of Fairlead's (kind: job), which runs before the services.",
  post_deployments: "Add them as steps behind the deployment, in .github/workflows/deploy.yml.",
};

function pipelineOf(name: string, { path, root }: ReadFile, claims: Claims): void {
  claims.claim(root, {
    outcome: "changed",
    place: { file: path, line: 1, column: 1 },
    source: `pipeline ${name}`,
    to: ".github/workflows",
    text: "GitHub's workflows deploy the environments in the order of stacks/environments.json (docs/workflows.md).",
  });
  const stages = childOf(root, "stages");
  for (const stage of stages?.kind === "list" ? stages.items : []) {
    for (const [key, text] of Object.entries(stageKeys)) {
      const node = childOf(stage, key);
      if (!node || (node.kind === "scalar" && (node.isNull || node.text === "false")) || (node.kind === "list" && node.items.length === 0))
        continue;
      const source = sourceName(node.origin.path);
      claims.say({ outcome: "decide", place: node.origin.place, source, to: ".github/workflows", text });
    }
  }
}
