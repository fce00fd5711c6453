import { devNull } from "node:os";
import { likelySecret, namesSecret } from "@fairlead/model";

/** What programs ask for whoever runs them: keys of ssh, passwords of git. */
const doors = new Set(["SSH_AUTH_SOCK", "SSH_ASKPASS", "GIT_ASKPASS", "GIT_SSH_COMMAND", "NPM_CONFIG_USERCONFIG"]);

/**
 * The variables that a commit of others gets: without AWS's and Pulumi's, without what is called or looks like a secret, and without agents that sign for
 * a person. Nothing of an environment on one machine needs them, and who reviews a pull request is often allowed more on AWS than who wrote it. AWS's SDKs
 * find no profile either. It is no wall: the commit's programs read the files that their user reads.
 */
export function strangersEnvironment(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(variables).filter(([name, value = ""]) => !isPrivate(name, value));
  return {
    ...Object.fromEntries(kept),
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

function isPrivate(name: string, value: string): boolean {
  const upper = name.toUpperCase();
  return (
    /^(AWS|PULUMI)_/.test(upper) ||
    doors.has(upper) ||
    /CREDENTIALS?$|AUTH_CONFIG$/.test(upper) ||
    namesSecret(name) ||
    likelySecret(name, value)?.certainty === "sure"
  );
}
