import { diagnosisClients, diagnosisOf } from "../src";
import { gather } from "../src/gather/gather";
import { logText } from "../src/gather/logText";
import { worker } from "../testing/scenes/healthy";
import type { ServiceScene } from "../testing/scenes/serviceScene";

const keyLine = "Bg9hunter2w0BAQEFAASC".repeat(3);
const [first, last] = ["BEGIN", "END"].map((word) => `-----${word} RSA ${"PRIVATE"} KEY-----`) as [string, string];

test.each([
  [
    ["a", first, keyLine, "hunter2=", last, "boom"],
    ["a", first, "…", "…", last, "boom"],
  ],
  [
    [first, keyLine, "other words", keyLine, last],
    [first, "…", "other words", "…", last],
  ],
  [
    [keyLine, "hunter2=", last, "boom"],
    ["…", "…", last, "boom"],
  ],
  [
    [first, keyLine, keyLine, "boom"],
    [first, "…", "…", "boom"],
  ],
  [
    [first + keyLine + last, "boom"],
    [first + keyLine + last, "boom"],
  ],
  [
    ["boom", keyLine],
    ["boom", keyLine],
  ],
])("the lines of a private key are left out: %j", (lines, left) => expect(logText(lines)).toEqual(left));

/** What ended with such lines, or runs and logs them. */
const ends = (lines: string[]) => {
  const scene = worker();
  scene.deploy(120);
  for (let index = 0; index < 10; index++)
    scene.stop({
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
      containers: [{ exitCode: index + 1, log: lines }],
    });
  return scene;
};

const gatheredOf = ({ account, clusterArn, serviceName }: ServiceScene) =>
  gather({ clusterArn, serviceName }, diagnosisClients(account.clientConfig), { now: account.clock.in(0) });

test("events of 256 KB are cut before anything looks at them", async () => {
  const { logs } = await gatheredOf(ends([`boom ${"🔥".repeat(65_536)}`]));
  expect(logs[0]!.lines[0]!.text).toMatch(/^boom .*…$/);
  expect(logs[0]!.lines[0]!.text.length).toBeLessThanOrEqual(2000);
  expect(() => encodeURI(logs[0]!.lines[0]!.text)).not.toThrow();
});

const pieces = ["(", "a(", "/", "=/", "/a", "'", "'/", "a", "1", "1.", ":", " :", " ", "port ", "listening ", "=", "\t", "[", "-"];
// Words by which a cause is told, so that what tells its file, port or host looks at the line as well.
const words = ["", "EROFS ", "EACCES '", "bind() to :80 EACCES ", "no such host ", "ENOTFOUND ", "ECONNREFUSED ", "Cannot find module '"];
test.each(pieces)("lines of the longest kind, 50 in each log, take no time: %j", async (piece) => {
  const gathered = await gatheredOf(ends(["boom"]));
  expect(gathered.logs.length).toBeGreaterThan(0);
  for (const word of words) {
    const text = `${word}${piece.repeat(1980)}`.slice(0, 1980) + word;
    const logs = gathered.logs.map((log) => ({ ...log, lines: Array(50).fill({ at: gathered.now, text }) }));
    // Of this process alone: others may be busy.
    const began = process.cpuUsage();
    diagnosisOf({ ...gathered, logs });
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(1000);
  }
});
