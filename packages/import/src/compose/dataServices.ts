import { sourceName } from "../findings/sourceName";
import type { Outcome } from "../findings/finding";
import { childOf } from "../source/sourceNode";
import { dataImage, type DataImage } from "./images/known";
import type { DataService, InitScript } from "./dataService";
import { initScripts } from "./initScripts";
import type { ServiceTranslation } from "./serviceTranslation";
import { settle } from "./settle";
import { mountsOf } from "./steps/volumes";

/** For programs that take a host and a port. */
export const plainCache = "cache({ nodes: 1, transitEncryption: false })";

const oldestPostgres = 15;
const newestPostgres = 17;

/** A service whose image is a database or a cache, as an entry of stacks/data.ts. */
export function dataService(translation: ServiceTranslation, lenient: boolean): DataService {
  const image = dataImage(translation.baseImage!)!;
  const name = translation.service;
  const login = loginOf(translation, image);
  const declaration = image.kind === "cache" ? "cache({ nodes: 1 })" : postgres(translation, name, login.database.at(-1));
  claimImage(translation, image);
  const scripts = claimMounts(translation, image);
  claimRest(translation, image);
  translation.context.problems.push(...settle(translation, lenient));
  return { translation, name, image, need: { name, declaration }, version: takenVersion(translation) ?? 16, scripts, login };
}

function loginOf({ variables }: ServiceTranslation, { kind }: DataImage): DataService["login"] {
  const of = (...names: string[]) =>
    variables
      .filter(({ name }) => names.includes(name))
      .flatMap(({ raw, value }) => [raw, value].filter((each): each is string => each !== undefined && each !== ""));
  if (kind === "cache") return { user: [], password: of("REDIS_PASSWORD", "VALKEY_PASSWORD"), database: [] };
  const user = of("POSTGRES_USER", "POSTGRESQL_USERNAME");
  return {
    user: user.length > 0 ? user : ["postgres"],
    password: of("POSTGRES_PASSWORD", "POSTGRESQL_PASSWORD"),
    database: of("POSTGRES_DB", "POSTGRESQL_DATABASE"),
  };
}

function postgres(translation: ServiceTranslation, name: string, database: string | undefined): string {
  const taken = takenVersion(translation);
  const isOwn =
    database !== undefined && /^[A-Za-z]\w{0,62}$/.test(database) && database !== name.replaceAll("-", "_") && database !== "postgres";
  const parts = [
    ...(isOwn ? [`databaseName: ${JSON.stringify(database)}`] : []),
    ...(taken !== undefined && taken !== 16 ? [`majorVersion: ${taken}`] : []),
    "instances: 1",
    "minCapacity: 0",
    "maxCapacity: 2",
  ];
  return `postgres({ ${parts.join(", ")} })`;
}

/** The nearest version that there is here. */
function takenVersion({ baseImage }: ServiceTranslation): number | undefined {
  const version = majorVersion(baseImage!);
  return version === undefined ? undefined : Math.min(newestPostgres, Math.max(oldestPostgres, version));
}

function majorVersion(image: string): number | undefined {
  const tag = /:(?:pg)?(\d+)(?:[.-][^/]*)?$/.exec(image)?.[1];
  return tag === undefined ? undefined : Number(tag);
}

function claimImage(translation: ServiceTranslation, { kind, note }: DataImage): void {
  const field = translation.root.at("build") ?? translation.root.at("image");
  const isBuilt = translation.root.at("build") !== undefined;
  const version = majorVersion(translation.baseImage!);
  const moved = kind === "postgres" && version !== undefined && (version < oldestPostgres || version > newestPostgres);
  const what =
    kind === "postgres"
      ? `Aurora for PostgreSQL: backups, a login for each service, TLS. It pauses when nobody is connected; for production, instances: 2 and minCapacity: 0.5.${moved ? ` The version is ${version < oldestPostgres ? oldestPostgres : newestPostgres}.` : ""}`
      : "ElastiCache with Valkey, which speaks Redis' protocol, over TLS alone (rediss://). For production, nodes: 2.";
  field?.claim({
    outcome: "changed",
    to: "stacks/data.ts",
    now: translation.service,
    text: `${what}${note ? ` ${note[0]!.toUpperCase()}${note.slice(1)}` : ""}`,
  });
  if (isBuilt)
    translation.say({
      outcome: "decide",
      source: sourceName((field?.node ?? translation.node).origin.path),
      text: "Its Dockerfile adds something to the database: what creates tables belongs into a job (kind: job) that migrates.",
    });
  if (field && isBuilt)
    translation.root.at("image")?.claim({ outcome: "changed", to: undefined, text: "it is what the built image is called." });
}

