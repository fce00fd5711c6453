import { filesOf } from "../../src";
import { findingsOf, imported, importedService } from "./project";

const postgres = "db: { image: 'postgres:15-alpine', environment: { POSTGRES_USER: shop, POSTGRES_PASSWORD: pw1, POSTGRES_DB: orders } }\n";
const redis = "redis: { image: 'redis:7' }\n";

test.each<[what: string, rest: string, expected: Record<string, unknown>, services?: string]>([
  ["a published port", "ports: ['8080:80']", { containerPort: 80, routes: [{ path: "/*" }], kind: undefined }],
  ["a port in its long form", "ports: [{ target: 80, published: '8080' }]", { containerPort: 80, routes: [{ path: "/*" }] }],
  ["TLS beside it", "ports: ['443:443', '80:80']", { containerPort: 80 }],
  ["a debugger's port beside it", "ports: ['9229:9229', '127.0.0.1:3000:3000', '3001:3001']", { containerPort: 3001 }],
  ["an exposed port", "expose: ['9000']", { kind: "backend-service", containerPort: 9000 }],
  ["no port", "command: work", { kind: "worker", containerPort: undefined }],
  ["a protocol of its own", "ports: ['1883:1883']", { containerPort: 1883, tcp: { port: 1883 }, routes: undefined }],
  ["a text as command", `command: run "a b" c`, { command: ["run", "a b", "c"] }],
  [
    "a check by a list",
    "healthcheck: { test: [CMD, check, -a] }",
    { containerHealthCheck: { command: ["check", "-a"], intervalSeconds: 30, timeoutSeconds: 29 } },
  ],
  [
    "a check by a text",
    "healthcheck: { test: check -a, interval: 10s, timeout: 2s }",
    { containerHealthCheck: { command: ["CMD-SHELL", "check -a"], intervalSeconds: 10, timeoutSeconds: 2 } },
  ],
  ["no check", "healthcheck: { test: [NONE] }", { containerHealthCheck: { command: ["NONE"] } }],
  ["a check that is switched off", "healthcheck: { disable: true }", { containerHealthCheck: { command: ["NONE"] } }],
  [
    "a path that the check asks for",
    "ports: ['80:80']\nhealthcheck: { test: 'curl -f http://localhost:80/health || exit 1' }",
    { healthCheck: { path: "/health" } },
  ],
  ["limits", "mem_limit: 900m\ncpus: 0.5", { cpu: 512, memoryMiB: 1024 }],
  [
    "limits of deploy, and copies",
    "deploy: { replicas: 3, resources: { limits: { cpus: '2', memory: 6G } } }",
    { cpu: 2048, memoryMiB: 6144, desiredCount: 3 },
  ],
  ["files that can't be written", "read_only: true\ntmpfs: /tmp", { readonlyRootFilesystem: undefined, writableMounts: ["/tmp"] }],
  ["a folder to start in", "working_dir: /srv/app", { workingDirectory: "/srv/app" }],
  ["time to stop", "stop_grace_period: 5m", { stopTimeoutSeconds: 120 }],
  [
    "the URL of a database",
    "depends_on: [db]\nenvironment: { DATABASE_URL: 'postgresql://shop:pw1@db:5432/orders' }",
    { uses: [{ name: "db", as: { url: "DATABASE_URL" } }], environment: undefined },
    postgres,
  ],
  [
    "the parts of a login",
    "environment: { DB_HOST: db, DB_PORT: 5432, DB_NAME: orders, DB_USER: shop, DB_PASSWORD: pw1 }",
    { uses: [{ name: "db", as: { database: "DB_NAME", username: "DB_USER" } }], environment: undefined },
    postgres,
  ],
  [
    "names of libpq",
    "environment: { PGHOST: db, PGPORT: '5432', PGDATABASE: orders, PGUSER: shop, PGPASSWORD: pw1, OTHER_NAME: x }",
    {
      uses: [{ name: "db", as: { host: "PGHOST", port: "PGPORT", database: "PGDATABASE", username: "PGUSER", password: "PGPASSWORD" } }],
      environment: { OTHER_NAME: "x" },
    },
    postgres,
  ],
  [
    "Spring's URL, which it fills in itself",
    "environment: { SPRING_DATASOURCE_URL: 'jdbc:postgresql://db:5432/orders', SPRING_DATASOURCE_USERNAME: shop }",
    {
      uses: [{ name: "db", as: { username: "SPRING_DATASOURCE_USERNAME" } }],
      environment: { SPRING_DATASOURCE_URL: "jdbc:postgresql://${DB_HOST}:${DB_PORT}/${DB_DATABASE}?sslmode=require" },
    },
    postgres,
  ],
  [
    "the URL of a cache, which has its usual name",
    "environment: { REDIS_URL: 'redis://redis:6379/1' }",
    { uses: [{ name: "redis" }], environment: undefined },
    redis,
  ],
  ["what is started after a database", "depends_on: { db: { condition: service_healthy } }", { uses: [{ name: "db" }] }, postgres],
  [
    "one cache under several names, as workers of Celery ask for it",
    "environment: { REDIS_URL: 'redis://redis:6379/0', CELERY_BROKER_URL: 'redis://redis:6379/0', CELERY_RESULT_BACKEND: 'redis://redis/1' }",
    { uses: [{ name: "redis", as: { url: ["CELERY_BROKER_URL", "CELERY_RESULT_BACKEND"] } }], environment: undefined },
    redis,
  ],
  [
    "another service's address",
    "environment: { BACK: 'http://back:3000/x', BACK_HOST: back }",
    { calls: ["back"], environment: { BACK: "http://back.shop.internal:3000/x", BACK_HOST: "back.shop.internal" } },
    "back: { image: 'b:1' }\n",
  ],
  ["a named volume", "volumes: ['files:/srv/files:ro']", { uses: [{ name: "files", access: "read", containerPath: "/srv/files" }] }],
])("%s", (_, rest, expected, services = "") => {
  const { result, manifest } = importedService(rest, {}, services);
  expect(result.problems).toEqual([]);
  expect(Object.fromEntries(Object.keys(expected).map((key) => [key, manifest[key]]))).toEqual(expected);
});

