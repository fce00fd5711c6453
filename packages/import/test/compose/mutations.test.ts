import { filesOf } from "../../src";
import { imported } from "./project";

const shop: Record<string, string> = {
  "compose.yaml": `name: shop
include: [more/compose.yaml]
x-common: &common
  restart: unless-stopped
  environment: &variables { A: b, C: '\${D:-e}' }
services:
  web:
    <<: *common
    build: { context: web, args: [X=y], target: t, secrets: [s], platforms: [linux/amd64] }
    ports: ['8080:80', { target: 9229, published: 9229 }]
    environment: { <<: *variables, DATABASE_URL: 'postgres://a:b@db:5432/x', API: 'http://api:3000', NOTHING: }
    depends_on: { db: { condition: service_healthy }, migrate: { condition: service_completed_successfully } }
    volumes: ['./web:/app', '/app/node_modules', 'files:/srv', { type: bind, source: ./conf.yml, target: /etc/x }]
    healthcheck: { test: [CMD, curl, 'http://localhost/ok'], interval: 10s, timeout: 3s, retries: 2, start_period: 1m }
    deploy: { replicas: 2, resources: { limits: { cpus: '0.5', memory: 512M } } }
    labels: [traefik.http.routers.a.rule=Host(\`a.example.com\`)]
    ulimits: { nofile: { soft: 1, hard: 2 } }
    profiles: []
  api: { extends: { file: more/base.yaml, service: base }, expose: ['3000'], tmpfs: /tmp, user: '1', links: [db] }
  db: { image: 'postgres:16', command: [x], volumes: ['d:/var/lib/postgresql/data', './init:/docker-entrypoint-initdb.d'], env_file: [db.env] }
  migrate: { image: 'm:1', command: run all }
  mysql: { image: 'mysql:8', environment: [MYSQL_PASSWORD=abc], volumes: ['m:/var/lib/mysql'] }
volumes: { files: {}, d: , m: { external: true } }
secrets: { s: { file: s.txt } }
`,
  "compose.override.yaml": "services:\n  web:\n    ports: !override ['80:80']\n    command: !reset null\n    environment: [A=z]\n",
  "more/compose.yaml": "services: { cache: { image: 'redis:7', healthcheck: { test: x } } }\n",
  "more/base.yaml": "services: { base: { build: ., stop_grace_period: 10s, logging: { driver: json-file } } }\n",
  "web/Dockerfile": "FROM scratch\nEXPOSE 80\nUSER 1\n",
  "db.env": "POSTGRES_PASSWORD=pw1\nPOSTGRES_DB=x\n",
  ".env": "D='e'\n",
};
const bits = [
  "null",
  "[]",
  "{}",
  "true",
  "-1",
  '"x"',
  "[a, {b: c}]",
  "{a: b}",
  "&a x",
  "*common",
  "!reset x",
  "!override [x]",
  "|\n  x",
  "${X}",
  "$",
  "'",
  "~",
  "1h",
  "<<: *common",
  "web",
  "99999999999",
  "${A:-${B",
  "..",
  "/",
];

test("none of 400 broken projects ends in anything but a report or problems with their places", () => {
  let state = 7;
  const random = (below: number) => Math.floor(((state = (state * 1103515245 + 12345) % 2147483648) / 2147483648) * below);
  let refused = 0;
  for (let round = 0; round < 400; round++) {
    const path = Object.keys(shop)[random(10) < 6 ? 0 : random(Object.keys(shop).length)]!;
    const lines = shop[path]!.split("\n");
    for (let change = 0; change <= random(3); change++) {
      const index = random(lines.length);
      const line = lines[index]!;
      const words = [...line.matchAll(/[\w./-]+/g)];
      const word = words[random(words.length)];
      const replaced = word ? line.slice(0, word.index) + bits[random(bits.length)]! + line.slice(word.index + word[0].length) : line;
      lines[index] = [replaced, replaced, line.slice(0, random(line.length)), `  ${line}`, `${line}\n${line}`, ""][random(6)]!;
    }
    const result = imported({ ...shop, [path]: lines.join("\n") }, { lenient: round % 2 === 0 });
    filesOf(result);
    if (result.problems.length > 0) refused++;
    for (const { code, line, column } of result.problems)
      expect([code, line > 0, column > 0]).toEqual([expect.stringMatching(/^FL29/), true, true]);
  }
  expect(refused).toBeGreaterThan(60);
  expect(refused).toBeLessThan(400);
});

test("the project that they are made of is taken over whole", () => {
  const result = imported(shop);
  expect(result.problems).toEqual([]);
  expect(result.services.map(({ name }) => name).sort()).toEqual(["api", "migrate", "mysql", "web"]);
});
