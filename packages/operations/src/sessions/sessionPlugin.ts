import { spawn, spawnSync } from "node:child_process";
import { coded, UserError } from "@fairlead/model";

/** What a session of Session Manager's is opened with, as ECS or Systems Manager answered. */
export interface OpenedSession {
  SessionId: string | undefined;
  StreamUrl: string | undefined;
  TokenValue: string | undefined;
}

/** From this version on the plugin takes the answer, which has a token in it, from the environment: arguments are for everybody to see. */
const readsEnvironment = [1, 2, 497];
const responseVariable = "AWS_SSM_START_SESSION_RESPONSE";

/**
 * The version of Session Manager's plugin.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html
 * @throws UserError where it is not on the PATH
 */
export function pluginVersion(): string {
  const { stdout, status } = spawnSync("session-manager-plugin", ["--version"], { encoding: "utf8", env: process.env });
  if (status === 0) return stdout.trim();
  throw new UserError(
    coded(
      "FL2803",
      "There is no session-manager-plugin on the PATH, by which sessions with tasks are held. fix: install it, https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html",
    ),
  );
}

/** What the plugin is started with. @param request what was asked for, by which it resumes a session */
export function pluginStart(version: string, session: OpenedSession, region: string, request: object, endpoint: string) {
  const answer = JSON.stringify(session);
  const parts = version.split(".").map(Number);
  const different = readsEnvironment.findIndex((part, index) => part !== (parts[index] ?? 0));
  const isNew = different < 0 || (parts[different] ?? 0) > readsEnvironment[different]!;
  const args = [isNew ? responseVariable : answer, region, "StartSession", "", JSON.stringify(request), endpoint];
  return { args, environment: isNew ? { [responseVariable]: answer } : {} };
}

/** Holds a session on this terminal until it ends. Ctrl-C is the session's. @returns the plugin's exit code */
export function holdSession({ args, environment }: ReturnType<typeof pluginStart>): Promise<number> {
  const ignore = () => undefined;
  process.on("SIGINT", ignore);
  const plugin = spawn("session-manager-plugin", args, { stdio: "inherit", env: { ...process.env, ...environment } });
  return new Promise<number>((resolve, reject) => {
    plugin.on("error", reject);
    plugin.on("close", (code) => resolve(code ?? 1));
  }).finally(() => process.off("SIGINT", ignore));
}