test("a database is an entry of stacks/data.ts, of the version and the name that it had", () => {
  const { result } = importedService("depends_on: [db, redis]", {}, postgres + redis);
  const data = filesOf(result).get("stacks/data.ts");
  expect(data).toContain('db: postgres({ databaseName: "orders", majorVersion: 15, instances: 1, minCapacity: 0, maxCapacity: 2 }),');
  expect(data).toContain("redis: cache({ nodes: 1 }),");
  expect(result.services.map(({ name }) => name)).toEqual(["api"]);
});

test.each([
  [
    "a URL of another driver",
    "environment: { DATABASE_URL: 'postgresql+asyncpg://shop:pw1@db/orders' }",
    "environment.DATABASE_URL",
    /postgresql\+asyncpg:\/\//,
  ],
  ["JDBC without Spring", "environment: { DB_URL: 'jdbc:postgresql://db:5432/orders' }", "environment.DB_URL", /JDBC/],
  [
    "a text of settings",
    "environment: { CONNECTION: 'Host=db;Database=orders' }",
    "environment.CONNECTION",
    /put it together in the program/,
  ],
  ["a cache's password", "environment: { REDIS_PASSWORD: x1y2z3, REDIS_HOST: redis }", "environment.REDIS_PASSWORD", /no login/],
  [
    "the port of this machine without a scheme",
    "ports: ['8080:80']\nenvironment: { BASE: 'localhost:8080' }",
    "environment.BASE",
    /address of api on this machine/,
  ],
  ["a file that is not committed, and has no example", "env_file: other/.env.prod", "env_file", /not committed/],
  ["a folder to start in that does not begin at the root", "working_dir: app", "working_dir", /begins at \/ alone/],
  ["Docker's socket", "volumes: ['/var/run/docker.sock:/var/run/docker.sock']", "volumes[0]", /no Docker beside a task/],
  ["a key", "volumes: ['./tls.key:/etc/tls.key']", "volumes[0]", /stay out of images/],
  ["a host that nobody has", "environment: { SEARCH: 'http://nowhere:9200' }", "environment.SEARCH", /Nothing here answers/],
])("%s is to be decided", (_, rest, key, text) => {
  const files = { ".env.example": "CITY=\nKEY=\n", "tls.key": "x" };
  const { result } = importedService(rest, files, postgres + redis);
  expect(result.problems).toEqual([]);
  expect(findingsOf(result, key)).toContainEqual(
    expect.objectContaining({ outcome: "decide", text: expect.stringMatching(text) as string }),
  );
});

