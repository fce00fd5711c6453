import { importCopilot, type CopilotImport, type Finding, type SourceFiles } from "../src";

/** Files of a test, by path. */
export function sourceFiles(texts: Record<string, string>): SourceFiles {
  return { paths: Object.keys(texts).sort(), read: (path) => texts[path] };
}

/** Imports an application of these files. */
export function imported(texts: Record<string, string>, { lenient = false } = {}): CopilotImport {
  return importCopilot({ files: sourceFiles(texts), root: "", name: "shop", toWorkspace: () => "../..", lenient });
}

/** Imports one service, whose manifest is a text or a part of one below `name`, `type` and an image. */
export function importedService(type: string, rest: string, others: Record<string, string> = {}, options = {}) {
  const image = /^image:/m.test(rest)
    ? ""
    : `image:\n  build: api/Dockerfile\n${type === "Scheduled Job" || type === "Worker Service" ? "" : "  port: 8080\n"}`;
  const on = type === "Scheduled Job" && !/^on:/m.test(rest) ? 'on: { schedule: "@daily" }\n' : "";
  const texts = {
    "api/Dockerfile": "FROM scratch\nUSER app\n",
    "api/.env": "FROM_FILE=yes\n",
    "copilot/environments/test/manifest.yml": "name: test\ntype: Environment\n",
    "copilot/api/manifest.yml": `name: api\ntype: ${type}\n${image}${on}${rest}\n`,
    ...others,
  };
  const result = imported(texts, options);
  const service = result.services.find(({ name }) => name === "api");
  return { result, base: service?.layers.base ?? {}, environments: service?.layers.environments ?? {}, service };
}

/** What became of a key. */
export function findingsOf({ findings }: CopilotImport, source: string): Finding[] {
  return findings.filter((finding) => finding.source === source);
}
