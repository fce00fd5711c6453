import { formatProblems } from "@fairlead/model";

import { folder, minimal, problems, write } from "./folder";

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
