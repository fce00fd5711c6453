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
} satisfies Explanations<"FL28">;
