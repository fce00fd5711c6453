import { minimal, problems, write } from "./folder";

const codes = () => problems().map(({ code, line }) => `${code} ${line}`);

test("what the schema refuses hides no mistake that a rule finds", () => {
  write(
    "api",
    `${minimal}desiredCount: many\ncpu: 256\nmemoryMiB: 4096\ncalls: [wbe]\nenvironment: { A: 1, DB_HOST: db }\nuses: [{ name: order }]\n`,
  );
  write("web", "name: web\ncontainerPort: 3000\n");
  expect(codes()).toEqual(["FL1003 3", "FL1006 5", "FL1007 6", "FL1003 7", "FL1015 7", "FL1016 8"]);
});

test("nor does a mistake in an environment's part hide what is wrong with the rest", () => {
  write("api", `${minimal}calls: [wbe]\nenvironments:\n  dev:\n    cpu: lots\n  pord:\n    cpu: 512\n`);
  write("web", "name: web\ncontainerPort: 3000\n");
  expect(codes()).toEqual(["FL1007 3", "FL1003 6", "FL1013 7"]);
});

test.each([
  ["a misspelt key", "memoryMib: 4096\ncpu: 2048\n", ["FL1002 3"]],
  ["a sidecar without an image", "sidecars:\n  agent: { imge: nginx:1 }\ndependsOn: { agent: START }\n", ["FL1004 4", "FL1002 4"]],
  ["a kind that there is not", "kind: workr\nroutes: [{ path: / }]\n", ["FL1005 3"]],
])("what follows from the first mistake alone is not told: %s", (_, part, expected) => {
  write("api", minimal + part);
  expect(codes().sort()).toEqual([...expected].sort());
});
