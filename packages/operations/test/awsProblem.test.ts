import { awsProblem } from "../src";

const named = (name: string, more: object = {}) => Object.assign(new Error("AWS's words"), { name, ...more });

test.each([
  ["throttled", ["ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException", "EC2ThrottledException"]],
  ["throttled", ["SlowDown", "ProvisionedThroughputExceededException", "RequestLimitExceeded", "TooManyRequestsException"]],
  ["credentials", ["ExpiredToken", "TokenRefreshRequired", "SSOTokenProviderFailure", "InvalidGrantException", "TokenProviderError"]],
  ["denied", ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"]],
  ["unreachable", ["TimeoutError", "NetworkingError"]],
  ["other", ["VcpuLimitExceeded", "ServiceQuotaExceededException", "ServerException", "Error"]],
])("%s: %s", (kind, names) => {
  expect(names.map((name) => [name, awsProblem(named(name)).kind])).toEqual(names.map((name) => [name, kind]));
});

test("what has no telling name is told by its status, its code, or its words", () => {
  expect(awsProblem(named("Error", { $metadata: { httpStatusCode: 429 } })).kind).toBe("throttled");
  expect(awsProblem(named("Error", { code: "EHOSTUNREACH" })).kind).toBe("unreachable");
  expect(awsProblem(new Error("connect ECONNREFUSED 127.0.0.1:1")).kind).toBe("unreachable");
  expect(awsProblem(new Error("The SSO session has expired")).kind).toBe("credentials");
});
