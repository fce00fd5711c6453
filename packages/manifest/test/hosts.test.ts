import { formatProblems } from "@fairlead/model";

import { folder, load, minimal, offers, problems, write } from "./folder";

describe("the login of a URL in a variable", () => {
  test.each([
    "https://admin:pw@db.example.com/x",
    "https://admin@db.example.com",
    "https://admin:p@w@db.example.com:8443",
    "amqp://shop:1234@mq.example.com",
  ])("is no host: %s", (url) => {
    write("api", `${minimal}environment: { DB: ${JSON.stringify(url)} }\n`);
    expect(problems().filter(({ code }) => code === "FL1015")).toEqual([]);
  });

  test("with its password is not in an error's text", () => {
    write("api", `${minimal}environment: { DB: "postgres://shop:planted-pass@db:5432/shop" }\n`);
    const text = formatProblems(problems(), folder);
    expect(text).toContain('nothing provides the host "db"');
    expect(text).not.toContain("planted-pass");
  });
});

describe("a host that something provides is no mistake", () => {
  test.each([
    ["a full name", "DB_HOST", "db.example.com"],
    ["the task itself", "PROXY_HOST", "localhost"],
    ["an address", "DB_HOST", "10.0.0.7"],
    ["a word that names no host", "LOG_LEVEL", "info"],
    ["a URL with a full name", "SEARCH_URL", "https://search.example.com:9200/"],
    ["a time", "START", "12:30:00"],
  ])("%s", (_, variable, value) => {
    write("api", `${minimal}environment: { ${variable}: "${value}" }\n`);
    expect(problems()).toEqual([]);
  });
});

test("with Service Connect the plain name of a service that is called is a host", () => {
  write("web", "name: web\ncontainerPort: 80\ncalls: [api]\nenvironment: { API_HOST: api }\n");
  write("api", minimal);
  expect(problems().map(({ code }) => code)).toEqual(["FL1015"]);
  expect(load("dev", { ...offers, serviceConnect: true }).map(({ name }) => name)).toEqual(["api", "web"]);
});
