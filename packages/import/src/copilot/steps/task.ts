import { manifestNames, taskValues } from "@fairlead/model";

import type { Field } from "../../fields/field";
import type { Translation } from "../translation";
import { workloadTypes } from "../workloadTypes";

const arm = ["arm", "arm64"];
const intel = ["amd64", "x86_64"];

/** Name, kind, size and platform of the task. */
export function task(translation: Translation): void {
  const { root, manifest, type } = translation;
  const name = root.at("name");
  manifest.name = translation.service;
  name?.claim(
    name.text() === translation.service
      ? {}
      : { outcome: "changed", was: name.text(), now: translation.service, text: `a service's name has ${manifestNames.service.allowed}.` },
  );
  const kind = workloadTypes[type];
  if (kind !== "web-service") manifest.kind = kind;
  root.at("type")?.claim({ was: type, now: kind });
  sizes(translation);
  platform(root.at("platform"), translation);
}

function sizes(translation: Translation): void {
  const { root } = translation;
  const cpu = root.at("cpu");
  const memory = root.at("memory");
  const isRequestDriven = translation.type === "Request-Driven Web Service";
  // App Runner's own preset.
  const [cpuUnits, memoryMiB] = [cpu?.number() ?? (isRequestDriven ? 1024 : 256), memory?.number() ?? (isRequestDriven ? 2048 : 512)];
  if (cpuUnits !== taskValues.cpu.default) translation.set("cpu", cpuUnits);
  if (memoryMiB !== taskValues.memoryMiB.default) translation.set("memoryMiB", memoryMiB);
  cpu?.claim();
  memory?.claim();
  const storage = root.at("storage", "ephemeral");
  const size = storage?.number();
  if (size !== undefined && size >= taskValues.ephemeralStorageGiB.minimum) translation.set("ephemeralStorageGiB", size);
  storage?.claim();
}

function platform(field: Field | undefined, translation: Translation): void {
  if (!field) return;
  if (field.isMap) {
    const [system, architecture] = [field.at("osfamily"), field.at("architecture")];
    if (system && !/^linux$/i.test(system.text() ?? "")) system.claim(noWindows);
    else system?.claim();
    cpuArchitecture(architecture?.text(), translation, architecture);
    return;
  }
  const [system, architecture] = (field.text() ?? "").split("/");
  if (system?.toLowerCase() !== "linux") field.claim(noWindows);
  else cpuArchitecture(architecture, translation, field);
}

const noWindows = { outcome: "decide", to: undefined, text: "Tasks run on Linux here: Windows containers stay where they are." } as const;

function cpuArchitecture(text: string | undefined, translation: Translation, field: Field | undefined): void {
  const name = text?.toLowerCase() ?? "";
  if (![...arm, ...intel].includes(name)) {
    field?.refuse("linux/x86_64 or linux/arm64");
    return;
  }
  // The stacks that are written have X86_64 as their default, as Copilot has.
  if (arm.includes(name)) translation.set("runtimePlatform.cpuArchitecture", "ARM64");
  field?.claim();
}
