import { getSecret } from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";

import { lookedUp } from "../src/secretReference";

jest.mock("@pulumi/aws/secretsmanager");

test("a secret that AWS does not find is told with its name and without a stack trace", async () => {
  jest.mocked(getSecret).mockRejectedValue(new Error("couldn't find resource"));
  const error = await lookedUp("shop/token", "eu-central-1").catch((refused: Error) => refused);
  expect((error as Error).message).toMatch(/^FL2502 the secret shop\/token can't be looked up in eu-central-1: couldn't find resource/);
  // The engine prints the message alone of such an error.
  expect(pulumi.RunError.isInstance(error)).toBe(true);
});
