import { canonical, isMap } from "@fairlead/model";

import type { Guard } from "./model";

type Raw = Record<string, unknown>;

/**
 * What a rule asks of a client before its last action: to sign in, or to show a token. One that lets pass who does neither is none.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 */
export function guardsOfActions(actions: readonly Raw[]): Guard[] {
  return actions.flatMap(({ type, authenticateOidc, authenticateCognito, jwtValidation }): Guard[] => {
    switch (type) {
      case "authenticate-oidc":
        return signIn("a sign-in by OpenID Connect", authenticateOidc);
      case "authenticate-cognito":
        return signIn("a sign-in by Cognito", authenticateCognito);
      case "jwt-validation":
        return [{ text: "a token", detail: canonical(jwtValidation ?? null) }];
      default:
        return [];
    }
  });
}

function signIn(text: string, config: unknown): Guard[] {
  return isMap(config) && config.onUnauthenticatedRequest === "allow" ? [] : [{ text, detail: canonical(config ?? null) }];
}

/**
 * What a distribution asks of a client before it answers.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PrivateContent.html
 */
export function guardsOfBehavior(behavior: unknown, { viewerMtlsConfig }: Raw): Guard[] {
  const { trustedKeyGroups, trustedSigners } = isMap(behavior) ? behavior : {};
  const signers = [trustedKeyGroups, trustedSigners].filter((each) => each !== undefined && !(Array.isArray(each) && each.length === 0));
  const isCertificateAsked = isMap(viewerMtlsConfig) && viewerMtlsConfig.mode !== "optional";
  return [
    ...(signers.length > 0 ? [{ text: "a signed address", detail: canonical(signers) }] : []),
    ...(isCertificateAsked ? [{ text: "a client's certificate", detail: canonical(viewerMtlsConfig) }] : []),
  ];
}
