import type { UserError } from "@fairlead/model";

import { loadServices, type ServiceSpec } from "../src";
import { folder, minimal, write } from "./folder";

function load(manifest: string, variables?: Record<string, string>, environment = "dev"): ServiceSpec {
  write("api", manifest);
  const [spec] = loadServices({
    ...{ directory: folder, environment, environments: ["dev", "prod"], variables },
    defaults: { cpuArchitecture: "X86_64", desiredCount: 1 },
  });
  return spec!;
}

/** Codes of what is told of a manifest. */
function told(...args: Parameters<typeof load>): string[] {
  try {
    load(...args);
    return [];
  } catch (error) {
    return (error as UserError).problems!.map(({ code }) => code);
  }
}

test("texts have the variables that the manifest declares, before they are judged", () => {
  const spec = load(
    'name: api\ncontainerPort: 80\nimage: "shop/api:${TAG}"\nroutes: [{ path: /, host: "${DOMAIN}" }]\ndeployerVariables: { TAG: {}, DOMAIN: {} }\n',
    { TAG: "1.2.3", DOMAIN: "shop.example.com" },
  );
  expect(spec.image).toBe("shop/api:1.2.3");
  expect(spec.routes).toMatchObject([{ host: "shop.example.com" }]);
});

test("what is not declared stays as it stands, whatever is set", () => {
  const manifest = `${minimal}environment: { A: "\${HOME}", B: "\${TAG}" }\ndeployerVariables: { TAG: {} }\n`;
  expect(load(manifest, { HOME: "/root", TAG: "1" }).environment).toEqual({ A: "${HOME}", B: "1" });
});

test("a default counts where it is not set, the environment's before the base's", () => {
  const manifest = `${minimal}environment: { A: "\${TAG}" }\ndeployerVariables: { TAG: { default: all } }\nenvironments:\n  prod:\n    deployerVariables: { TAG: { default: live } }\n`;
  expect(load(manifest).environment).toEqual({ A: "all" });
  expect(load(manifest, {}, "prod").environment).toEqual({ A: "live" });
  expect(load(manifest, { TAG: "1" }, "prod").environment).toEqual({ A: "1" });
});

test("an environment asks for its own alone, and for none that it does not use", () => {
  const manifest = `${minimal}environments:\n  prod:\n    deployerVariables: { TAG: {}, UNUSED: {} }\n    environment: { A: "\${TAG}" }\n`;
  expect(told(manifest)).toEqual([]);
  expect(told(manifest, {}, "prod")).toEqual(["FL1053"]);
  expect(load(manifest, { TAG: "1" }, "prod").environment).toEqual({ A: "1" });
});
