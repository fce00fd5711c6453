/** Milliseconds after which nobody answers, for a client's `requestHandler`. Without them AWS's SDK waits for ever, behind a firewall that drops all. */
export const awsTimeouts = { connectionTimeout: 10_000, requestTimeout: 30_000, throwOnRequestTimeout: true };