test("a cache with modules says which of them ElastiCache has, and from which version", () => {
  const { result } = importedService("depends_on: [cache]", {}, "cache: { image: 'redis/redis-stack:7.4.0-v0' }\n");
  const [{ text } = {}] = result.findings.filter(({ source }) => source === "services.cache.image");
  expect(text).toMatch(/have JSON.*vector search \(8\.2\).*full-text search \(9\.0\).*time series and other modules it has not/);
});

test("what is mounted into an image that others build goes into one of its own", () => {
  const { result, manifest } = importedService(
    "stop_signal: SIGQUIT\nvolumes: ['./nginx.conf:/etc/nginx/nginx.conf:ro', './pages:/usr/share/nginx/html']",
    { "nginx.conf": "x", "pages/index.html": "y" },
  );
  expect(manifest).toMatchObject({ build: { context: "../.." } });
  expect(manifest.image).toBeUndefined();
  expect(filesOf(result).get("apps/api/Dockerfile")).toBe(
    '# What compose.yaml mounted and set is in the image here.\nFROM nginx:1.27\nCOPY ["nginx.conf","/etc/nginx/nginx.conf"]\nCOPY ["pages/","/usr/share/nginx/html/"]\nSTOPSIGNAL SIGQUIT\n',
  );
});

test("sources that are mounted over the image's serve development alone, and folders without files hold what is written", () => {
  const { result, manifest } = importedService("build: ./api\nvolumes: ['./api:/app', '/app/node_modules', './uploads:/uploads']", {
    "api/Dockerfile": "FROM scratch\nUSER 7\n",
    "api/main.js": "",
  });
  expect(["volumes[0]", "volumes[1]"].flatMap((key) => findingsOf(result, key))).toEqual([
    expect.objectContaining({ outcome: "dropped", isDevelopment: true }),
    expect.objectContaining({ outcome: "dropped", isDevelopment: true }),
  ]);
  expect(manifest).toMatchObject({ user: "7", uses: [{ name: "uploads", containerPath: "/uploads" }] });
});

test("a second public service keeps its port, and the first has the load balancer", () => {
  const { result, manifestOf } = importedService(
    "image: a:1\nports: ['5000:5000']",
    {},
    "frontend: { image: 'f:1', ports: ['3000:3000'] }\n",
  );
  expect(manifestOf("frontend").routes).toEqual([{ path: "/*" }]);
  expect(manifestOf("api")).toMatchObject({ tcp: { port: 5000 }, containerPort: 5000 });
  expect(filesOf(result).get("stacks/dev.ts")).toContain("networkLoadBalancer: true");
});

test("names that a proxy was told are hosts of routes", () => {
  const { manifest, result } = importedService(
    `ports: ['80:80']\nlabels: ["traefik.http.routers.a.rule=Host(\`shop.example.com\`)"]`,
    {},
    "proxy: { image: 'traefik:3', volumes: ['/var/run/docker.sock:/var/run/docker.sock'] }\n",
  );
  expect(manifest.routes).toEqual([{ path: "/*", host: "shop.example.com" }]);
  expect(result.findings).toContainEqual(expect.objectContaining({ source: "services.proxy", outcome: "dropped", isDevelopment: true }));
});

