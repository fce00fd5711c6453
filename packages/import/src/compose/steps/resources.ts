import { fargateSizeWith, taskValues } from "@fairlead/model";

import type { Field } from "../../fields/field";
import type { ServiceTranslation } from "../serviceTranslation";

const units: Record<string, number> = {
  "": 1,
  b: 1,
  k: 1024,
  kb: 1024,
  m: 1024 ** 2,
  mb: 1024 ** 2,
  g: 1024 ** 3,
  gb: 1024 ** 3,
  ki: 1024,
  mi: 1024 ** 2,
  gi: 1024 ** 3,
};

/** Size and number of tasks. */
export function resources(translation: ServiceTranslation): void {
  const { root } = translation;
  const limits = root.at("deploy", "resources", "limits");
  const reservations = root.at("deploy", "resources", "reservations");
  const cpuFields = [limits?.at("cpus"), root.at("cpus"), reservations?.at("cpus")].filter((field) => field !== undefined);
  const memoryFields = [limits?.at("memory"), root.at("mem_limit"), reservations?.at("memory"), root.at("mem_reservation")].filter(
    (field) => field !== undefined,
  );
  const cpu = Math.ceil(Math.max(0, ...cpuFields.map((field) => cpus(field) ?? 0)) * 1024);
  const memory = Math.ceil(Math.max(0, ...memoryFields.map((field) => bytes(field) ?? 0)) / 1024 ** 2);
  const size = fargateSizeWith(Math.max(memory, taskValues.memoryMiB.minimum), Math.max(cpu, 1)) ?? { cpu: 16384, memoryMiB: 122880 };
  if (cpuFields.length + memoryFields.length > 0) {
    if (size.cpu !== taskValues.cpu.default) translation.set("cpu", size.cpu);
    if (size.memoryMiB !== taskValues.memoryMiB.default) translation.set("memoryMiB", size.memoryMiB);
  }
  const why = "Fargate offers certain sizes: this is the smallest that has so much.";
  for (const field of cpuFields)
    field.claim(cpu === size.cpu ? {} : { outcome: "changed", was: field.text(), now: `${size.cpu} units of 1024 a vCPU`, text: why });
  for (const field of memoryFields)
    field.claim(memory === size.memoryMiB ? {} : { outcome: "changed", was: field.text(), now: `${size.memoryMiB} MiB`, text: why });
  swap(translation, memory);
  count(translation);
}

/** Memory with swap: as much as the memory alone is no swap, which is what Fargate has. */
function swap(translation: ServiceTranslation, memory: number): void {
  const field = translation.root.at("memswap_limit");
  const text = field?.node.kind === "scalar" ? field.node.text : "";
  if (!field || text === "-1") return;
  const total = Math.ceil((bytes(field) ?? 0) / 1024 ** 2);
  if (total === 0) field.claim({ outcome: "ignored", text: "0 is as if it were not there." });
  else if (total === memory)
    field.claim({ outcome: "exact", to: undefined, text: "it is the memory's limit, so that there is no swap: Fargate has none." });
}

function cpus(field: Field): number | undefined {
  const value = Number(field.node.kind === "scalar" && field.node.text !== "" ? field.node.text : Number.NaN);
  if (Number.isFinite(value) && value >= 0) return value;
  field.refuse("a number of CPUs, such as 0.5");
  return undefined;
}

function bytes(field: Field): number | undefined {
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(field.node.kind === "scalar" ? field.node.text : "") ?? [];
  const factor = units[unit.toLowerCase()];
  if (amount !== undefined && factor !== undefined) return Number(amount) * factor;
  field.refuse("an amount of memory, such as 512M");
  return undefined;
}

function count(translation: ServiceTranslation): void {
  const { root } = translation;
  for (const field of [root.at("scale"), root.at("deploy", "replicas")]) {
    const number = field?.number();
    if (field && number !== undefined) {
      if (number !== 1) translation.set("desiredCount", number);
      field.claim();
    }
  }
  const mode = root.at("deploy", "mode");
  const isReplicated = mode?.text() === "replicated";
  mode?.claim(
    isReplicated
      ? {}
      : { outcome: "decide", text: "A service has desiredCount tasks, however many machines there are; what runs to its end is a job." },
  );
}
