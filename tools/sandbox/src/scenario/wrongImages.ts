import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { commit, inProject } from "../checkout";
import type { Engine } from "../engine";
import { expectEqual, report } from "../expectations";
import { builderName } from "../machine/buildkit";
import { withBuildxLogin } from "../machine/buildxLogin";
import { run } from "../machine/run";
import { inSandbox } from "../paths";
import { step } from "../progress";
import { messageOf } from "./common";

interface WrongImage {
  title: string;
  /** Lines behind the api's own Dockerfile, whose CMD is replaced. */
  dockerfile: string[];
  /** Linux itself, when a container of it is started. */
  error: RegExp;
  code: string;
  /** What `up` names. */
  says: RegExp;
}

const node = "public.ecr.aws/docker/library/node:22-bookworm-slim";
const script = (name: string) =>
  ({ "crlf.sh": "#!/bin/sh\r\nexec node src/main.js\r\n", "start.sh": "#!/bin/sh\nexec node src/main.js\n" })[name]!;

/** Images of the api that build and push without an error, and that no container starts from. */
const wrongImages: WrongImage[] = [
  {
    title: "arm64 programs in an image that says amd64",
    dockerfile: [
      `FROM --platform=linux/arm64 ${node} AS arm`,
      `FROM ${node}`,
      "COPY --from=arm /usr/local/bin/node /usr/local/bin/node",
      "COPY src ./src",
    ],
    error: /exec format error/,
    code: "FL2106",
    says: /\/usr\/local\/bin\/node is for ARM64, 64 bits; the platform is linux\/amd64/,
  },
  {
    title: "a start script with Windows line ends",
    dockerfile: [`FROM ${node}`, "COPY src ./src", "COPY src/crlf.sh /start", 'CMD ["/start"]'],
    error: /no such file or directory/,
    code: "FL2109",
    says: /the first line of \/start ends with a carriage return/,
  },
  {
    title: "a start script without the exec bit",
    dockerfile: [`FROM ${node}`, "COPY src ./src", "COPY --chmod=644 src/start.sh /start", 'CMD ["/start"]'],
    error: /permission denied/,
    code: "FL2105",
    says: /\/start has mode 0644/,
  },
  {
    title: "a program of glibc in an image without it",
    dockerfile: [`FROM ${node} AS base`, "FROM scratch", "COPY --from=base /usr/local/bin/node /usr/local/bin/node", "COPY src ./src"],
    error: /no such file or directory/,
    code: "FL2107",
    says: /needs the loader \/lib64\/ld-linux-x86-64.so.2/,
  },
];

/** Each is started for real, and fails; then it comes as the api's next version, and `up` stops it. */
export async function checkWrongImages(engine: Engine, checkout: string): Promise<void> {
  const api = inProject(checkout, "apps/api");
  const dockerfile = readFileSync(join(api, "Dockerfile"), "utf8");
  const running = engine.taskDefinitionOf("api");
  const imageOf = async () => ((await engine.outputs()).images as Record<string, string>).api;
  const image = await imageOf();
  for (const wrong of wrongImages) {
    const lines = wrong.dockerfile.some((line) => line.startsWith("CMD"))
      ? wrong.dockerfile
      : [...wrong.dockerfile, 'CMD ["node", "src/main.js"]'];
    writeFileSync(join(api, "Dockerfile"), `${lines.join("\n")}\n`);
    for (const name of ["crlf.sh", "start.sh"]) writeFileSync(join(api, "src", name), script(name), { mode: 0o755 });
    const said = await step(`A container of ${wrong.title}`, () => startContainer(api));
    report(said);
    expectEqual(
      `${wrong.title}: its container dies`,
      wrong.error.test(said) || `emulated: ${emulates()}`,
      emulates() && wrong.code === "FL2106" ? "emulated: true" : true,
    );
    await commit(checkout, `api: ${wrong.title}`);
    const message = await step(`pulumi up: with ${wrong.title}`, () => messageOf(() => engine.up()));
    expectEqual(`${wrong.title}: up stops it and says why`, [message.includes(wrong.code), wrong.says.test(message)], [true, true]);
    expectEqual("and the api keeps its task definition", engine.taskDefinitionOf("api"), running);
    expectEqual("and the stack's outputs still name the image that runs", await imageOf(), image);
  }
  writeFileSync(join(api, "Dockerfile"), dockerfile);
  for (const name of ["crlf.sh", "start.sh"]) rmSync(join(api, "src", name));
  await commit(checkout, "api: as it was");
  await step("pulumi up: with the api mended", () => engine.up());
}

/** Whether this machine runs programs for arm64 after all. */
function emulates(): boolean {
  return existsSync("/proc/sys/fs/binfmt_misc/qemu-aarch64");
}

/** Builds a context for this machine and runs it with runc; returns what runc says. */
async function startContainer(context: string): Promise<string> {
  const bundle = inSandbox("bundle");
  rmSync(bundle, { recursive: true, force: true });
  mkdirSync(bundle, { recursive: true });
  const target = ["--platform", "linux/amd64", "--provenance=false", "--output", `type=local,dest=${join(bundle, "rootfs")}`, context];
  await withBuildxLogin(process.env, [process.env.FAIRLEAD_SANDBOX_REGISTRY!], () =>
    run("buildx", ["build", "--builder", builderName, ...target]),
  );
  await run("runc", ["spec", "--bundle", bundle]);
  const file = join(bundle, "config.json");
  const spec = JSON.parse(readFileSync(file, "utf8")) as {
    process: { terminal: boolean; args: string[] };
    linux: { namespaces: { type: string }[] };
  };
  const command = /^CMD (\[.*\])$/m.exec(readFileSync(join(context, "Dockerfile"), "utf8"))![1]!;
  Object.assign(spec.process, { terminal: false, args: JSON.parse(command) as string[] });
  writeFileSync(file, JSON.stringify(spec));
  return messageOf(() => run("runc", ["--root", inSandbox("runc"), "run", "--bundle", bundle, "fairlead-sandbox"]));
}
