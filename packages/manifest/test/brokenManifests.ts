import { isMap, isScalar, isSeq, parseDocument, type Document } from "yaml";

/** A manifest with one thing wrong. */
export interface BrokenManifest {
  title: string;
  text: string;
  /** Line of the mistake, from 1. */
  line: number;
  codes: string[];
}

/** Whole manifests, from which the broken ones come: between them they have every kind and most keys. */
export const wholeManifests: Record<string, string> = {
  "web-service": `name: api
owner: shop
version: 1.0.0
kind: web-service
containerPort: 3000
cpu: 256
memoryMiB: 512
runtimePlatform:
  cpuArchitecture: ARM64
desiredCount: 2
routes:
  - path: /api/*
    host: api.example.com
healthCheck:
  path: /health
  intervalSeconds: 15
  timeoutSeconds: 5
  matcher: 200-299
deregistrationDelaySeconds: 30
uses:
  - name: jobs
    access: write
environment:
  LOG_LEVEL: debug
secrets:
  API_KEY:
    ssm: /shop/api-key
user: 1000:1000
readonlyRootFilesystem: true
writableMounts:
  - /tmp
stopTimeoutSeconds: 30
initProcessEnabled: true
enableExecuteCommand: false
tags:
  cost-center: "4711"
`,
  deployed: `name: shop
containerPort: 8080
ephemeralStorageGiB: 30
build:
  target: runtime
  args:
    MODE: fast
  platforms:
    - linux/arm64
routes:
  - path: /*
scaling:
  minCapacity: 2
  maxCapacity: 8
  cpuPercent: 70
  memoryPercent: 80
  requestsPerTarget: 1000
  scaleOutCooldownSeconds: 60
  schedules:
    - name: night
      schedule: cron(0 22 * * ? *)
      timezone: UTC
      maxCapacity: 4
deployment:
  strategy: CANARY
  bakeTimeMinutes: 5
  canaryPercent: 10
  testHeader:
    name: x-test
    value: "true"
alarms:
  cpuPercent: 90
  latencyP99Seconds: 2
tracing: OTEL
capacityProviderStrategy:
  - capacityProvider: FARGATE
    base: 1
    weight: 1
containerHealthCheck:
  command:
    - /health
  intervalSeconds: 20
  timeoutSeconds: 5
  retries: 3
  startPeriodSeconds: 30
sidecars:
  proxy:
    image: envoy:1.31
    containerPort: 9901
    essential: true
    cpu: 64
    memoryMiB: 64
    dependsOn:
      shop: START
`,
  worker: `name: mailer
kind: worker
cpu: 512
memoryMiB: 1024
uses:
  - name: jobs
scaling:
  minCapacity: 0
  maxCapacity: 5
  messagesPerTask: 10
entryPoint:
  - /mailer
command:
  - run
`,
  "scheduled-job": `name: export
kind: scheduled-job
schedule: cron(0 3 * * ? *)
timezone: Europe/Berlin
retries: 2
uses:
  - name: orders
`,
  job: `name: migrate
kind: job
timeoutMinutes: 20
before: []
environments:
  prod:
    cpu: 1024
    memoryMiB: 2048
`,
};

type Path = (string | number)[];

/** Every manifest with one mistake that can be made mechanically: each key misspelt, each value of another type, of none, out of its limits. */
export function brokenManifests(): BrokenManifest[] {
  return Object.entries(wholeManifests).flatMap(([title, text]) => {
    const document = parseDocument(text);
    const broken: BrokenManifest[] = [];
    for (const path of pathsOf(document)) {
      const value = document.getIn(path);
      const where = `${title}: ${path.join(".")}`;
      const key = path.at(-1)!;
      if (typeof key === "string" && !isFree(path)) broken.push(misspelt(`${where} misspelt`, text, document, path));
      const wrong = wrongType(value, path);
      if (wrong !== undefined) broken.push(changed(`${where} is ${JSON.stringify(wrong)}`, text, path, wrong, ["FL1003", "FL1005"]));
      if (typeof value === "number") broken.push(changed(`${where} is below zero`, text, path, -1, ["FL1005", "FL1006"]));
      if (!isFree(path) || typeof value === "string") broken.push(changed(`${where} is null`, text, path, null, ["FL1003"]));
    }
    return broken;
  });
}

/** Names that the author of a manifest gives: variables, tags, sidecars, arguments. */
function isFree(path: Path): boolean {
  const parent = path.at(-2);
  return typeof parent === "string" && ["environment", "secrets", "args", "tags", "sidecars", "environments", "dependsOn"].includes(parent);
}

function pathsOf(document: Document): Path[] {
  const paths: Path[] = [];
  const walk = (node: unknown, path: Path) => {
    if (path.length > 0) paths.push(path);
    if (isMap(node)) for (const { key, value } of node.items) walk(value, [...path, String(isScalar(key) ? key.value : key)]);
    if (isSeq(node)) node.items.forEach((item, index) => walk(item, [...path, index]));
  };
  walk(document.contents, []);
  return paths;
}

function wrongType(value: unknown, path: Path): unknown {
  if (typeof value === "number") return "some";
  if (typeof value === "boolean") return "perhaps";
  if (isMap(value)) return path.length === 1 || !isFree(path) ? "text" : undefined;
  if (isSeq(value)) return "text";
  return typeof value === "string" ? { wrong: true } : undefined;
}

function changed(title: string, text: string, path: Path, value: unknown, codes: string[]): BrokenManifest {
  const document = parseDocument(text);
  document.setIn(path, document.createNode(value, { flow: true }));
  const written = document.toString({ lineWidth: 0 });
  return { title, text: written, line: lineOf(written, path), codes };
}

function misspelt(title: string, text: string, document: Document, path: Path): BrokenManifest {
  const key = String(path.at(-1));
  const line = lineOf(text, path);
  const lines = text.split("\n");
  // Two letters change places, and none that are the same.
  const place = [...key].findIndex((letter, index) => index > 0 && letter !== key[index + 1] && index + 1 < key.length);
  const slip = place > 0 ? `${key.slice(0, place)}${key[place + 1]}${key[place]}${key.slice(place + 2)}` : `${key}s`;
  lines[line - 1] = lines[line - 1]!.replace(`${key}:`, `${slip}:`);
  // A kind or a map that can't be without the key has two mistakes then.
  return { title, text: lines.join("\n"), line, codes: ["FL1002"] };
}

/** Line of a key, or of an item of a list. */
function lineOf(text: string, path: Path): number {
  const document = parseDocument(text);
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent) ? parent.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(path.at(-1))) : undefined;
  const node = (pair?.key ?? document.getIn(path, true)) as { range: [number, number, number] };
  return text.slice(0, node.range[0]).split("\n").length;
}
