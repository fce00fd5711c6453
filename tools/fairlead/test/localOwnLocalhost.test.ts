import { causeOfLocalhost } from "../testing/local";

describe("a connection to the task's own localhost", () => {
  test.each([
    ["Error: connect ECONNREFUSED 127.0.0.1:5432", 5432],
    ["  [errors]: [ Error: connect ECONNREFUSED ::1:6379", 6379],
    ['psycopg.OperationalError: connection to server at "localhost" (127.0.0.1), port 5432 failed: Connection refused', 5432],
    ['connection to server at "127.0.0.1", port 5432 failed: Connection refused', 5432],
    ['connection to server on socket "/var/run/postgresql/.s.PGSQL.5432" failed: No such file or directory', 5432],
    ["redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.", 6379],
    ["OSError: [Errno 111] Connect call failed ('127.0.0.1', 5432)", 5432],
    ["HTTPConnectionPool(host='localhost', port=3000): Max retries exceeded: Connection refused", 3000],
    ['botocore: Could not connect to the endpoint URL: "http://localhost:4566/"', 4566],
    ["dial tcp 127.0.0.1:5432: connect: connection refused", 5432],
    ["dial tcp [::1]:6379: connect: connection refused", 6379],
    ["Connection to localhost:5432 refused. Check that the hostname and port are correct", 5432],
    ["Caused by: java.net.ConnectException: Connection refused: localhost/127.0.0.1:6379", 6379],
    ["RedisConnectionException: Unable to connect to localhost/<unresolved>:6379", 6379],
    ["curl: (7) Failed to connect to localhost port 3000 after 0 ms: Connection refused", 3000],
    ['connect() failed (111: Connection refused) while connecting to upstream, upstream: "http://127.0.0.1:3000/"', 3000],
    ["Npgsql.NpgsqlException: Failed to connect to 127.0.0.1:5432", 5432],
  ])("%s", (line, port) => {
    const { id, cause } = causeOfLocalhost(line)!;
    expect(id).toBe("dependency-unreachable");
    expect(cause).toMatch(new RegExp(`^it asks itself on port ${port}, where nothing listens`));
  });

  test.each([
    "Error: connect ECONNREFUSED 10.219.3.4:5432",
    "Error: connect ECONNREFUSED ::ffff:10.0.0.7:5432",
    "listening on 127.0.0.1:8080",
    "not-localhost:5432 refused",
    "the answer of 127.0.0.1:5432",
  ])("is not %s", (line) => expect(causeOfLocalhost(line)).toBeUndefined());

  const refused = (port: number) => `connect ECONNREFUSED 127.0.0.1:${port}`;
  test.each<[string, number, Record<string, string>, string]>([
    ["data that it has", 5432, { ACCOUNTS_HOST: "x" }, "Read ACCOUNTS_HOST, ACCOUNTS_PORT and ACCOUNTS_PASSWORD (accounts): the task has"],
    ["on the port that it really has", 5433, { ACCOUNTS_HOST: "x" }, "Read ACCOUNTS_HOST"],
    ["data that it lacks", 5432, {}, "Write `uses: [{ name: accounts }]` into service.yaml, and take the address from ACCOUNTS_HOST"],
    ["AWS", 4566, { REPORTS_BUCKET: "x" }, "Read REPORTS_BUCKET and AWS_ENDPOINT_URL (reports)"],
    ["a service that it calls", 3000, { API_URL: "x" }, "Take the address of api from API_URL, which the task has."],
    ["another", 3000, {}, "Write `calls: [api]` into service.yaml, and take the address from API_URL."],
    ["what there is not", 6379, {}, "Declare what it is with `uses:` (data) or `calls:`"],
    ["its own container", 8080, {}, "A container of the task itself is to listen there"],
  ])("is mended by the variables of %s", (_, port, environment, fix) =>
    expect(causeOfLocalhost(refused(port), environment)!.fix).toContain(fix),
  );
});
