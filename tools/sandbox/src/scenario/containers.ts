import { spawn, type ChildProcessByStdio } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { file, folder, link, layoutOf } from "@fairlead/inspection/testing/testImage";

import { debian, folderOf, provideParts } from "../corpus/parts";
import { expectEqual } from "../expectations";
import { debianArchitecture } from "../machine/docker";
import { run } from "../machine/run";
import { root } from "../paths";
import { step } from "../progress";

/** An image of busybox, and what a run of it as the task of `web` shows. */
interface Tried {
  title: string;
  /** Of the image's config. */
  config: Record<string, unknown>;
  /** How it went, the exit code of the command, and the codes of what the run found. */
  expected: [kind: string, status: number, ...findings: string[]];
  /** What is said besides. */
  says?: RegExp;
}

const shell = (script: string) => ["sh", "-c", script];
const serve = (address: string) => `mkdir -p /www; exec httpd -f -p ${address} -h /www`;
const check = (test: string[]) => ({ Test: test, Interval: 5e9, Timeout: 3e9, Retries: 1 });

const tried: Tried[] = [
  {
    title: "a server with a health check",
    config: {
      Cmd: shell("exec httpd -f -p $PORT -h /etc"),
      Healthcheck: check(["CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:$PORT/passwd"]),
    },
    expected: ["healthy", 0],
    says: /:8080$/m,
  },
  { title: "a server without one", config: { Cmd: shell("exec httpd -f -p $PORT -h /etc") }, expected: ["alive", 0] },
  {
    title: "a server on 127.0.0.1",
    config: { Cmd: shell("exec httpd -f -p 127.0.0.1:$PORT -h /etc") },
    expected: ["alive", 0, "FL2158"],
    says: /127\.0\.0\.1:8080 alone/,
  },
  {
    title: "a check that never succeeds",
    config: { Cmd: ["sleep", "600"], Healthcheck: check(["CMD", "false"]) },
    expected: ["unhealthy", 1, "FL2157"],
  },
  { title: "a program that is not there", config: { Cmd: ["nope"] }, expected: ["ended", 1, "FL2155"], says: /exit code 127/ },
  { title: "a folder where the program should be", config: { Entrypoint: ["/etc"] }, expected: ["ended", 1, "FL2155"] },
  {
    title: "a file that is read-only",
    config: { Cmd: shell(serve("8080")) },
    expected: ["ended", 1, "FL2155"],
    says: /readonlyRootFilesystem/,
  },
  {
    title: "more memory than the task has",
    config: { Cmd: ["tail", "/dev/zero"] },
    expected: ["ended", 1, "FL2155"],
    says: /more than its 512 MiB/,
  },
  {
    title: "a program that goes to the background",
    config: { Cmd: shell("httpd -p 8080 -h /etc") },
    expected: ["ended", 1, "FL2155"],
    says: /went to the background/,
  },
  {
    title: "a host that there is not here",
    config: { Cmd: ["wget", "http://database.internal"] },
    expected: ["ended", 0, "FL2155"],
    says: /no network here/,
  },
  {
    title: "lines that steer terminals and workflows",
    config: { Cmd: shell(String.raw`printf '::error::x\n\033[31mred\n##[error]y\n https://me:word@x.test/\n'; exit 3`) },
    expected: ["ended", 1, "FL2155"],
    says: /^\\x3a:error::x\n\\x1b\[31mred\n#\\x23\[error\]y\n https:\/\/…@x\.test\/$/m,
  },
];

/** `fairlead inspect --run` with a real engine: what lives, what dies and of what, and nothing that is left behind. */
export async function checkContainers(env: NodeJS.ProcessEnv): Promise<void> {
  const [own, other] = [debianArchitecture, debianArchitecture === "arm64" ? "amd64" : "arm64"];
  await step("busybox for both platforms", () =>
    provideParts(
      [own, other].map((architecture) => debian("busybox-static", architecture)),
      env,
    ),
  );
  for (const { title, config, expected, says } of tried) {
    const { status, ran } = await step(`A container of ${title}`, () => inspect(own, config, env, expected[0] === "alive" ? 2 : 60));
    const { ending, findings = [] } = ran;
    expectEqual(title, [ending?.kind ?? ran.notTried, status, ...findings.map(({ code }) => code)], expected);
    const told = [
      ...findings.flatMap(({ problem, fix }) => [problem, fix]),
      ...(ending?.listeners ?? []).map(({ address, port }) => `${address}:${port}`),
    ];
    const text = [...told, ...(ending?.lines ?? [])].join("\n");
    if (says) expectEqual(`${title}: what is said`, says.test(text) || text, true);
  }
  const { status, ran } = await inspect(other, { Cmd: ["sleep", "600"] }, env);
  const isTold = status === 2 ? /no emulation for the image's platform/.test(ran.notTried ?? "") : ran.isEmulated === true;
  expectEqual("another platform is emulated, or can't be tried, and either is said", isTold || ran, true);
  expectEqual("Ctrl-C ends it", await interrupted(own, env), 130);
  const left = await Promise.all(
    [
      ["ps", "-aq"],
      ["images", "-q"],
      ["volume", "ls", "-q"],
    ].map((words) => run("docker", words, { env })),
  );
  expectEqual("nothing is left of all that", left, ["", "", ""]);
}

const applets = ["sh", "sleep", "false", "tail", "wget", "httpd", "mkdir", "printf", "cat"];

/** Makes an image of busybox, hands its folder over, and deletes it. */
async function withImage<T>(architecture: string, config: Record<string, unknown>, work: (image: string) => Promise<T>): Promise<T> {
  const busybox = readFileSync(join(folderOf(debian("busybox-static", architecture)), "bin/busybox"));
  const files = [folder("etc"), file("etc/passwd", "root:x:0:0::/:/bin/sh\n", 0o644), file("bin/busybox", busybox)];
  const image = await layoutOf(
    [[...files, ...applets.map((name) => link(`bin/${name}`, "busybox"))]],
    { Env: ["PATH=/bin"], ...config },
    architecture,
  );
  return work(image).finally(() => rmSync(image, { recursive: true }));
}

/** What the command prints of a run, as far as it is looked at. */
interface Ran {
  notTried?: string;
  isEmulated?: boolean;
  ending?: { kind: string; lines: string[]; listeners?: { address: string; port: number }[] };
  findings?: { code: string; problem: string; fix: string }[];
}

function started(image: string, options: string[], env: NodeJS.ProcessEnv): ChildProcessByStdio<null, Readable, null> {
  const words = [
    join(root, "tools/fairlead/bin/fairlead.js"),
    "inspect",
    image,
    "--run",
    "--service",
    "web",
    "--stack",
    "sandbox",
    "--json",
  ];
  return spawn(process.execPath, [...words, ...options], { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
}

const endOf = (child: ChildProcessByStdio<null, Readable, null>) =>
  new Promise<number>((resolve, reject) => child.on("error", reject).on("close", (code) => resolve(code ?? -1)));

function inspect(
  architecture: string,
  config: Record<string, unknown>,
  env: NodeJS.ProcessEnv,
  seconds = 2,
): Promise<{ status: number; ran: Ran }> {
  return withImage(architecture, config, async (image) => {
    const child = started(image, ["--seconds", String(seconds)], env);
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    return { status: await endOf(child), ran: (JSON.parse(output) as { run: Ran }).run };
  });
}

function interrupted(architecture: string, env: NodeJS.ProcessEnv): Promise<number> {
  return withImage(architecture, { Cmd: ["sleep", "600"] }, async (image) => {
    const child = started(image, ["--seconds", "600"], env);
    const end = endOf(child);
    while ((await run("docker", ["ps", "-q"], { env })) === "" && child.exitCode === null) await sleep(200);
    child.kill("SIGINT");
    return end;
  });
}