test("a database that is no kind of data is a service whose files are kept", () => {
  const { result, manifest, manifestOf } = importedService(
    "environment: { DB_HOST: mysql }",
    {},
    "mysql: { image: 'mysql:8', ports: ['3306:3306'], volumes: ['data:/var/lib/mysql'] }\n",
  );
  expect(manifestOf("mysql")).toMatchObject({
    kind: "backend-service",
    containerPort: 3306,
    uses: [{ name: "data", containerPath: "/var/lib/mysql" }],
    deployment: { minimumHealthyPercent: 0, maximumPercent: 100 },
  });
  expect(manifest).toMatchObject({ calls: ["mysql"], environment: { DB_HOST: "mysql.shop.internal" } });
  expect(result.findings).toContainEqual(
    expect.objectContaining({
      source: "services.mysql.image",
      outcome: "changed",
      text: expect.stringMatching(/EFS.*RDS or Aurora for MySQL/) as string,
    }),
  );
});

test("a cache that programs reach by host and port speaks without TLS, as before", () => {
  const { result, manifest } = importedService("environment: { REDIS_HOST: redis, REDIS_PORT: 6379 }", {}, redis);
  expect(manifest).toMatchObject({ uses: [{ name: "redis", as: { host: "REDIS_HOST", port: "REDIS_PORT" } }] });
  expect(filesOf(result).get("stacks/data.ts")).toContain("redis: cache({ nodes: 1, transitEncryption: false }),");
  expect(result.findings.filter(({ outcome }) => outcome === "decide")).toEqual([]);
});

test("hosts that sources name are told by file and line; defaults of variables are not", () => {
  const { result, manifest } = importedService(
    "build: .",
    {
      Dockerfile: "FROM scratch\n",
      "main.py": 'import redis\ncache = Redis(host="redis", db=0)\nother = os.environ.get("CACHE", "redis://redis:6379")\n',
    },
    redis,
  );
  expect(result.findings.filter(({ source }) => source === "redis")).toEqual([
    expect.objectContaining({ outcome: "decide", place: { file: "main.py", line: 2, column: 15 } }),
  ]);
  expect(manifest.uses).toEqual([{ name: "redis" }]);
});

test("names that are none of ours are made ours, each once", () => {
  const result = imported({
    "compose.yaml": "name: My_Shop\nservices: { web_api: { image: 'a:1' }, web-api: { image: 'a:1' }, x: { image: 'a:1' } }\n",
  });
  expect(result.application).toBe("my-shop");
  expect(result.services.map(({ name }) => name)).toEqual(["web-api", "web-api-2", "svc-x"]);
});

describe("a file system of its own", () => {
  const names = (text: string) => {
    const { result, manifest } = importedService(text);
    return { result, uses: (manifest.uses ?? []) as { name: string; containerPath: string }[] };
  };

  test("has each volume, also where two names are the same here", () => {
    const { result, uses } = names("volumes: ['My_Data.v1:/x', 'my-data-v1:/y', './a/data:/a', './b/data:/b']");
    expect(uses.map(({ containerPath }) => containerPath)).toEqual(["/x", "/y", "/a", "/b"]);
    expect(new Set(uses.map(({ name }) => name)).size).toBe(4);
    expect(result.data.map(({ name }) => name).sort()).toEqual(uses.map(({ name }) => name).sort());
  });

  test("is at one path of a service: the second is to decide", () => {
    const { result, uses } = names("volumes: ['files:/a', 'files:/b']");
    expect(uses).toMatchObject([{ name: "files", containerPath: "/a" }]);
    expect(findingsOf(result, "volumes[1]")).toMatchObject([{ outcome: "decide", text: expect.stringContaining("mounted at /a") }]);
  });
});
