import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ImageCode } from "@fairlead/model";

import { debian, folderOf, npm, provideParts } from "../corpus/parts";
import { inSandbox } from "../paths";
import type { FormatImage } from "./buildImages";

const programs = {
  "busybox-amd64": [debian("busybox-static"), "bin/busybox"],
  "busybox-arm64": [debian("busybox-static", "arm64"), "bin/busybox"],
  s390x: [npm("@esbuild/linux-s390x@0.28.2"), "bin/esbuild"],
} as const;

/** The folder that these images are built from: a static program for several machines, and a script. */
export async function formatsContext(env: NodeJS.ProcessEnv): Promise<string> {
  const context = inSandbox("formats");
  rmSync(context, { recursive: true, force: true });
  mkdirSync(context, { recursive: true });
  await provideParts(
    Object.values(programs).map(([part]) => part),
    env,
  );
  for (const [name, [part, path]] of Object.entries(programs)) cpSync(join(folderOf(part), path), join(context, name));
  writeFileSync(join(context, "app.js"), "#!/usr/bin/env node\nconsole.log('hello')\n", { mode: 0o755 });
  return context;
}

const node = "FROM public.ecr.aws/docker/library/node:22-bookworm-slim";
const busybox = ["FROM scratch", "COPY busybox-amd64 /bin/busybox"];
const run = 'CMD ["/bin/busybox", "true"]';
const app = 'CMD ["/app"]';
const arm = ["FROM scratch", "COPY busybox-arm64 /app", app];

/** Images without the task's platform: no runtime would find one to start. */
export const withoutPlatform: (FormatImage & { code: ImageCode })[] = [
  { name: "arm64-alone", dockerfile: arm, platforms: ["linux/arm64"], code: "FL2101" },
  {
    name: "arm64-and-s390x",
    dockerfile: [
      "FROM scratch AS build-arm64",
      "COPY busybox-arm64 /app",
      "FROM scratch AS build-s390x",
      "COPY s390x /app",
      "FROM build-$TARGETARCH",
      app,
    ],
    platforms: ["linux/arm64", "linux/s390x"],
    code: "FL2101",
  },
  { name: "arm64-with-attestation", dockerfile: arm, platforms: ["linux/arm64"], attest: true, code: "FL2101" },
];

const rewritten = { "force-compression": "true", "oci-mediatypes": "true" };

/** The same programs in every way that BuildKit writes them, from Dockerfiles. */
export const readable: FormatImage[] = [
  { name: "static", dockerfile: [...busybox, run] },
  { name: "shell-of-links", dockerfile: [...busybox, 'RUN ["/bin/busybox", "--install", "-s", "/bin"]', "CMD echo hello && exec sleep 1"] },
  {
    name: "both-platforms",
    dockerfile: ["FROM scratch", "ARG TARGETARCH", "COPY busybox-$TARGETARCH /bin/busybox", run],
    platforms: ["linux/amd64", "linux/arm64"],
  },
  { name: "of-a-base-image", dockerfile: [node, "WORKDIR /srv", "COPY app.js .", "USER node", 'CMD ["./app.js"]'] },
  { name: "forty-layers", dockerfile: [node, ...Array.from({ length: 40 }, (_, number) => `RUN echo > /${number}`), 'CMD ["node"]'] },
  { name: "exec-bit-in-a-later-layer", dockerfile: [node, "COPY --chmod=644 busybox-amd64 /app", "RUN chmod +x /app", app] },
  { name: "metadata-alone", dockerfile: [...busybox, "ENV A=1", "LABEL b=2", "EXPOSE 80", run] },
  { name: "zstd", dockerfile: [node, 'CMD ["node"]'], output: { compression: "zstd", ...rewritten } },
  { name: "estargz", dockerfile: [...busybox, run], output: { compression: "estargz", ...rewritten } },
  { name: "uncompressed", dockerfile: [...busybox, run], output: { compression: "uncompressed", "force-compression": "true" } },
  { name: "docker-media-types", dockerfile: [...busybox, run], output: { "oci-mediatypes": "false" } },
  { name: "attestations", dockerfile: [...busybox, run], attest: true },
];

/** For another machine than it says. */
export const ofAnotherMachine: FormatImage = { name: "arm64-program", dockerfile: ["FROM scratch", "COPY busybox-arm64 /app", app] };
