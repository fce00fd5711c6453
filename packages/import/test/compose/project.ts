import { composeFiles, importCompose, type Finding, type Imported } from "../../src";
import { sourceFiles } from "../application";

/** Imports a Compose project of these files. */
export function imported(texts: Record<string, string>, { lenient = false, profiles = [] as string[], path = "" } = {}): Imported {
  const files = sourceFiles(texts);
  return importCompose({ files, project: composeFiles(files, path)!, name: "shop", toWorkspace: () => "../..", lenient, profiles });
}

/** Imports a project whose service `api` has these keys besides its image, in YAML, and looks at that service. */
export function importedService(rest: string, others: Record<string, string> = {}, services = "") {
  const image = /^(?:image|build):/m.test(rest) ? "" : "    image: nginx:1.27\n";
  const own = rest.replaceAll(/^(?=.)/gm, "    ");
  const text = `services:\n  api:\n${image}${own}\n${services.replaceAll(/^(?=.)/gm, "  ")}\n`;
  const result = imported({ "compose.yaml": text, ...others });
  const manifestOf = (name: string) => result.services.find((each) => each.name === name)?.layers.base ?? {};
  return { result, manifest: manifestOf("api"), manifestOf };
}

/** What became of a key of the service `api`. */
export function findingsOf({ findings }: Imported, key: string): Finding[] {
  return findings.filter(({ source }) => source === `services.api.${key}`);
}
