import { filesOf } from "../../src";
import { importedService } from "./project";

test("what has to end first is a job before others", () => {
  const { manifestOf } = importedService(
    "depends_on: { migrate: { condition: service_completed_successfully } }",
    {},
    "migrate: { image: 'm:1' }\n",
  );
  expect(manifestOf("migrate")).toMatchObject({ kind: "job", before: ["api"] });
});

test("who calls whom is told with how sure that is", () => {
  const { result } = importedService(
    "environment: { BACK: 'http://back:3000' }\ndepends_on: [third]",
    {},
    "back: { image: 'b:1' }\nthird: { image: 't:1', expose: [80] }\n",
  );
  expect(result.calls).toMatchObject([
    { from: "api", to: "back", certainty: "sure", seen: "the variable BACK" },
    { from: "api", to: "third", certainty: "likely", seen: "depends_on" },
  ]);
  expect(filesOf(result).get("import-report.md")).toContain("- api calls back: sure, by the variable BACK.");
});

test("a service that names itself finds itself within its task", () => {
  const { manifest } = importedService("ports: ['80:80']\nenvironment: { OWN: 'http://api:80/x' }");
  expect(manifest).toMatchObject({ environment: { OWN: "http://localhost:80/x" } });
  expect(manifest.calls).toBeUndefined();
});

test.each([
  ["a container's name", "container_name: shop_back"],
  ["a host's name", "hostname: shop_back"],
  ["an alias", "networks: { default: { aliases: [shop_back] } }"],
])("%s is a host to others: who names it calls the service, by the name that DNS knows", (_, rest) => {
  const { result, manifest, manifestOf } = importedService(
    "environment: { BACK: 'http://shop_back:3000/x', BACK_HOST: shop_back, TITLE: shop_back }\ncommand: [serve, --back, 'http://shop_back:3000']\nvolumes: ['./nginx.conf:/etc/nginx/nginx.conf']",
    { "nginx.conf": "server { location / { proxy_pass http://shop_back:3000/x; } }\n" },
    `back: { image: 'b:1', ${rest} }\n`,
  );
  expect(manifest).toMatchObject({
    calls: ["back"],
    environment: { BACK: "http://back.shop.internal:3000/x", BACK_HOST: "back.shop.internal", TITLE: "shop_back" },
    command: ["serve", "--back", "http://back.shop.internal:3000"],
  });
  expect(manifestOf("back")).toMatchObject({ kind: "backend-service", containerPort: 3000 });
  expect(filesOf(result).get("apps/api/nginx.conf")).toContain("http://back.shop.internal:3000/x");
  expect(result.findings.filter(({ outcome }) => outcome === "decide")).toEqual([]);
});

test.each([
  ["a container's name", "container_name: shop_db", ""],
  ["an alias", "networks: { default: { aliases: [shop_db] } }", ""],
  ["a link's alias", "labels: {}", "links: ['db:shop_db']\n"],
])("data is bound to whoever names it by %s", (_, rest, own) => {
  const { manifest } = importedService(
    `${own}environment: { DATABASE_URL: 'postgres://u:p@shop_db:5432/x', PGHOST: shop_db }`,
    {},
    `db: { image: 'postgres:16', environment: { POSTGRES_PASSWORD: p }, ${rest} }\n`,
  );
  expect(manifest).toMatchObject({ uses: [{ name: "db", as: { url: "DATABASE_URL", host: "PGHOST" } }] });
  expect(manifest.environment).toBeUndefined();
});

test("a name that another service has as its own is that service's", () => {
  const { manifest } = importedService(
    "environment: { BACK: 'http://back:3000' }",
    {},
    "other: { image: 'o:1', container_name: back }\nback: { image: 'b:1' }\n",
  );
  expect(manifest.calls).toEqual(["back"]);
});

test("of two jobs none waits for the other", () => {
  const { result } = importedService(
    "depends_on: { seed: { condition: service_completed_successfully } }",
    {},
    "seed: { image: 's:1', depends_on: { migrate: { condition: service_completed_successfully } } }\nmigrate: { image: 'm:1' }\n",
  );
  expect(result.findings).toContainEqual(expect.objectContaining({ source: "services.seed.depends_on", outcome: "decide" }));
});

test.each<[what: string, back: string, source: string, outcome: string, searches: boolean]>([
  ["a plain name is looked for in the domain", "expose: ['3000']", 'fetch("http://back:3000/x")\n', "changed", true],
  ["another port than the one that others reach is closed", "expose: ['3000']", 'fetch("http://back:4000/x")\n', "decide", false],
  ["an alias is nobody's name", "container_name: other\nexpose: ['3000']", 'fetch("http://other:3000/x")\n', "decide", false],
  [
    "nginx that asks Docker's DNS finds no plain name",
    "expose: ['3000']",
    "resolver 127.0.0.11;\nproxy_pass http://back:3000;\n",
    "decide",
    false,
  ],
])("in sources %s", (_, back, source, outcome, searches) => {
  const { result } = importedService(
    "build: ./api",
    { "api/Dockerfile": "FROM scratch\n", "api/main.conf": source },
    `back:\n  image: b:1\n${back.replaceAll(/^/gm, "  ")}\n`,
  );
  expect(result.problems).toEqual([]);
  expect(result.findings).toContainEqual(
    expect.objectContaining({ outcome, to: "calls: [back]", place: expect.objectContaining({ file: "api/main.conf" }) as unknown }),
  );
  expect(filesOf(result).get("stacks/dev.ts")!.includes('searchDomain: "shop.internal"')).toBe(searches);
});
