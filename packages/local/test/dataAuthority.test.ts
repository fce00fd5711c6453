import { X509Certificate, createPrivateKey } from "node:crypto";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ensureCertificates } from "../src/data/authority";
import { authorityHash, authorityMount, certificateMount, type ServerCertificate } from "../src/data/tls";
import { settingsIn } from "../testing/dataPlan";
import { hasPrograms } from "../testing/dataProcesses";

const accounts: ServerCertificate = { name: "accounts.postgres", hosts: ["accounts.cluster.rds.local.internal", "localhost"] };
const day = 24 * 60 * 60 * 1000;

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "fairlead-authority-"))));
afterEach(() => rmSync(root, { recursive: true }));

const file = (name: string) => join(root, ".fairlead/local/tls", name);
const read = (name: string) => readFileSync(file(name), "utf8");
const ensure = (certificates: ServerCertificate[], now?: Date) => ensureCertificates(settingsIn(root), certificates, now);

test("certificates are the authority's, for their names, and keys are for their owner alone", async () => {
  await ensure([accounts]);
  const [server, authority] = [new X509Certificate(read("accounts.postgres.pem")), new X509Certificate(read("ca.pem"))];
  expect(server.verify(authority.publicKey)).toBe(true);
  expect(server.checkIssued(authority)).toBe(true);
  expect(server.checkPrivateKey(createPrivateKey(read("accounts.postgres.pem")))).toBe(true);
  for (const host of accounts.hosts) expect(server.checkHost(host)).toBe(host);
  expect(server.checkHost("another.rds.local.internal")).toBeUndefined();
  expect([authority.ca, server.ca]).toEqual([true, false]);
  expect(read("ca.pem")).not.toContain("PRIVATE");
  expect(["authority.pem", "accounts.postgres.pem", "ca.pem"].map((name) => (statSync(file(name)).mode & 0o777).toString(8))).toEqual([
    "600",
    "600",
    "644",
  ]);
  expect(read(".gitignore")).toBe("*\n");
});

test("they stay, until they are about to end or others are asked for", async () => {
  await ensure([accounts]);
  const [authority, server] = [read("ca.pem"), read("accounts.postgres.pem")];
  const names = () => [read("ca.pem") === authority, read("accounts.postgres.pem") === server];
  await ensure([accounts, { name: "sessions.valkey", hosts: ["sessions.cache.local.internal"] }]);
  expect(names()).toEqual([true, true]);
  await ensure([{ ...accounts, hosts: [...accounts.hosts, "more.local.internal"] }]);
  expect(names()).toEqual([true, false]);
  await ensure([accounts], new Date(Date.now() + 380 * day));
  expect(names()[0]).toBe(true);
  expect(Date.parse(new X509Certificate(read("accounts.postgres.pem")).validTo)).toBeGreaterThan(Date.now() + 700 * day);
  await ensure([accounts], new Date(Date.now() + 3600 * day));
  expect(names()[0]).toBe(false);
  expect(new X509Certificate(read("accounts.postgres.pem")).verify(new X509Certificate(read("ca.pem")).publicKey)).toBe(true);
});

test("what is broken is made anew, and two that make it at once end with one", async () => {
  await Promise.all([ensure([accounts]), ensure([accounts])]);
  const valid = () => new X509Certificate(read("accounts.postgres.pem")).verify(new X509Certificate(read("ca.pem")).publicKey);
  expect(valid()).toBe(true);
  writeFileSync(file("accounts.postgres.pem"), "no certificate");
  writeFileSync(file("ca.pem"), "no certificate either");
  await ensure([accounts]);
  expect(valid()).toBe(true);
  writeFileSync(file("authority.pem"), "");
  await ensure([accounts]);
  expect(valid()).toBe(true);
});

test("nothing is made for nobody, and mounts are files of the folder, wherever it is said", async () => {
  await ensure([]);
  expect(spawnSync("ls", ["-A", root], { encoding: "utf8" }).stdout).toBe("");
  const relative = authorityMount(settingsIn(root));
  expect(relative).toMatchObject({ type: "bind", source: "./.fairlead/local/tls/ca.pem", read_only: true });
  expect(authorityMount({ root, folder: join(root, ".fairlead/local") })).toEqual(relative);
  expect(certificateMount(settingsIn(root), accounts).source).toBe("./.fairlead/local/tls/accounts.postgres.pem");
});

(hasPrograms("openssl") ? test : test.skip)("OpenSSL takes them by its strict rules, and finds the authority by its hash", async () => {
  await ensure([accounts]);
  const openssl = (...words: string[]) => spawnSync("openssl", words, { encoding: "utf8" }).stdout.trim();
  expect(openssl("x509", "-noout", "-hash", "-in", file("ca.pem"))).toBe(authorityHash);
  const verified = openssl(
    "verify",
    "-x509_strict",
    "-verify_hostname",
    "localhost",
    "-CAfile",
    file("ca.pem"),
    file("accounts.postgres.pem"),
  );
  expect(verified).toBe(`${file("accounts.postgres.pem")}: OK`);
});