/** Says what becomes of its mounts. Returns the scripts that a job runs. */
function claimMounts(translation: ServiceTranslation, { kind: dataKind }: DataImage): InitScript[] {
  const mounts = mountsOf(translation);
  const ofInit = mounts.filter(({ target }) => /docker-entrypoint-initdb\.d/.test(target));
  const scripts = ofInit.map((mount) => (dataKind === "postgres" && mount.kind === "bind" ? initScripts(translation, mount) : undefined));
  // They come one after the other: who leaves one out breaks the next.
  const isTaken = scripts.every((each) => each !== undefined);
  for (const mount of mounts) {
    const { field, kind, source = "", target } = mount;
    if (ofInit.includes(mount) && isTaken)
      field.claim({
        outcome: "changed",
        to: "kind: job",
        text: "a job of its own runs it before the services start, once: where there are tables it does nothing.",
      });
    else if (ofInit.includes(mount)) {
      field.claim({
        outcome: "decide",
        to: "kind: job",
        text: `What ${source} creates belongs into a job that migrates (kind: job, with before): nothing runs it here.`,
      });
    } else if (
      kind === "volume" ||
      kind === "anonymous" ||
      kind === "tmpfs" ||
      /^\/(?:var\/lib\/postgresql|data|bitnami)(?:\/|$)/.test(target)
    ) {
      field.claim({
        outcome: "changed",
        to: "stacks/data.ts",
        text: "the storage is the data's own, and is backed up. What is in the volume now stays there.",
      });
    } else {
      field.claim({
        outcome: "dropped",
        to: undefined,
        text: "AWS looks after the data by itself: no script or setting of one machine reaches it.",
        isDevelopment: !/\.conf|etc\//.test(`${source}${target}`),
      });
    }
  }
  return isTaken ? scripts.flatMap((each) => each ?? []) : [];
}

/** What AWS does by itself, by key. */
const own: Record<string, [outcome: Outcome, text: string, isDevelopment?: boolean]> = {
  environment: ["changed", "database and logins are made by the environment; each service has its own password."],
  env_file: ["changed", "database and logins are made by the environment; each service has its own password."],
  ports: ["dropped", "nobody but its services reaches it: npx fairlead tunnel opens it for any client.", true],
  healthcheck: ["changed", "AWS looks after its health."],
  command: ["changed", "what it is started with is AWS's own; parameters go into a transform of stacks/data.ts."],
  entrypoint: ["changed", "what it is started with is AWS's own."],
  user: ["changed", "what it runs as is AWS's own."],
  deploy: ["changed", "its size stands in stacks/data.ts."],
  mem_limit: ["changed", "its size stands in stacks/data.ts."],
  cpus: ["changed", "its size stands in stacks/data.ts."],
  shm_size: ["changed", "its size stands in stacks/data.ts."],
  platform: ["changed", "what it runs on is AWS's own."],
  read_only: ["changed", "its files are AWS's own."],
  tmpfs: ["changed", "its files are AWS's own."],
  stop_grace_period: ["changed", "AWS starts and stops it."],
  init: ["changed", "AWS starts and stops it."],
  ulimits: ["changed", "its limits are AWS's own."],
  sysctls: ["changed", "its limits are AWS's own."],
  cap_add: ["changed", "its rights are AWS's own."],
  security_opt: ["changed", "its rights are AWS's own."],
  privileged: ["changed", "its rights are AWS's own."],
  secrets: ["changed", "logins are made by the environment."],
  working_dir: ["changed", "its files are AWS's own."],
  configs: ["dropped", "parameters go into a transform of stacks/data.ts."],
  expose: ["changed", "services that are bound to it reach it."],
  extra_hosts: ["changed", "it reaches nobody."],
  labels: ["changed", "tags of data stand in stacks/data.ts."],
  depends_on: ["changed", "it is there before its services."],
};

function claimRest(translation: ServiceTranslation, { kind }: DataImage): void {
  for (const [key, [outcome, text, isDevelopment]] of Object.entries(own)) {
    const field = translation.root.at(key);
    if (!field || translation.claims.unclaimed(field.node).length === 0) continue;
    field.claim({
      outcome,
      to: outcome === "dropped" || text === "" ? undefined : "stacks/data.ts",
      text: text || undefined,
      isDevelopment,
    });
  }
  const password = childOf(translation.node, "command");
  if (kind === "cache" && password && /requirepass/.test(JSON.stringify(textsIn(password))))
    translation.say({
      outcome: "changed",
      source: sourceName(password.origin.path),
      to: "uses",
      text: "the cache has no password: its security group admits the services that are bound to it.",
    });
}

function textsIn(node: ReturnType<typeof childOf>): string[] {
  return node?.kind === "scalar" ? [node.text] : node?.kind === "list" ? node.items.flatMap((item) => textsIn(item)) : [];
}
