/** Why AWS didn't answer: it said no, there is nobody to be to AWS, it is asked too often, nobody is there, or something else. */
export type AwsErrorKind = "denied" | "credentials" | "throttled" | "unreachable" | "other";

const names: Record<Exclude<AwsErrorKind, "other">, ReadonlySet<string>> = {
  denied: new Set(["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "UnauthorizedException"]),
  credentials: new Set([
    "CredentialsProviderError",
    "TokenProviderError",
    "TokenRefreshRequired",
    "SSOTokenProviderFailure",
    "InvalidGrantException",
    "ExpiredToken",
    "ExpiredTokenException",
    "RequestExpired",
    "InvalidClientTokenId",
    "UnrecognizedClientException",
    "SignatureDoesNotMatch",
    "InvalidSignatureException",
    "IncompleteSignature",
    "AuthFailure",
  ]),
  // Those of which AWS's SDKs slow down. Others that end so are quotas: VcpuLimitExceeded.
  throttled: new Set([
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
  ]),
  unreachable: new Set([
    "ECONNREFUSED",
    "ECONNRESET",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EPIPE",
    "ETIMEDOUT",
    "NetworkingError",
    "TimeoutError",
  ]),
};

/** What a name of an error of AWS's, or of a connection, says. */
export function awsErrorKind(name: string, { status }: { status?: number } = {}): AwsErrorKind {
  const kinds = Object.entries(names) as [keyof typeof names, ReadonlySet<string>][];
  const found = kinds.find(([, known]) => known.has(name))?.[0];
  return found ?? (status === 429 ? "throttled" : "other");
}
