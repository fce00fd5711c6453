import type { ServiceSpec } from "@fairlead/manifest";
import * as pulumi from "@pulumi/pulumi";

import { secretReference } from "../src/secretReference";

test("a secret that AWS does not find is told with its name and without a stack trace", async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ inputs }) => ({ id: "x", state: inputs as Record<string, unknown> }),
    call: () => {
      throw new Error("couldn't find resource");
    },
  });
  const told: unknown[] = [];
  // What a program leaves unhandled, the engine's own host prints.
  const collect = (reason: unknown) => void told.push(reason);
  process.on("unhandledRejection", collect);
  secretReference({ secretsManager: "shop/token" } as ServiceSpec["secrets"][string], "eu-central-1");
  while (told.length === 0) await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", collect);
  expect((told[0] as Error).message).toMatch(/^FL2502 the secret shop\/token can't be looked up in eu-central-1: /);
  // It prints the message alone of such an error.
  expect(pulumi.RunError.isInstance(told[0])).toBe(true);
});
