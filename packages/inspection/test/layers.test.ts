import { verdictsOf } from "../testing/findings";
import { elf, file, folder, hardLink, link } from "../testing/testImage";

const base = [folder("usr/bin"), link("bin", "usr/bin"), file("usr/bin/sh", elf())];
const app = file("bin/app", elf());

test("a folder of an upper layer covers a link of a lower one, with all that was behind it", async () => {
  expect(await verdictsOf([base, [app]], { Cmd: ["/bin/app"] })).toEqual([]);
  expect(await verdictsOf([base, [app]], { Cmd: ["/bin/sh"] })).toEqual(["dies FL2104"]);
  expect(await verdictsOf([base, [app]], { Cmd: ["/usr/bin/sh"] })).toEqual([]);
  expect(await verdictsOf([base, [app]], { Cmd: ["/usr/bin/app"] })).toEqual(["dies FL2104"]);
});

test("a layer's own link is followed, whatever layer has what it leads to", async () => {
  const [, ...without] = [base[1], base[0]!, base[2]!];
  for (const layers of [[[...base, app]], [without, [link("bin", "usr/bin"), app]], [base, [link("bin", "/usr/../usr/bin"), app]]])
    for (const program of ["/bin/sh", "/bin/app", "/usr/bin/app"]) expect(await verdictsOf(layers, { Cmd: [program] })).toEqual([]);
});

test("an opaque folder keeps what its own layer has below folders that the layer leaves out", async () => {
  const layers = [[file("opt/sub/old", elf())], [file("opt/sub/new", elf()), file("opt/.wh..wh..opq", "")]];
  expect(await verdictsOf(layers, { Cmd: ["/opt/sub/new"] })).toEqual([]);
  expect(await verdictsOf(layers, { Cmd: ["/opt/sub/old"] })).toEqual(["dies FL2104"]);
});

test("a folder that a layer leaves out keeps its mode", async () => {
  const layers = [[folder("opt", 0o700)], [file("opt/app", elf())]];
  expect(await verdictsOf(layers, { Cmd: ["/opt/app"], User: "1000" })).toEqual(["dies FL2105"]);
});

test("a hard link names a file through a link, and a link itself", async () => {
  expect(await verdictsOf([[...base, hardLink("run", "bin/sh", 0o755)]], { Cmd: ["/run"] })).toEqual([]);
  expect(await verdictsOf([[...base, link("a", "/usr/bin/sh"), hardLink("run", "a", 0o777)]], { Cmd: ["/run"] })).toEqual([]);
});

test("links of a layer that lead round end", async () => {
  expect(await verdictsOf([[link("a", "b"), link("b", "a"), file("a/x", elf()), file("app", elf())]], { Cmd: ["/app"] })).toEqual([]);
});
