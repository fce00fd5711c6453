import { logger } from "@nx/devkit";

import environmentGenerator from "../src/generators/environment/generator";
import type { EnvironmentOptions } from "../src/generators/environment/place";
import { Workspace } from "./workspace";

const unformatted = (_root: string, _file: string, text: string) => text;

/** A workspace that gets environments, as it was before each test, and what the generator said in it. */
export function environmentWorkspace() {
  const workspace = new Workspace();
  const log = { said: "" };
  beforeEach(() => {
    log.said = "";
    jest.spyOn(logger, "info").mockImplementation((text) => void (log.said += text));
  });
  afterEach(() => workspace.reset());
  afterAll(() => workspace.delete());
  const generate = (options: EnvironmentOptions) =>
    workspace.generate<EnvironmentOptions>((tree, given) => environmentGenerator(tree, given, unformatted), options);
  return { workspace, generate, log };
}
