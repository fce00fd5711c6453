import { posix } from "node:path";

import { configurationText } from "./configurationText";
import { dataText } from "./dataText";
import type { Imported } from "./imported";
import { reportText } from "./reportText";
import { serviceYaml } from "./serviceYaml";
import { stackText } from "./stackText";

/** Every file of an import, by its path in the repository. */
export function filesOf(result: Imported): Map<string, string> {
  const { application, services, environments, data, origin } = result;
  const files = new Map<string, string>();
  for (const service of services) {
    const folder = posix.join("apps", service.name);
    files.set(posix.join(folder, "service.yaml"), serviceYaml(service, result));
    for (const [name, text] of Object.entries(service.files ?? {})) files.set(posix.join(folder, name), text);
  }
  environments.forEach((needs, index) => {
    files.set(`stacks/${needs.name}.ts`, stackText(needs, result));
    files.set(`stacks/Pulumi.${needs.name}.yaml`, configurationText(needs, index, origin));
  });
  files.set("stacks/data.ts", dataText(data, application));
  const names = environments.map(({ name }) => name);
  files.set(
    "stacks/environments.json",
    `${JSON.stringify({ environments: names }, undefined, 0)
      .replaceAll(/([{:,])/g, "$1 ")
      .replace("}", " }")}\n`,
  );
  files.set("import-report.md", reportText(result));
  return files;
}
