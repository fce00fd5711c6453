import { Budget, Share } from "../src/budget";
import { FileProbe } from "../src/files/fileProbe";
import { ProbeMemory } from "../src/files/probeMemory";
import { elf } from "../testing/testElf";

const probeMemory = () => new ProbeMemory(new Share(new Budget()));

function probed(bytes: Buffer, chunk = 1000, memory = probeMemory()) {
  const probe = new FileProbe(memory);
  for (let at = 0; at < bytes.length; at += chunk) probe.add(bytes.subarray(at, at + chunk));
  return probe.content();
}

const all = {
  type: 3,
  interpreter: "/lib64/ld-linux-x86-64.so.2",
  needed: ["libssl.so.3", "libc.so.6"],
  runpath: "$ORIGIN/../lib",
  soname: "libapp.so.1",
  versionNeeds: { "libc.so.6": ["GLIBC_2.2.5", "GLIBC_2.38?"], "libssl.so.3": ["OPENSSL_3.0.0"] },
  versions: ["APP_1"],
  x86Level: 3,
};
const facts = {
  interpreter: all.interpreter,
  dynamic: {
    needed: all.needed,
    runpath: all.runpath,
    soname: all.soname,
    versions: all.versions,
    versionNeeds: [
      { library: "libc.so.6", versions: ["GLIBC_2.2.5"] },
      { library: "libssl.so.3", versions: ["OPENSSL_3.0.0"] },
    ],
  },
};

test.each([
  ["in pieces", elf(all), 7],
  ["whole", elf(all), 1_000_000],
  ["of 32 bits", elf({ ...all, bits: 32, machine: 3 }), 1000],
  ["with its names at the end, as patchelf leaves it", elf({ ...all, namesAt: 40_000 }), 4096],
  ["with its names beyond what is kept of the beginning", elf({ ...all, namesAt: 17 * 1024 ** 2 }), 256 * 1024],
])("an ELF file %s says what it needs", (_title, bytes, chunk) => {
  expect(probed(bytes, chunk)).toMatchObject({ kind: "elf", elf: facts });
});

test("the level of a CPU is read from a note", () => {
  expect(probed(elf(all))).toMatchObject({ elf: { x86Level: 3 } });
});

test("what is missing of a file at its end is known, and whether it is touched", () => {
  const whole = elf({ type: 3, needed: ["libc.so.6"], namesAt: 40_000 });
  expect(probed(whole)).toHaveProperty("elf.cutOff", undefined);
  // The names' page is gone, and nothing touches it for certain.
  expect(probed(whole.subarray(0, 9000))).toMatchObject({ elf: { cutOff: { size: 9000, touched: false } } });
  const late = elf({ type: 3, needed: ["libc.so.6"], data: "x".repeat(20_000) });
  expect(probed(late.subarray(0, 9000))).toMatchObject({ elf: { cutOff: { size: 9000, touched: true } } });
});

test("tables that lead anywhere neither crash nor hold up", () => {
  const good = elf(all);
  let seed = 1;
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const memory = probeMemory();
  for (let round = 0; round < 3000; round++) {
    const bytes = Buffer.from(good);
    for (let change = 0; change < 4; change++) bytes[random(bytes.length)] = [0, 1, 0x7f, 0xff, random(256)][random(5)]!;
    bytes.write("\x7fELF", 0, "latin1");
    expect(probed(bytes.subarray(0, random(10) ? undefined : 4 + random(bytes.length - 4)), 4096, memory)?.kind).toMatch(/elf/i);
  }
});

test("texts that are equal are kept once, and no image fills the memory", () => {
  const memory = probeMemory();
  expect(memory.keep("libc.so.6")).toBe(memory.keep("libc.so.6"));
  const long = "x".repeat(1024 ** 2);
  const kept = Array.from({ length: 100 }, (_, number) => memory.keep(long + number)).filter(Boolean);
  expect(kept.length).toBeLessThan(20);
  expect(probed(elf({ type: 3, needed: ["libnew.so"] }), 1000, memory)).not.toHaveProperty("elf.dynamic.needed");
});
