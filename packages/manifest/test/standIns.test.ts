import type { UserError } from "@fairlead/model";

import { loadServices, type LeftOut } from "../src";
import { folder, minimal, write } from "./folder";

const broken = "name: api\ncontainerPort: 70000\n";

function loaded(former: Record<string, string> = {}) {
  const told: { problems?: UserError; leftOut: LeftOut[] } = { leftOut: [] };
  const services = loadServices({
    directory: folder,
    environment: "dev",
    environments: ["dev", "prod"],
    defaults: { cpuArchitecture: "ARM64", desiredCount: 1 },
    onProblems: (problems, leftOut) => Object.assign(told, { problems, leftOut }),
    standIn: (file) => former[file.slice(folder.length + 1)],
  });
  return {
    services: services.map(({ name, cpu }) => `${name} ${cpu}`),
    leftOut: told.leftOut.map(({ file, hasStandIn }) => `${file.slice(folder.length + 1)} ${hasStandIn}`),
    codes: told.problems?.problems.map(({ code }) => code),
  };
}

test("a service whose manifest is broken is as another text of it says, and the others as they are", () => {
  write("api", broken);
  write("web", "name: web\ncontainerPort: 8080\ncalls: [api]\n");
  expect(loaded({ "api/service.yaml": `${minimal}cpu: 512\nmemoryMiB: 1024\n` })).toEqual({
    services: ["api 512", "web 256"],
    leftOut: ["api/service.yaml true"],
    codes: ["FL1005"],
  });
});

test("where there is none it is left out, and so is who calls it", () => {
  write("api", broken);
  write("web", "name: web\ncontainerPort: 8080\ncalls: [api]\n");
  write("worker", "name: worker\nkind: worker\n");
  expect(loaded()).toMatchObject({ services: ["worker 256"], leftOut: ["api/service.yaml false", "web/service.yaml false"] });
});

test("another text that is broken as well stands in for nothing", () => {
  write("api", broken);
  write("worker", "name: worker\nkind: worker\n");
  expect(loaded({ "api/service.yaml": broken })).toMatchObject({ services: ["worker 256"], leftOut: ["api/service.yaml false"] });
});

test("a mistake in a Dockerfile leaves its service out, too", () => {
  write("api", minimal, "FROM --platform=linux/amd64 scratch\n");
  write("worker", "name: worker\nkind: worker\n");
  expect(loaded()).toMatchObject({ services: ["worker 256"], leftOut: ["api/service.yaml false"], codes: ["FL1029"] });
});
