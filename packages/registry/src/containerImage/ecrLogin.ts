import * as ecr from "@pulumi/aws/ecr";
import * as pulumi from "@pulumi/pulumi";

/**
 * The login that docker-build pushes with: ECR's authorization token, valid for 12 hours. The password is secret, in state too, and
 * docker-build ignores its change.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
 */
export function ecrLogin(options?: pulumi.InvokeOptions) {
  const token = ecr.getAuthorizationTokenOutput({}, options);
  return { address: token.proxyEndpoint, username: token.userName, password: pulumi.secret(token.password) };
}
