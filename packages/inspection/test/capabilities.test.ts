import { fileCapabilities } from "../src/tar/fileCapabilities";
import type { ContainerSettings } from "../src/container/containerSettings";
import { findingsOf, verdictsOf } from "../testing/findings";
import { elf, file, folder, type Entry } from "../testing/testImage";

const [bind, lock] = [10, 14];

/** The attribute as `setcap` writes it. */
function attribute(capabilities: number[], { effective = true, revision = 2, rootId = 0 } = {}): Buffer {
  const value = Buffer.alloc(revision === 3 ? 24 : 20);
  value.writeUInt32LE(revision * 0x01000000 + (effective ? 1 : 0), 0);
  for (const number of capabilities)
    value.writeUInt32LE((value.readUInt32LE(number < 32 ? 4 : 12) | (1 << (number % 32))) >>> 0, number < 32 ? 4 : 12);
  if (revision === 3) value.writeUInt32LE(rootId, 20);
  return value;
}

const program = (capabilities: number[], options = {}): Entry => ({
  ...file("app", elf()),
  pax: { "SCHILY.xattr.security.capability": attribute(capabilities, options).toString("latin1") },
});
const drop = { capabilities: { drop: ["ALL"] } };

const dies: [string, Entry[], Record<string, unknown>, ContainerSettings?][] = [
  ["vault's, which Docker grants nobody", [program([lock])], {}],
  ["the same for another user", [program([lock])], { User: "1000" }],
  ["one of several", [program([bind, lock])], {}],
  ["one that the task drops", [program([bind])], { User: "1000" }, { capabilities: { drop: ["NET_BIND_SERVICE"] } }],
  ["all dropped", [program([bind])], {}, drop],
  ["an interpreter's", [program([lock]), file("run", "#!/app\n")], { Cmd: ["/run"] }],
];

test.each(dies.map(([title, entries, config, run]) => ({ title, entries, config, run })))(
  "$title stops",
  async ({ entries, config, run }) => {
    expect(await verdictsOf([entries], { Cmd: ["/app"], ...config }, run)).toEqual(["dies FL2150"]);
  },
);

const runs: [string, Entry[], Record<string, unknown>, ContainerSettings?][] = [
  ["caddy's, which Docker grants all", [program([bind])], { User: "1000" }],
  ["one that is not made effective", [program([lock], { effective: false })], {}],
  ["one of another user namespace", [program([lock], { revision: 3, rootId: 1000 })], {}],
  ["one that the task adds", [program([lock])], {}, { capabilities: { add: ["IPC_LOCK"] } }],
  ["one that is added after all were dropped", [program([bind])], {}, { capabilities: { add: ["CAP_NET_BIND_SERVICE"], drop: ["ALL"] } }],
  ["that of a layer below", [file("app", elf())], {}, drop],
];

test.each(runs.map(([title, entries, config, run]) => ({ title, entries, config, run })))(
  "$title doesn't",
  async ({ entries, config, run }) => {
    expect(await verdictsOf([[program([lock])], entries], { Cmd: ["/app"], ...config }, run)).toEqual([]);
  },
);

test("it is told by name, with what to do", async () => {
  expect(await findingsOf([[program([lock])]], { Cmd: ["/app"] })).toMatchObject([
    {
      problem: "/app has the file capability cap_ipc_lock, which the container is not granted",
      fix: expect.stringContaining("setcap -r /app"),
    },
  ]);
});

test("root without its capabilities is held to permissions", async () => {
  const closed = [folder("opt", 0o700, 5), file("opt/app", elf())];
  expect(await verdictsOf([closed], { Cmd: ["/opt/app"] })).toEqual([]);
  expect(await verdictsOf([closed], { Cmd: ["/opt/app"] }, drop)).toEqual(["dies FL2105"]);
  expect(await verdictsOf([[file("app", elf(), 0o700)]], { Cmd: ["/app"] }, drop)).toEqual([]);
});

test("a wrapper gives root no capability that the container lacks", async () => {
  const image = [folder("opt", 0o700, 5), file("opt/app", elf()), file("usr/bin/setpriv", elf())];
  const config = { Cmd: ["setpriv", "--reuid=0", "/opt/app"] };
  expect(await verdictsOf([image], config)).toEqual([]);
  expect(await verdictsOf([image], config, drop)).toEqual(["dies FL2105"]);
});

test("a program that may bind lets a user have a port below 1024", async () => {
  const run = { containerPort: 80 };
  expect(await verdictsOf([[program([bind])]], { Cmd: ["/app"], User: "1000" }, run)).toEqual([]);
  expect(await verdictsOf([[file("app", elf())]], { Cmd: ["/app"], User: "1000" }, run)).toEqual(["may FL2151"]);
});

test("capabilities beyond 31 are read, and what is no attribute says nothing", () => {
  expect(fileCapabilities(attribute([39]))).toEqual({ permitted: 1n << 39n });
  for (const value of [Buffer.alloc(0), Buffer.alloc(3), Buffer.alloc(20), attribute([1]).subarray(0, 19), Buffer.alloc(500, 1)])
    expect(fileCapabilities(value)).toBeUndefined();
});
