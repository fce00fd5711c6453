import { inspectImage } from "../src/inspectImage";
import { elf, file, folder, layoutOf, type Entry } from "../testing/testImage";

/** What is said of a mounted /data, for user 1000. */
async function problems(entries: Entry[], volumes: string[] | undefined, user = "1000:1000", path = "/data") {
  const Volumes = volumes && Object.fromEntries(volumes.map((volume) => [volume, {}]));
  const image = await layoutOf([[file("app", elf()), ...entries]], { Cmd: ["/app"], Volumes });
  const { platforms } = await inspectImage(image, { platforms: ["linux/amd64"], run: { user, writableMounts: [path] }, cache: false });
  return platforms[0]!.findings.map(({ code, problem }) => `${code} ${problem}`);
}

test.each([
  ["the image declares no VOLUME of it, so that it belongs to root", [folder("data", 0o777, 1000)], undefined],
  ["the image declares no VOLUME of it, so that it belongs to root", [folder("data", 0o755, 1000)], ["/data/cache"]],
  ["in the image it belongs to 0:0 with mode 0755", [folder("data")], ["/data"]],
  ["in the image it belongs to 1000:0 with mode 0555", [folder("data", 0o555, 1000)], ["/data"]],
  ["the image declares a VOLUME where it has no folder, so that it belongs to root", [], ["/data"]],
])("a mounted folder can't be written to where %s", async (why, entries, volumes) => {
  expect(await problems(entries, volumes)).toEqual([`FL2125 user 1000 can't write to /data, one of writableMounts: ${why}`]);
});

test.each([
  ["is the user's own", [folder("data", 0o700, 1000)], ["/data"], "1000:1000"],
  ["is everybody's, as /tmp is", [folder("data", 0o1777)], ["/data/"], "1000:1000"],
  ["is the group's", [folder("data", 0o775)], ["/data"], "1000:0"],
  ["is root's, and so is the task", [folder("data")], undefined, "0"],
])("a mounted folder can be written to that %s", async (_, entries, volumes, user) => {
  expect(await problems(entries, volumes, user)).toEqual([]);
});
