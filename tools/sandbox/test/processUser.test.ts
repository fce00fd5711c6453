import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { processUser } from "../src/corpus/running/user";

function rootWith(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "fairlead-root-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const usual = rootWith({
  "etc/passwd": "root:x:0:0::/root:/bin/sh\nnode:x:1000:1001::/:/bin/sh\n\n",
  "etc/group": "root:x:0:\nstaff:x:50:node,other\nnode:x:1001:\n",
});

test.each([
  ["", { uid: 0, gid: 0, additionalGids: [] }],
  ["node", { uid: 1000, gid: 1001, additionalGids: [50] }],
  ["1000", { uid: 1000, gid: 1001, additionalGids: [50] }],
  ["node:staff", { uid: 1000, gid: 50, additionalGids: [] }],
  ["4711", { uid: 4711, gid: 0, additionalGids: [] }],
  ["4711:4712", { uid: 4711, gid: 4712, additionalGids: [] }],
] as const)("%p is somebody", (user, expected) => expect(processUser(user, usual)).toEqual(expected));

test.each([
  ["app", /unable to find user app/],
  ["node:app", /unable to find group app/],
  ["node:node:more", /invalid USER value/],
  ["4294967296", /unable to find user 4294967296/],
])("%p is nobody", (user, message) => expect(() => processUser(user, usual)).toThrow(message));

test("passwd is looked for inside the image, through its links", () => {
  const root = rootWith({ "nix/etc/passwd": "app:x:7:8::/:/bin/sh\n" });
  symlinkSync("/nix/etc", join(root, "etc"));
  expect(processUser("app", root)).toMatchObject({ uid: 7, gid: 8 });
  expect(() => processUser("app", rootWith({}))).toThrow(/unable to find user app/);
});
