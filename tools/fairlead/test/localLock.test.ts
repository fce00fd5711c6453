import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { ComposeEngine } from "../src/local/composeEngine";
import { alone, startOf } from "../src/local/lock";

const folder = mkdtempSync(join(tmpdir(), "fairlead-lock-"));
afterAll(() => rmSync(folder, { recursive: true }));
const compose = { hasEnded: false } as ComposeEngine;

test("what is done alone is done one after the other, and leaves nothing", async () => {
  const told: string[] = [];
  const work = (name: string) => async () => {
    told.push(`${name} begins`);
    await sleep(30);
    told.push(`${name} ends`);
  };
  await Promise.all([alone(compose, { folder }, work("a")), alone(compose, { folder }, work("b")), alone(compose, { folder }, work("c"))]);
  const names = told.filter((_, index) => index % 2 === 0).map((text) => text[0]);
  expect([...names].sort()).toEqual(["a", "b", "c"]);
  expect(told).toEqual(names.flatMap((name) => [`${name} begins`, `${name} ends`]));
  expect(readdirSync(folder)).toEqual([]);
});

test("a failure gives it back", async () => {
  await expect(alone(compose, { folder }, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(readdirSync(folder)).toEqual([]);
});

test("another process that lives is waited for, and one that was killed is not", async () => {
  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  writeFileSync(join(folder, "lock"), `${other.pid} ${startOf(other.pid!)}`);
  let isDone = false;
  const waiting = alone(compose, { folder }, () => Promise.resolve((isDone = true)));
  await sleep(300);
  expect([isDone, existsSync(join(folder, "lock"))]).toEqual([false, true]);
  const ended = new Promise((resolve) => other.once("close", resolve));
  other.kill("SIGKILL");
  await ended;
  await waiting;
  expect([isDone, readdirSync(folder)]).toEqual([true, []]);
});

test("a lock without a name in it is nobody's after a while, and who is told to end waits no longer", async () => {
  writeFileSync(join(folder, "lock"), "");
  await expect(alone({ hasEnded: true } as ComposeEngine, { folder }, () => Promise.resolve())).rejects.toThrow("Interrupted.");
  expect(await alone(compose, { folder }, () => Promise.resolve("done"))).toBe("done");
});

test("a number that is another process's now, or one's own of another time, is nobody's lock", async () => {
  for (const holder of [`${process.ppid} of before`, `${process.pid} of before`, `${process.pid} `]) {
    writeFileSync(join(folder, "lock"), holder);
    expect(await alone(compose, { folder }, () => Promise.resolve("done"))).toBe("done");
    expect(readdirSync(folder)).toEqual([]);
  }
});
