import { likelySecret, type FileProblem } from "@fairlead/model";

import { sourceName } from "../findings/sourceName";
import type { Claims } from "../findings/claims";
import type { Finding } from "../findings/finding";
import type { MapNode } from "../source/sourceNode";
import type { DataNeed } from "../write/imported";
import { Field, type Claimed } from "../fields/field";
import type { FieldContext, Part } from "../fields/fieldContext";
import { leadsOn, rowAt } from "./mapping";
import type { WorkloadType } from "./workloadTypes";

/** A `from_cfn` of a manifest, whose claim waits for what the environments' addons export. */
export interface CloudFormationImport {
  field: Field;
  /** The variable that has it; none of a security group. */
  variable?: string;
  /** What stands before the keys of the container whose variable it is; empty for the service's own. */
  container: string;
}

/** A secret of the service's own container, whose claim waits for what addons wrote into parameters. */
export interface StoredSecret {
  field: Field;
  variable: string;
  /** What is said of it where no addon wrote it. */
  claimed: Claimed;
}

/** What a translation of one manifest needs of its surroundings. */
export interface TranslationArgs {
  service: string;
  type: WorkloadType;
  /** The environment whose overrides are merged in; none for the base. */
  environment?: string;
  application: string;
  claims: Claims;
  problems: FileProblem[];
  /** Text of a file of the workspace, by its path from there; undefined where there is none. */
  read: (path: string) => string | undefined;
  /** Folder of the workspace as it is seen from the folder of the service that is written. */
  toWorkspace: string;
  /** Whether the environment's VPC is one that exists; for the base, whether all of theirs are. */
  adoptsVpc: boolean;
}

/** One manifest in one environment on its way to a service.yaml. */
export class Translation implements TranslationArgs, FieldContext {
  readonly tool = "Copilot";
  readonly service: string;
  readonly type: WorkloadType;
  readonly environment?: string;
  readonly application: string;
  readonly claims: Claims;
  readonly problems: FileProblem[];
  readonly read: TranslationArgs["read"];
  readonly toWorkspace: string;
  readonly adoptsVpc: boolean;
  readonly root: Field;
  /** What is said here, as it will be written. */
  readonly manifest: Record<string, unknown> = {};
  readonly data: DataNeed[] = [];
  /** What topics that it publishes to are called here, by their names in Copilot. */
  readonly topics = new Map<string, string>();
  /** What it imports from other stacks of CloudFormation's. */
  readonly imports: CloudFormationImport[] = [];
  readonly storedSecrets: StoredSecret[] = [];
  /** Days that logs are kept. */
  logRetentionDays = 30;
  /** The load balancer that is there already and that its rules are to be at. */
  existingLoadBalancer?: Field;
  needsNetworkLoadBalancer = false;
  /** Its tasks reach the internet by a NAT gateway. */
  inPrivateSubnets = false;

  constructor(root: MapNode, args: TranslationArgs) {
    ({
      service: this.service,
      type: this.type,
      environment: this.environment,
      application: this.application,
      claims: this.claims,
      problems: this.problems,
      read: this.read,
      toWorkspace: this.toWorkspace,
      adoptsVpc: this.adoptsVpc,
    } = args);
    this.root = new Field(root, [], this);
  }

  rowAt(path: Part["path"]) {
    return rowAt(path, this.type);
  }

  leadsOn(path: Part["path"]): boolean {
    return leadsOn(path, this.type);
  }

  /** Writes a value at keys joined with dots, unless it is undefined. */
  set(path: string, value: unknown): void {
    if (value === undefined) return;
    const keys = path.split(".");
    let map = this.manifest;
    for (const key of keys.slice(0, -1)) map = (map[key] ??= {}) as Record<string, unknown>;
    map[keys.at(-1)!] = value;
  }

  /** Keeps what is imported until it is known what that is of. @param variable none for a security group */
  importOf(field: Field, variable?: string, container = ""): void {
    field.cover();
    this.imports.push({ field, variable, container });
  }

  claim({ node }: Part, finding: Pick<Finding, "outcome" | "to" | "text" | "was" | "now" | "isDevelopment">): void {
    const { place, path } = node.origin;
    const source = sourceName(path);
    this.claims.claim(node, { ...finding, place, source, service: this.service }, this.environment);
  }

  refuse({ node, path }: Part, expected: string): void {
    const { place } = node.origin;
    const text = node.kind === "scalar" ? node.text : "";
    // A line with spaces may hold anything, and so may a variable.
    const isShown = node.kind === "scalar" && !/\s/.test(text) && !path.includes("variables") && !likelySecret(String(path.at(-1)), text);
    const problem = `${sourceName(path)} ${isShown ? `is ${JSON.stringify(text)}` : `has a ${node.kind === "scalar" ? "text" : node.kind} that can't be used`}`;
    if (this.problems.some((known) => known.file === place.file && known.line === place.line && known.column === place.column)) return;
    this.problems.push({
      code: "FL2904",
      ...place,
      problem,
      expected,
      isSecret: !isShown,
      consequence: "Copilot refuses it as well, so nothing was ever deployed with it.",
      fix: "Correct it in the source, and import again.",
    });
  }
}
