import { writeFileSync } from "node:fs";

import { withBuildxLogin } from "../machine/buildxLogin";
import { builderName } from "../machine/buildkit";
import { run } from "../machine/run";
import { inSandbox } from "../paths";

/** One image, as BuildKit is to build it. */
export interface FormatImage {
  name: string;
  /** Lines of its Dockerfile. */
  dockerfile: string[];
  /** linux/amd64 by default, which its inspection asks for. */
  platforms?: string[];
  /** How buildx writes it, besides the usual. */
  output?: Record<string, string>;
  attest?: boolean;
}

/** Builds images with BuildKit and pushes them to `<host>/formats/<name>`. */
export async function buildImages(images: FormatImage[], context: string, host: string, env: NodeJS.ProcessEnv): Promise<void> {
  const target = Object.fromEntries(
    images.map(({ name, dockerfile, platforms = ["linux/amd64"], output, attest }) => [
      name,
      {
        context,
        // Bake fills in ${…} itself; $${ is the text.
        "dockerfile-inline": `${dockerfile.join("\n").split("${").join("$${")}\n`,
        platforms,
        output: [exportTo(`${host}/formats/${name}:1`, output)],
        attest: attest ? ["type=provenance,mode=max"] : ["type=provenance,disabled=true"],
      },
    ]),
  );
  const file = inSandbox("formats.json");
  writeFileSync(file, JSON.stringify({ group: { default: { targets: images.map(({ name }) => name) } }, target }));
  await withBuildxLogin(env, [host], () =>
    run("buildx", ["bake", "--builder", builderName, "--file", file, "--allow", "fs.read=*"], { env }),
  );
}

function exportTo(name: string, options: Record<string, string> = {}): string {
  return Object.entries({ type: "image", name, push: "true", ...options })
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}
