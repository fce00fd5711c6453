import type { Descriptor } from "@fairlead/images";

/** Other names of architectures that runtimes know. */
const architectures: Record<string, string> = { x86_64: "amd64", "x86-64": "amd64", aarch64: "arm64", i386: "386" };

/**
 * `linux/arm64`: variants that every machine of the architecture runs are left out. Undefined for what names no platform.
 *
 * @see https://github.com/containerd/platforms/blob/main/database.go
 */
export function platformText(platform: Descriptor["platform"]): string | undefined {
  const [os, named, variant] = [platform?.os, platform?.architecture, platform?.variant].map((text) =>
    typeof text === "string" ? text.toLowerCase() : "",
  ) as [string, string, string];
  if (!os || !named) return undefined;
  const architecture = architectures[named] ?? named;
  const usual = ["", ...(architecture === "arm64" ? ["v8", "8", "v8.0"] : architecture === "amd64" ? ["v1"] : [])];
  return usual.includes(variant) ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
}
