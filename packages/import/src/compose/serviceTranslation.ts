import { posix } from "node:path";
import { likelySecret, type FileProblem } from "@fairlead/model";

import { Field } from "../fields/field";
import type { FieldContext, Part } from "../fields/fieldContext";
import type { Claims } from "../findings/claims";
import type { Finding } from "../findings/finding";
import { sourceName } from "../findings/sourceName";
import type { SourceFiles } from "../source/sourceFiles";
import type { MapNode, Place, SourceNode } from "../source/sourceNode";
import { leadsOn, rowAt } from "./mapping";
import type { SourceMention } from "./sourceMention";

/** What becomes of a service of a Compose file. */
export type Role = "service" | "job" | "data" | "development" | "inactive";

/** A variable of a service, wherever it was written. */
export interface Variable {
  name: string;
  /** Undefined where it is taken from whoever runs Compose. */
  value?: string;
  /** Variables in its value that nobody here knows. */
  unknown: readonly string[];
  /** As it is written, before anything was filled in. */
  raw?: string;
  /** The key that it was written at; one of a file is told by the file's name. */
  field: Field;
  isFromFile: boolean;
  /** Of a file that isn't here, by its example. */
  isOfExample?: boolean;
  /** It named the service itself, and has localhost in that place, which is no address of the machine's. */
  isOfItself?: boolean;
  /** What became of it is told already. */
  isTold?: boolean;
}

/** A port that a service publishes or exposes. */
export interface Port {
  port: number;
  published?: string;
  /** Only this machine reaches it. */
  isLocal: boolean;
  protocol: string;
  field: Field;
}

/** A file or a folder that was mounted into an image, and is copied into one here. */
export interface Copy {
  field: Field;
  /** Relative to what is imported. */
  path: string;
  /** The same, relative to the folder of the Compose file. */
  inContext: string;
  target: string;
  isFile: boolean;
}

/** What a translation needs of its surroundings. */
export interface ServiceContext {
  claims: Claims;
  problems: FileProblem[];
  files: SourceFiles;
  application: string;
  environment: string;
  /** Variables that nobody here knows, by the text that has them. */
  unknown: ReadonlyMap<SourceNode, readonly string[]>;
  /** Folder of what is imported as it is seen from the folder of a service that is written. */
  toWorkspace: (service: string) => string;
}

/** One service of a Compose project on its way to a service.yaml. */
export class ServiceTranslation implements FieldContext {
  readonly tool = "Compose";
  readonly claims: Claims;
  readonly root: Field;
  readonly manifest: Record<string, unknown> = {};
  role: Role = "service";
  /** Names by which other services of the project reach it, its own first. */
  readonly hosts: string[];
  variables: Variable[] = [];
  ports: Port[] = [];
  /** The port by which the outside reaches it. */
  publicPort?: { port: Port; isHttp: boolean };
  /** Services that are started before it, with what has to be so. */
  dependsOn = new Map<string, string>();
  /** Services that it calls. */
  readonly calls = new Set<string>();
  /** Data that it is bound to, with names of its own for what that brings. */
  readonly uses = new Map<string, { as: Record<string, string | string[]>; containerPath?: string; access?: string }>();
  /** What was mounted, and goes into an image of its own. */
  readonly copies: Copy[] = [];
  /** Where its sources name other services as hosts, by their names in the Compose file. */
  readonly mentions = new Map<string, SourceMention[]>();
  /** Files that are written beside its manifest, by name. */
  readonly files = new Map<string, string>();
  /** Paths of sources that are among them. */
  readonly ownFiles = new Set<string>();
  /** Lines of a Dockerfile that is written for it. */
  dockerfile?: string[];
  /** Lines that its own Dockerfile gets besides. */
  readonly addedLines: string[] = [];
  /** The image that its Dockerfile ends with, or that it is. */
  baseImage?: string;

  constructor(
    /** Its name in the Compose file. */
    readonly key: string,
    /** Its name here. */
    readonly service: string,
    readonly node: MapNode,
    readonly context: ServiceContext,
  ) {
    this.claims = context.claims;
    this.hosts = [key];
    this.root = new Field(node, [], this);
  }

  get place(): Place {
    return this.node.origin.place;
  }

  rowAt(path: Part["path"]) {
    return rowAt(path);
  }

  leadsOn(path: Part["path"]): boolean {
    return leadsOn(path);
  }

  /** Writes a value at keys joined with dots, unless it is undefined. */
  set(path: string, value: unknown): void {
    if (value === undefined) return;
    const keys = path.split(".");
    let map = this.manifest;
    for (const key of keys.slice(0, -1)) map = (map[key] ??= {}) as Record<string, unknown>;
    map[keys.at(-1)!] = value;
  }

  /** An entry of a map whose keys may have dots. */
  setEntry(to: string, key: string, value: unknown): void {
    let map = this.manifest;
    for (const part of to.split(".")) map = (map[part] ??= {}) as Record<string, unknown>;
    // Also of the name __proto__, which an assignment would take for something else.
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  }

  /** A path of a source as it is seen from the folder of the service that is written. @param node where the path is written */
  here(path: string, node: SourceNode): string {
    const folder = posix.dirname(node.origin.place.file);
    return posix.normalize(posix.join(this.context.toWorkspace(this.service), folder, path)).replace(/(.)\/$/, "$1");
  }

  /** The same, relative to what is imported. */
  inSource(path: string, node: SourceNode): string {
    return posix.normalize(posix.join(posix.dirname(node.origin.place.file), path)).replace(/(.)\/$/, "$1");
  }

  claim({ node }: Part, finding: Pick<Finding, "outcome" | "to" | "text" | "was" | "now" | "isDevelopment">): void {
    const { place, path } = node.origin;
    this.claims.claim(node, { ...finding, place, source: sourceName(path), service: this.service });
  }

  /** A finding of no key in particular, told where the service begins. */
  say(finding: Omit<Finding, "place" | "service">, place: Place = this.place): void {
    this.claims.say({ ...finding, place, service: this.service });
  }

  refuse({ node, path }: Part, expected: string): void {
    const { place } = node.origin;
    const text = node.kind === "scalar" ? node.text : "";
    // A line with spaces may hold anything, and so may a variable.
    const isShown = node.kind === "scalar" && !/\s/.test(text) && path[0] !== "environment" && !likelySecret(String(path.at(-1)), text);
    const source = isShown ? sourceName(node.origin.path) : sourceName(node.origin.path.slice(0, 4));
    const problem = isShown
      ? `${source} is ${JSON.stringify(text)}`
      : `${source} has a ${node.kind === "scalar" ? "text" : node.kind} that can't be used`;
    const { problems } = this.context;
    if (problems.some((known) => known.file === place.file && known.line === place.line && known.column === place.column)) return;
    problems.push({
      code: "FL2904",
      ...place,
      problem,
      expected,
      isSecret: !isShown,
      consequence: "Compose refuses it as well.",
      fix: "Correct it in the source, and import again.",
    });
  }
}
