import { loadServices, type Diagnostic } from "../src";
import { folder, minimal, write } from "./folder";

function hintsOf(manifest: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  write("api", manifest, false);
  const defaults = { cpuArchitecture: "ARM64", desiredCount: 1 } as const;
  loadServices({ directory: folder, environment: "dev", environments: ["dev", "prod"], defaults, onHints: (each) => found.push(...each) });
  return found;
}

test.each([
  ["of the service", `${minimal}image: nginx:latest\n`, "3:8", 'image is "nginx:latest", which has the tag "latest"'],
  [
    "of a sidecar",
    `${minimal}image: nginx:1.29\nsidecars: { proxy: { image: envoyproxy/envoy } }\n`,
    "4:29",
    'sidecars.proxy.image is "envoyproxy/envoy", which has no tag and no digest',
  ],
])("an image %s by what moves is told, and stops nothing", (_, manifest, place, problem) => {
  expect(hintsOf(manifest).map(({ code, line, column, problem }) => [code, `${line}:${column}`, problem])).toEqual([
    ["FL1018", place, problem],
  ]);
});

test.each(["nginx:1.29", `nginx@sha256:${"0".repeat(64)}`])("of %s nothing is told", (image) => {
  expect(hintsOf(`${minimal}image: ${image}\n`)).toEqual([]);
});
