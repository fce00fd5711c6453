import * as pulumi from "@pulumi/pulumi";

import { builderOf } from "../../src/containerImage/builder";
import { BuildSettings } from "../../src/containerImage/buildSettings";

jest.mock("../../src/containerImage/builder");

const exporter = () => new BuildSettings({ registry: { address: "example.test", username: "AWS", password: "x" } }).exporter();

test.each([
  ["docker", "type=registry"],
  ["docker-container", "type=registry,rewrite-timestamp=true"],
  [undefined, "type=registry,rewrite-timestamp=true"],
])(
  "a builder of the driver %s exports by %s: Docker's own unpacks images, which BuildKit refuses to do with times rewritten",
  (driver, expected) => {
    jest.spyOn(pulumi.runtime, "hasEngine").mockReturnValue(true);
    jest.mocked(builderOf).mockReturnValue(driver ? { driver, platforms: [] } : undefined);
    expect(exporter()).toBe(expected);
  },
);

test("a plan without an engine asks no builder", () => {
  jest.spyOn(pulumi.runtime, "hasEngine").mockReturnValue(false);
  jest.mocked(builderOf).mockClear();
  expect(exporter()).toContain("rewrite-timestamp");
  expect(builderOf).not.toHaveBeenCalled();
});
