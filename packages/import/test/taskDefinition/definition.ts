import { importTaskDefinition, type Finding, type Imported } from "../../src";
import { sourceFiles } from "../application";
import { manifestProblems } from "./manifestProblems";

type Values = Record<string, unknown>;

/** Imports task definitions of these files. What is written of them breaks no rule of manifests. */
export function imported(
  texts: Record<string, string>,
  { lenient = false, image = undefined as string | undefined, paths = Object.keys(texts).filter((path) => path.endsWith(".json")) } = {},
): Imported {
  const result = importTaskDefinition({
    files: sourceFiles(texts),
    paths,
    environment: "prod",
    image,
    toWorkspace: () => "../..",
    lenient,
  });
  if (result.problems.length === 0) expect(manifestProblems(result, texts)).toEqual([]);
  return result;
}

/** A task definition with a container `web`, and what is said besides. */
export function definition(container: Values = {}, task: Values = {}, others: Values[] = []): string {
  const web = { name: "web", image: "example.com/web:1", essential: true, portMappings: [{ containerPort: 8080 }], ...container };
  return JSON.stringify(
    {
      family: "shop",
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      cpu: "256",
      memory: "512",
      ...task,
      containerDefinitions: [web, ...others],
    },
    undefined,
    1,
  );
}

/** Imports that, and looks at its service. */
export function importedService(...parts: Parameters<typeof definition>) {
  const result = imported({ "task-definition.json": definition(...parts) });
  return { result, manifest: result.services[0]?.layers.base ?? {} };
}

/** What became of a key. */
export function findingsOf({ findings }: Imported, source: string): Finding[] {
  return findings.filter(
    (finding) => finding.source === source || finding.source.startsWith(`${source}.`) || finding.source.startsWith(`${source}[`),
  );
}
