import * as pulumi from "@pulumi/pulumi";

import { compositionFile, planOf, ProjectFolder, service } from "./harness";

afterEach(() => jest.restoreAllMocks());

/** The warnings of a service with this Dockerfile and these lines. */
async function warnings(dockerfile: string, ...lines: string[]): Promise<string[]> {
  const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
  const project = new ProjectFolder({
    "stacks/dev.ts": compositionFile,
    ...service("api", "containerPort: 80", ...lines),
    "apps/api/Dockerfile": dockerfile,
  });
  await planOf(project);
  project.remove();
  return warn.mock.calls.map(([text]) => text).filter((text) => text.startsWith("FL1041"));
}

test("a folder that is mounted to write to and is no VOLUME of the Dockerfile is told: the image below may declare it", async () => {
  expect(await warnings("FROM node\nVOLUME /data\n", "writableMounts: [/data, /tmp]")).toEqual([
    expect.stringMatching(/^FL1041 api mounts \/tmp to write to, and its Dockerfile declares no VOLUME of it: on Fargate root alone/),
  ]);
});

test.each([
  ["where it is declared", "FROM node\nVOLUME /data/ /tmp\n", ["writableMounts: [/data, /tmp]"]],
  ["where root runs", "FROM node\n", ["writableMounts: [/data]", 'user: "0"']],
  ["where nothing is mounted", "FROM node\n", []],
  [
    "on instances, where Docker copies the image's folder",
    "FROM node\n",
    ["writableMounts: [/data]", "networkMode: bridge", "capacityProviderStrategy: [{ capacityProvider: graviton }]"],
  ],
])("nothing is told %s", async (_, dockerfile, lines) => {
  expect(await warnings(dockerfile, ...lines)).toEqual([]);
});
