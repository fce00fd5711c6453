import type { ContainerSettings } from "../src/container/containerSettings";
import { verdictsOf } from "../testing/findings";
import { elf, file, folder, link, type Entry } from "../testing/testImage";

const passwd = "root:x:0:0:root:/root:/bin/sh\nweb:x:1000:1000::/home/web:/bin/sh\n\n";
const group = "root:x:0:\nweb:x:1000:\nstaff:x:50:web,nobody\nempty:x:51:\nbare:x:52\n\n";
const lists = (users = passwd, groups = group) => [file("etc/passwd", users, 0o644), file("etc/group", groups, 0o644)];
/** One that nobody but the owner's group may run. */
const ofGroup = (gid: number, mode = 0o750): Entry => ({ ...file("app", elf(), mode, 7), gid });
const rootsOwn = file("app", elf(), 0o700);

type Case = [string, Entry[], string | undefined, ContainerSettings?];
const dies: Case[] = [
  ["another than root, of root's own file", [...lists(), rootsOwn], "web"],
  ["a name without /etc/passwd", [file("app", elf())], "web"],
  ["a name that is the number of nobody", [...lists(), file("app", elf())], "4294967295"],
  ["a number that is out of range, as group", [...lists(), file("app", elf())], "0:2147483648"],
  ["a negative number", [...lists(), file("app", elf())], "-1"],
  ["a name, a group, and more", [...lists(), file("app", elf())], "web:staff:empty"],
  ["a group of others", [...lists(), ofGroup(51)], "web"],
  ["a number without an entry, of groups without members", [...lists(), ofGroup(51)], "4711"],
  ["a number without an entry, of a group without a list", [...lists(), ofGroup(52)], "4711"],
  ["a group that is asked for alone, in place of the user's own", [...lists(), ofGroup(1000)], "web:empty"],
  ["its own group, that may less than others", [...lists(), ofGroup(1000, 0o705)], "web"],
  ["a user by name that is another's number", [...lists("1000:x:5:5::/:/bin/sh\n"), file("app", elf(), 0o700, 5)], "1000"],
  ["a name in a list that is a link to nothing", [link("etc/passwd", "/nix/passwd"), file("app", elf())], "web"],
  ["a name in a list that is elsewhere", [file("passwd", passwd, 0o644), file("app", elf())], "web"],
];

test.each(dies.map(([title, entries, User, run]) => ({ title, entries, User, run })))(
  "$title is stopped",
  async ({ entries, User, run }) => {
    expect(await verdictsOf([entries], { Cmd: ["/app"], User }, run)).toEqual([expect.stringMatching(/^dies FL21(05|11)$/)]);
  },
);

const runs: Case[] = [
  ["root where nobody says who, with an empty line in the list", [...lists(), rootsOwn], undefined],
  ["root where nobody says who, and there is no list", [rootsOwn], ""],
  ["root where the task's user is empty", [...lists(), rootsOwn], undefined, { user: "" }],
  ["root by number, by name, by another's name", [...lists("toor:x:0:0::/:/bin/sh\n"), rootsOwn], "toor"],
  ["root with a group alone", [...lists(), rootsOwn], ":staff"],
  ["root of a file of another's", [...lists(), file("app", elf(), 0o700, 1000)], "0"],
  ["a number with a sign", [...lists(), file("app", elf(), 0o700, 1000)], "+1000"],
  ["a member of a group", [...lists(), ofGroup(50)], "web"],
  ["a member by number", [...lists(), ofGroup(50)], "1000"],
  ["its own group", [...lists(), ofGroup(1000)], "web"],
  ["the group that is asked for, by name", [...lists(), ofGroup(51)], "web:empty"],
  ["the group that is asked for, of a line that is cut short", [...lists(), ofGroup(0)], "web:bare0".replace("bare0", "root")],
  ["a member with another group, to containerd", [...lists(), ofGroup(50)], "web:empty"],
  ["a user with an empty group, to Docker", [...lists(), ofGroup(1000)], "web:"],
  ["a number without an entry, of group 0", [...lists(), ofGroup(0)], "4711"],
  ["lists with Windows line ends", [...lists(passwd.replaceAll("\n", "\r\n"), group.replaceAll("\n", "\r\n")), ofGroup(50)], "web"],
  [
    "lists that Nix links to",
    [
      link("etc", "/nix/store/abc-etc"),
      link("nix/store/abc-etc/passwd", "../def-passwd"),
      file("nix/store/def-passwd", passwd, 0o644),
      file("app", elf()),
    ],
    "web",
  ],
  [
    "lists that are hard links",
    [file("usr/share/passwd", passwd, 0o644), { name: "etc/passwd", hardLink: "usr/share/passwd" }, file("app", elf())],
    "web",
  ],
];

test.each(runs.map(([title, entries, User, run]) => ({ title, entries, User, run })))(
  "$title is not stopped",
  async ({ entries, User, run }) => {
    expect(await verdictsOf([entries], { Cmd: ["/app"], User }, run)).toEqual([]);
  },
);

test("a list that an upper layer removed is gone, with the folder that it was in or alone", async () => {
  const config = { Cmd: ["/app"], User: "web" };
  const base = [...lists(), file("app", elf())];
  expect(await verdictsOf([base, [file("etc/.wh.passwd", "")]], config)).toEqual(["dies FL2111"]);
  expect(await verdictsOf([base, [file(".wh.etc", "")]], config)).toEqual(["dies FL2111"]);
  expect(await verdictsOf([base, [file("etc/.wh..wh..opq", "")]], config)).toEqual(["dies FL2111"]);
  expect(await verdictsOf([base, [file("etc/.wh.passwd", "")], lists()], config)).toEqual([]);
});

test("root's home is root's to run from, and nobody else's", async () => {
  const home = [folder("root", 0o700), file("root/.local/bin/uv", elf(), 0o700)];
  const config = { Cmd: ["uv"], Env: ["PATH=/usr/bin:/root/.local/bin"], WorkingDir: "/root" };
  expect(await verdictsOf([home], config)).toEqual([]);
  expect(await verdictsOf([home], { ...config, User: "1000" })).toEqual(["dies FL2105"]);
});

test("who is in a folder need not be let into those above it", async () => {
  const app = [folder("root", 0o700), file("root/app/run", "#!/bin/sh\n"), file("bin/sh", elf())];
  const config = { WorkingDir: "/root/app", User: "1000" };
  expect(await verdictsOf([app], { ...config, Cmd: ["./run"] })).toEqual([]);
  expect(await verdictsOf([app], { ...config, Cmd: ["/root/app/run"] })).toEqual(["dies FL2105"]);
  expect(await verdictsOf([app], { ...config, Cmd: ["../app/run"] })).toEqual(["dies FL2105"]);
});
