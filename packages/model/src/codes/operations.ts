import type { Explanations } from "./explanation";

/** What stops the commands that look after what runs. */
export const operationCodes = {
  FL2801: {
    title: "no credentials for a stack",
    meaning:
      "AWS refuses the credentials that the stack's configuration, the environment or a profile gives, they have expired, or there are none.",
    fix: "Log in as for `pulumi up`. They are looked for as Pulumi's AWS provider does: the stack's configuration, the environment, the profile.",
    example: "aws sso login --profile shop\nexport AWS_PROFILE=shop",
  },
  FL2802: {
    title: "AWS that doesn't answer",
    meaning: "No connection to AWS, or to the address that `aws:endpoints` or AWS_ENDPOINT_URL names in its place.",
    fix: "Look at the network, the proxy, the VPN, and at the region of the stack's configuration.",
  },
  FL2803: {
    title: "no Session Manager plugin",
    meaning: "`fairlead exec` and `fairlead tunnel` hold their sessions by AWS's session-manager-plugin, which is not on the PATH.",
    fix: "Install it, as https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html says.",
    example: "session-manager-plugin --version",
  },
  FL2804: {
    title: "task that lets no session in",
    meaning:
      "ECS Exec is off for the service, its tasks are older than the setting, or the agent in them doesn't run: for lack of permissions of the task role, of a way to " +
      "ssmmessages, or of a root file system that can be written.",
    fix: "`enableExecuteCommand: true` and `readonlyRootFilesystem: false` in service.yaml, and `pulumi up`. The message says which of them it is.",
    example: "enableExecuteCommand: true\nreadonlyRootFilesystem: false",
  },
  FL2805: {
    title: "services that could not all be put to sleep or woken",
    meaning:
      "`fairlead stop` and `fairlead start` go on with the others where AWS refuses one. The message names those that are left, each with AWS's reason.",
    fix: "Mend the reason, and run the command again: it does what is left, and nothing twice.",
  },
  FL2806: {
    title: "operators of no environment",
    meaning: "`OperatorAccess` has an empty list of environments: nobody could act on anything by the role that it makes.",
    fix: "Name the stacks whose services may be acted on. In the stack `access` they are those of `deployEnvironments`, or all of environments.json.",
    example: "pulumi config set --path 'deployEnvironments[0]' prod -s access",
  },
  FL2807: {
    title: "configuration that no pin can be written into",
    meaning:
      "`fairlead rollback` pins an image in the stack's configuration, and asks ECS for nothing where it couldn't: the file can't be written, is no YAML, has pins in " +
      "another form, or takes them from an anchor.",
    fix: "The message says what of it is so, and where.",
    example: "config:\n  fairlead:pinnedImages:\n    api:\n      tag: 1.4.0-3f2a1b9c8d7e\n      digest: sha256:…",
  },
} satisfies Explanations<"FL28">;
