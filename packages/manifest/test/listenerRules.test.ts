import { minimal, problems, write } from "./folder";

const service = (name: string, routes: string, rest = "") => write(name, `${minimal.replace("api", name)}routes: [${routes}]\n${rest}`);
const canary = "deployment: { strategy: CANARY }\n";
const told = () => problems().map(({ code, line, problem, fix }) => ({ code, line, problem, fix }));

describe("two routes that come to one priority", () => {
  test("are refused with one that is free, as a rule that moves aside could not move back", () => {
    service("cart", "{ path: /shop/* }");
    service("cars", "{ path: /cars/* }");
    expect(told()).toEqual([
      {
        code: "FL1047",
        line: 3,
        problem: 'the rules of "/shop/*" of cart and "/cars/*" of cars have the priority 45994',
        fix: expect.stringContaining("45996") as string,
      },
    ]);
  });

  test("are told apart by the priority that one of them says", () => {
    service("cart", "{ path: /shop/*, priority: 45996 }");
    service("cars", "{ path: /cars/* }");
    expect(told()).toEqual([]);
  });

  test("are no two where one of them shifts traffic, and said ones are looked at too", () => {
    service("cart", "{ path: /shop/* }", canary);
    service("cars", "{ path: /cars/* }");
    expect(told()).toEqual([]);
    service("cart", "{ path: /shop/*, priority: 45995 }", canary);
    expect(told()).toEqual([expect.objectContaining({ code: "FL1047" })]);
  });
});

describe("the one rule of a service that shifts traffic", () => {
  test("may not swallow what is another service's: the fix names the route to put first", () => {
    service("web", "{ path: /static/assets/* }, { path: /* }", canary);
    service("api", "{ path: /api/* }");
    expect(told()).toEqual([{ code: "FL1048", line: 3, problem: '"/*" of web comes before "/api/*" of api', fix: 'Put "/*" first.' }]);
    service("web", "{ path: /* }, { path: /static/assets/* }", canary);
    expect(told()).toEqual([]);
  });

  test("may not lose its own to another service: no order of its routes fits", () => {
    service("web", "{ path: /* }, { path: /api/v2/* }", canary);
    service("api", "{ path: /api/* }");
    expect(told()).toEqual([
      expect.objectContaining({
        code: "FL1048",
        problem: '"/api/v2/*" of web comes after "/api/*" of api',
        fix: expect.stringContaining("ROLLING") as string,
      }),
    ]);
    service("web", "{ path: /* }, { path: /api/v2/* }");
    expect(told()).toEqual([]);
  });

  test("stands where no request fits both, or a host or a said priority decides", () => {
    service("web", "{ path: /static/assets/* }, { path: /images/* }", canary);
    service("api", "{ path: /api/* }, { path: /*, host: api.example.com }");
    expect(told()).toEqual([]);
    service("web", "{ path: /static/assets/*, priority: 10 }, { path: /* }", canary);
    expect(told()).toEqual([]);
  });
});
