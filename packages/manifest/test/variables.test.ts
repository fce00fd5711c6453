import { join } from "node:path";

import { folder, minimal, problems, write } from "./folder";

describe("a name that the service has already is refused where it stands", () => {
  const cases: [title: string, manifest: string, place: string, fix: RegExp, problem: RegExp][] = [
    ["a secret named as the port", `${minimal}secrets: { PORT: { ssm: /a } }\n`, "3:18", /Rename/, /PORT .*containerPort/],
    ["a secret named as the region", `${minimal}secrets: { AWS_REGION: { ssm: /a } }\n`, "3:24", /Rename/, /AWS_REGION .*region/],
    [
      "a secret named as a variable of a binding",
      `${minimal}uses: [{ name: orders }]\nsecrets: { ORDERS_HOST: { ssm: /a } }\n`,
      "4:25",
      /Rename/,
      /secrets\.ORDERS_HOST .*uses: orders/,
    ],
    [
      "a secret named as a variable of the tracing",
      `${minimal}tracing: XRAY\nsecrets: { AWS_XRAY_DAEMON_ADDRESS: { ssm: /a } }\n`,
      "4:37",
      /Rename/,
      /tracing: XRAY/,
    ],
    [
      "a variable named as a secret of a binding",
      `${minimal}uses: [{ name: orders }]\nenvironment: { ORDERS_PASSWORD: x }\n`,
      "4:33",
      /Remove it/,
      /environment\.ORDERS_PASSWORD .*uses: orders/,
    ],
  ];

  test.each(cases)("%s", (_, manifest, place, fix, problem) => {
    write("api", manifest);
    const [found, ...others] = problems();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: "FL1036", file: join(folder, "api/service.yaml") });
    expect(`${found!.line}:${found!.column}`).toBe(place);
    expect(found!.fix).toMatch(fix);
    expect(found!.problem).toMatch(problem);
  });

  test("a secret named as a variable of the platform's in an override as well", () => {
    write("search", "name: search\ncontainerPort: 8080\n");
    write("api", `${minimal}calls: [search]\nenvironments:\n  prod:\n    secrets:\n      AWS_REGION: { ssm: /a }\n`);
    expect(problems()).toEqual([]);
    expect(problems("prod")).toEqual([
      expect.objectContaining({
        code: "FL1036",
        file: join(folder, "api/service.yaml"),
        line: 7,
        column: 19,
        problem: expect.stringContaining("the environment's region"),
      }),
    ]);
  });
});

test("a secret takes the place of the URL of a service that is called", () => {
  write("search", "name: search\ncontainerPort: 8080\n");
  write("api", `${minimal}calls: [search]\nsecrets: { SEARCH_URL: { ssm: /a } }\n`);
  expect(problems()).toEqual([]);
});

test("variables that take the place of one of the platform's, and sidecars' own, are nobody's mistake", () => {
  const own =
    'environment: { PORT: "9090", AWS_REGION: eu-west-1, ORDERS_HOST: proxy.example.com }\nsecrets: { ORDERS_PASSWORD: { ssm: /a } }\n';
  write("api", `${minimal}uses: [{ name: orders }]\n${own}sidecars: { proxy: { image: "nginx:1", secrets: { PORT: { ssm: /a } } } }\n`);
  expect(problems()).toEqual([]);
  write("job", "name: job\nkind: worker\nsecrets: { PORT: { ssm: /a } }\n");
  expect(problems()).toEqual([]);
});
