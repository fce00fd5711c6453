import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { connect } from "node:tls";

import { ensureCertificates } from "../src/data/authority";
import { localData } from "../src/data/localData";
import { authorityPath } from "../src/data/tls";
import { contextIn, output, planWith, resource } from "../testing/dataPlan";
import { asProcess, freePort, hasPrograms, runService, Servers, until } from "../testing/dataProcesses";

const group = (inputs: Record<string, unknown>) =>
  planWith(
    resource("aws:elasticache/replicationGroup:ReplicationGroup", "sessions", {
      engine: "redis",
      engineVersion: "7.1",
      securityGroupIds: [output("aws:ec2/securityGroup:SecurityGroup", "sessions-cache", "id")],
      ...inputs,
    }),
  );

test("a cache without TLS gets no certificate, and its tasks no variable for one", () => {
  const { data, certificates } = localData(group({ port: 6380 }), contextIn("/work"));
  expect(certificates).toEqual([]);
  expect(data).toHaveLength(1);
  expect(data[0]).toMatchObject({ environment: {}, mounts: [] });
  const server = data[0]!.part.services!["sessions.redis"]!;
  expect(server.image).toBe("public.ecr.aws/docker/library/redis:7");
  expect(server.command).toEqual(expect.arrayContaining(["redis-server", "--port", "6380"]));
  expect(server.networks).toEqual({
    "sessions-cache": {
      aliases: ["sessions.cache.local.internal", "sessions-ro.cache.local.internal", "clustercfg.sessions.cache.local.internal"],
    },
  });
});

test("a password that AWS would ask for is told to be missing", () => {
  const { notes } = localData(group({ authToken: "hidden" }), contextIn("/work"));
  expect(notes).toEqual([expect.stringContaining("The cache sessions asks for no password here")]);
});

const processEnv = Object.fromEntries(
  Object.entries({ PATH: process.env.PATH, LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  ),
);

const whereItIs = hasPrograms("redis-server", "redis-cli", "install", "openssl") ? describe : describe.skip;

whereItIs.each([
  ["one node", {}],
  ["a cluster", { clusterMode: "enabled" }],
])("a server of Redis' by what its container would be started with: %s", (_, inputs) => {
  const servers = new Servers();
  let folder: string;
  let port: number;

  beforeAll(async () => {
    folder = mkdtempSync("/tmp/fairlead-redis-");
    chmodSync(folder, 0o755);
    port = await freePort();
    const context = contextIn(folder);
    const { data, certificates } = localData(group({ ...inputs, port, transitEncryptionEnabled: true }), context);
    await ensureCertificates(context.settings, certificates);
    const { part } = data[0]!;
    const programs = { "docker-entrypoint.sh": '#!/bin/sh\nexec "$@"\n', id: '#!/bin/sh\n[ "$2" = redis ] && /usr/bin/id -u\n' };
    const place = { root: folder, folder, also: ["/run/fairlead"], programs, env: processEnv };
    const log = servers.start(asProcess("sessions.redis", part, place));
    const { test: check } = part.services!["sessions.redis"]!.healthcheck as { test: string[] };
    const health = check[1]!.replaceAll(authorityPath, join(folder, authorityPath));
    await until(() => runService({ command: ["sh", "-c", health], env: processEnv }).status === 0, log);
  });
  afterAll(async () => {
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const send = (options: object, command: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1", ...options }, () => socket.write(command));
      socket.once("data", (data) => socket.end(() => resolve(data.toString())));
      socket.once("error", reject);
    });

  test("a client that verifies its certificate is answered, under each of its names", async () => {
    const ca = readFileSync(join(folder, authorityPath));
    const names = ["sessions.cache.local.internal", "sessions-ro.cache.local.internal", "clustercfg.sessions.cache.local.internal"];
    for (const servername of names) await expect(send({ ca, servername }, "SET a b\r\n")).resolves.toBe("+OK\r\n");
    await expect(send({ ca, servername: "another.local.internal" }, "PING\r\n")).rejects.toThrow(/altnames/);
    await expect(send({ servername: names[0] }, "PING\r\n")).rejects.toThrow(/self.signed/);
  });

  test("a folder of authorities adds ours to those that OpenSSL has, by its name's hash", () => {
    const verified = (folders: string[]) =>
      runService({
        command: ["sh", "-c", `openssl s_client -connect localhost:${port} -verify_hostname localhost </dev/null`],
        env: { ...processEnv, SSL_CERT_DIR: folders.join(":") },
      }).output;
    expect(verified([join(folder, dirname(authorityPath)), "/etc/ssl/certs"])).toContain("Verify return code: 0 (ok)");
    expect(verified(["/etc/ssl/certs"])).not.toContain("Verify return code: 0 (ok)");
  });

  test("a variable is enough for Node, whose client is told of no authority", () => {
    const program = `require("tls").connect({ port: ${port}, host: "localhost" }, function () { this.write("PING\\r\\n") }).on("data", (d) => { console.log(String(d)); process.exit() })`;
    const node = (env: Record<string, string>) =>
      runService({ command: [process.execPath, "-e", program], env: { ...processEnv, ...env } });
    expect(node({ NODE_EXTRA_CA_CERTS: join(folder, authorityPath) })).toEqual({ status: 0, output: "+PONG\r\n\n" });
    expect(node({}).output).toMatch(/self.signed/);
  });
});
