import { fargateCpuSizes, fargateMemorySizes, fargateSizeWith, taskValues } from "@fairlead/model";

import type { Field } from "../../fields/field";
import { hasPlaceholder } from "../placeholder";
import type { TaskDefinitionTranslation } from "../translation";

/**
 * `cpu` and `memory` of the task, in the size of Fargate that has both; on EC2 instances they may be those of its containers alone.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#task_size
 */
export function size(translation: TaskDefinitionTranslation, containers: readonly Field[]): void {
  const { root } = translation;
  const [cpuField, memoryField] = [root.at("cpu"), root.at("memory")];
  const sum = (key: string) => containers.reduce((all, container) => all + (Number(textAt(container, key)) || 0), 0);
  const cpu = amount(cpuField, /^v?cpus?$/i, 1024) ?? sum("cpu");
  const memory = amount(memoryField, /^gi?b$/i, 1024) ?? (sum("memory") || sum("memoryReservation"));
  const enough = fargateCpuSizes.find((each) => each >= cpu) ?? fargateCpuSizes.at(-1)!;
  const taken = fargateMemorySizes(enough).includes(memory)
    ? { cpu: enough, memoryMiB: memory }
    : (fargateSizeWith(memory, enough) ?? { cpu: enough, memoryMiB: fargateMemorySizes(enough).at(-1)! });
  if (taken.cpu !== taskValues.cpu.default) translation.set([], "cpu", taken.cpu);
  if (taken.memoryMiB !== taskValues.memoryMiB.default) translation.set([], "memoryMiB", taken.memoryMiB);
  tell(translation, cpuField, cpu, taken.cpu);
  tell(translation, memoryField, memory, taken.memoryMiB);
  if (cpuField && memoryField) return;
  const text = "ECS on EC2 instances needs no size of the task: it is what its containers ask for, in the next size of Fargate.";
  translation.say({ outcome: "changed", source: "cpu, memory", to: "cpu, memoryMiB", now: `${taken.cpu}, ${taken.memoryMiB} MiB`, text });
}

function textAt({ node }: Field, key: string): string {
  const value = node.kind === "map" ? node.entries.get(key)?.value : undefined;
  return value?.kind === "scalar" ? value.text : "";
}

/** `512`, `.5 vCPU` or `1GB`. */
function amount(field: Field | undefined, unit: RegExp, times: number): number | undefined {
  if (!field) return undefined;
  const [, number, word = ""] = /^\s*(\d*\.?\d+)\s*([a-z]*)\s*$/i.exec(field.node.kind === "scalar" ? field.node.text : "") ?? [];
  if (field.node.kind === "scalar" && hasPlaceholder(field.node.text)) {
    const text = "A workflow fills it in: write the size. Until then it is the smallest that its containers take.";
    field.claim({ outcome: "decide", was: field.node.text, text });
    return undefined;
  }
  const isNamed = unit.test(word);
  if (number === undefined || (word !== "" && !isNamed)) {
    field.refuse(times === 1024 && unit.test("gb") ? "MiB, or an amount such as 1GB" : "CPU units, or an amount such as 1 vCPU");
    return undefined;
  }
  return Math.round(Number(number) * (isNamed ? times : 1));
}

function tell(translation: TaskDefinitionTranslation, field: Field | undefined, was: number, now: number): void {
  if (!field || translation.claims.unclaimed(field.node).length === 0) return;
  field.claim(
    was === now ? {} : { outcome: "changed", was: field.text(), now: String(now), text: "Fargate has no such size: it is the next one." },
  );
}

/** `runtimePlatform`, `requiresCompatibilities`, `networkMode`, and disk. */
export function platform(translation: TaskDefinitionTranslation): void {
  const { root } = translation;
  const [architecture, system] = [root.at("runtimePlatform", "cpuArchitecture"), root.at("runtimePlatform", "operatingSystemFamily")];
  const cpu = architecture?.text()?.toUpperCase();
  if (cpu === "ARM64") translation.set(["runtimePlatform"], "cpuArchitecture", "ARM64");
  if (cpu !== undefined && cpu !== "ARM64" && cpu !== "X86_64" && cpu !== "") architecture!.refuse("X86_64 or ARM64");
  else architecture?.claim();
  system?.claim(
    /^(?:linux)?$/i.test(system.text() ?? "")
      ? {}
      : { outcome: "decide", to: undefined, was: system.text(), text: "Tasks run on Linux here: Windows containers stay where they are." },
  );
  const launch = root.at("requiresCompatibilities");
  const types = launch?.texts() ?? [];
  launch?.claim(
    types.some((type) => type.toUpperCase() === "FARGATE") || types.length === 0
      ? {}
      : {
          outcome: "changed",
          was: types.join(", "),
          now: "FARGATE",
          text: "tasks run on Fargate. For instances of your own: capacityProviderStrategy, and a capacity provider of the stack.",
        },
  );
  const mode = root.at("networkMode");
  const was = mode?.text();
  mode?.claim(
    was === "awsvpc"
      ? {}
      : { outcome: "changed", was, now: "awsvpc", text: "each task has an address of its own; ports of a host are none." },
  );
  const disk = root.at("ephemeralStorage", "sizeInGiB");
  const gib = disk?.number();
  const { minimum, maximum } = taskValues.ephemeralStorageGiB;
  if (gib !== undefined && (gib < 20 || gib > maximum)) disk!.refuse(`${minimum} to ${maximum} GiB`);
  else {
    if (gib !== undefined && gib >= minimum) translation.set([], "ephemeralStorageGiB", gib);
    disk?.claim();
  }
}
