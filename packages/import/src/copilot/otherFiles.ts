import { basename } from "node:path";
import type { FileProblem } from "@fairlead/model";

import type { Claims } from "../findings/claims";
import { parseSource } from "../source/parseSource";
import type { SourceFiles } from "../source/sourceFiles";
import { childOf } from "../source/sourceNode";
import type { ReadFile, Workspace } from "./workspace";

const inFolder = (path: string) => /(?:^|\/)copilot\/(?<of>[^/]+)\/(?<kind>addons|overrides)\/(?<file>.+)$/.exec(path)?.groups;

/** Says what becomes of all that is no manifest: resources of addons, overrides, pipelines and their buildspecs. */
export function otherFiles(workspace: Workspace, files: SourceFiles, claims: Claims, problems: FileProblem[]): void {
  for (const path of workspace.others) {
    const { of, kind } = inFolder(path) ?? {};
    const service = of === "environments" ? undefined : of;
    if (kind === "addons") addon(path, service, files, claims, problems);
    else if (kind === "overrides") {
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

/** Each resource of an addon, with its place. */
function addon(path: string, service: string | undefined, files: SourceFiles, claims: Claims, problems: FileProblem[]): void {
  if (!/\.ya?ml$/.test(path) || /addons\.parameters\.ya?ml$/.test(path)) return;
  const parsed = parseSource(path, files.read(path) ?? "\0", "FL2901");
  problems.push(...parsed.problems);
  const resources = childOf(parsed.root, "Resources");
  if (resources?.kind !== "map") return;
  for (const [name, { keyPlace, value }] of resources.entries) {
    const type = childOf(value, "Type");
    const text = type?.kind === "scalar" ? type.text : "no type";
    claims.say({
      outcome: "decide",
      place: keyPlace,
      source: `${name} (${text})`,
      service,
      to: "stacks/data.ts",
      text: adviceFor(text),
    });
  }
}

const advice: [pattern: RegExp, text: string][] = [
  [
    /^AWS::RDS::DB(?:Cluster|Instance)$/,
    "Declare a postgres() in stacks/data.ts and bind it under uses; its data moves by a dump. Until then the service reaches the old one as before.",
  ],
  [/^AWS::S3::Bucket$/, "Declare a bucket() in stacks/data.ts and bind it under uses; copy what is in it (aws s3 sync)."],
  [/^AWS::DynamoDB::Table$/, "Declare a table({ partitionKey }) in stacks/data.ts and bind it under uses; its items move by an export."],
  [/^AWS::SQS::Queue$/, "Declare a queue() in stacks/data.ts and bind it under uses."],
  [/^AWS::SNS::Topic$/, "Declare a topic() in stacks/data.ts and bind it under uses."],
  [/^AWS::ElastiCache::/, "Declare a cache() in stacks/data.ts and bind it under uses."],
  [/^AWS::EFS::/, "Declare a fileSystem() in stacks/data.ts and bind it under uses."],
  [
    /^AWS::IAM::(?:ManagedPolicy|Policy)$/,
    "What data under uses needs is permitted by itself. For the rest give the task role its statements in the stack.",
  ],
  [
    /SecurityGroup|DBSubnetGroup|SecretTargetAttachment|ParameterGroup|BucketPolicy|::Secret$/,
    "It belongs to data that comes with its own.",
  ],
];

function adviceFor(type: string): string {
  return (
    advice.find(([pattern]) => pattern.test(type))?.[1] ??
    "Keep it in its CloudFormation stack, or write it into the composition with Pulumi's AWS provider."
  );
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
