import { containerValues, likelySecret } from "@fairlead/model";

import type { Field } from "../../fields/field";
import { secretInstead, secretWord, withheld } from "../../fields/secretWord";
import { commandWords } from "../commandWords";
import { asMap } from "../merge";
import type { ServiceTranslation } from "../serviceTranslation";
import { fieldOf } from "./fieldOf";
import { textOf } from "./variables";

/** How the container starts and stops, and what it may write. */
export function container(translation: ServiceTranslation): void {
  const { root } = translation;
  words(translation, root.at("entrypoint"), "entryPoint");
  words(translation, root.at("command"), "command");
  workingDirectory(translation, root.at("working_dir"));
  const readOnly = root.at("read_only");
  // A container's files can be written unless it is told otherwise.
  if (readOnly?.boolean() !== true) translation.set("readonlyRootFilesystem", false);
  readOnly?.claim();
  const init = root.at("init");
  if (init?.boolean() === false) translation.set("initProcessEnabled", false);
  init?.claim();
  tmpfs(translation, root.at("tmpfs"));
  stopTimeout(translation, root.at("stop_grace_period"));
  platform(translation, root.at("platform"));
  ulimits(translation, root.at("ulimits"));
  labels(translation, root.at("labels"));
}

function words(translation: ServiceTranslation, field: Field | undefined, to: string): void {
  if (!field) return;
  const { words: list, unread } = (field.isList ? { words: field.texts() } : commandWords(field.text() ?? "")) ?? {};
  if (list === undefined) {
    field.refuse("words that a shell can split");
    return;
  }
  const secret = secretWord(list);
  if (list.length > 0 && !secret) translation.set(to, list);
  if (secret) field.claim(withheld(secret, "A word of it", secretInstead.command));
  else
    field.claim(
      unread === undefined
        ? {}
        : { text: `Compose starts no shell, and passes on what stands before the ${unread[0]}: write [sh, -c, …] for all of it.` },
    );
}

function workingDirectory(translation: ServiceTranslation, field: Field | undefined): void {
  const folder = field?.text();
  if (!field || folder === undefined) return;
  if (!folder.startsWith("/"))
    return field.claim({ outcome: "decide", text: "Docker takes a folder that begins at / alone: write all of it." });
  translation.set("workingDirectory", folder);
  field.claim();
}

function tmpfs(translation: ServiceTranslation, field: Field | undefined): void {
  const folders = (field?.texts() ?? []).map((each) => each.split(":")[0]!).filter((each) => each.startsWith("/"));
  if (folders.length > 0) addWritable(translation, folders);
  field?.claim();
}

/** Folders that can be written, each once. */
export function addWritable(translation: ServiceTranslation, folders: readonly string[]): void {
  const before = (translation.manifest.writableMounts as string[] | undefined) ?? [];
  translation.set("writableMounts", [...new Set([...before, ...folders])]);
}

function stopTimeout(translation: ServiceTranslation, field: Field | undefined): void {
  const seconds = field?.seconds();
  if (!field || seconds === undefined) return;
  const { minimum, maximum } = containerValues.stopTimeoutSeconds as { minimum: number; maximum: number };
  const taken = Math.min(maximum, Math.max(minimum, Math.ceil(seconds)));
  translation.set("stopTimeoutSeconds", taken);
  field.claim(
    taken === seconds
      ? {}
      : { outcome: "changed", was: field.text(), now: `${taken} s`, text: `ECS waits ${minimum} to ${maximum} seconds.` },
  );
}

function platform(translation: ServiceTranslation, field: Field | undefined): void {
  if (!field) return;
  const [system, architecture = ""] = (field.text() ?? "").toLowerCase().split("/");
  if (/^(?:arm64|aarch64)$/.test(architecture)) translation.set("runtimePlatform.cpuArchitecture", "ARM64");
  const isKnown = system === "linux" && /^(?:amd64|x86_64|arm64|aarch64)$/.test(architecture);
  field.claim(isKnown ? {} : { outcome: "decide", text: "Tasks run on linux/amd64 or linux/arm64: build an image for one of them." });
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html */
const mostFiles = 1_048_576;

function ulimits(translation: ServiceTranslation, field: Field | undefined): void {
  for (const [name, limit] of field?.entries() ?? []) {
    if (name !== "nofile") {
      limit.claim();
      continue;
    }
    const value = (key: string) => {
      const node = limit.node.kind === "map" ? limit.node.entries.get(key)?.value : undefined;
      return Number(node?.kind === "scalar" ? node.text : Number.NaN);
    };
    const [soft, hard] = limit.isMap ? [value("soft"), value("hard")] : [limit.number(), limit.number()];
    if (!Number.isInteger(soft) || !Number.isInteger(hard)) {
      limit.refuse("a whole number, or a map with soft and hard");
      continue;
    }
    const taken = (wanted: number) => (wanted < 0 ? mostFiles : Math.min(wanted, mostFiles));
    const [softLimit, hardLimit] = [taken(soft!), taken(hard!)];
    translation.set("ulimits", [{ name, softLimit, hardLimit }]);
    limit.claim(
      softLimit === soft && hardLimit === hard
        ? {}
        : { outcome: "changed", now: `${softLimit}, ${hardLimit}`, text: `Fargate opens ${mostFiles} files at most.` },
    );
  }
}

/** Labels that proxies and tools of Docker's read have no effect on ECS; others are the container's. */
const toolLabels = /^(?:traefik|caddy|com\.docker|com\.centurylinklabs|io\.portainer|ofelia|autoheal|diun|org\.opencontainers)\b/;

function labels(translation: ServiceTranslation, field: Field | undefined): void {
  const map = field && asMap(field.node);
  if (!field) return;
  if (!map) {
    field.refuse("a map, or a list of NAME=value");
    return;
  }
  for (const [name, value] of fieldOf(translation, map, field.path).entries({ nulls: true })) {
    const text = value.node.kind === "scalar" ? textOf(value.node) : (value.text() ?? "");
    if (toolLabels.test(name)) {
      value.claim({
        outcome: "changed",
        to: "routes",
        text: "what a tool of Docker's reads of it has no effect: where requests go is said by routes.",
      });
      continue;
    }
    const secret = likelySecret(name, text);
    if (!secret) translation.setEntry("dockerLabels", name, text);
    value.claim(secret ? withheld(secret, "It", secretInstead.label) : { outcome: "exact", to: `dockerLabels.${name}` });
  }
  field.cover();
}
