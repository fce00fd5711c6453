import { expression } from "@fairlead/changes/testing/naiveAlb";
import { output, planOf, resource } from "@fairlead/changes/testing/plans";
import { seeded, type Random } from "@fairlead/model/testing/random";

import { queryParameter, wholeText, wildcardRegex } from "../src/proxy/wildcardRegex";
import { proxyPlan } from "../testing/proxyCheck";
import { albOf, forwardTo, targetGroup } from "../testing/proxyPlans";
import { describeWithHaproxy } from "../testing/proxyProcess";
import { askOverWire } from "../testing/proxyTargets";

/** All of printable ASCII, and what ends words, lines and patterns. */
const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
const text = (random: Random, from: readonly string[], most: number) =>
  Array.from({ length: random.integer(most + 1) }, () => random.pick(from)).join("");

describe("wildcards as regular expressions", () => {
  test("fit what the patterns fit, whatever characters are in them", () => {
    const random = seeded(1);
    let fitting = 0;
    for (let count = 0; count < 20_000; count++) {
      // Few characters at a time, so that patterns and texts often agree.
      const some = [random.pick(printable), random.pick(printable), "a"];
      const pattern = text(random, [...some, "*", "?"], 6);
      const candidate = text(random, some, 6);
      const expected = expression(pattern, "").test(candidate);
      if (expected) fitting++;
      expect({ pattern, candidate, fits: new RegExp(`^${wildcardRegex(pattern)}$`).test(candidate) }).toEqual({
        pattern,
        candidate,
        fits: expected,
      });
    }
    expect(fitting).toBeGreaterThan(1_000);
  });

  test("are one word of HAProxy's configuration", () => {
    const random = seeded(2);
    for (let count = 0; count < 5_000; count++) {
      const pattern = text(random, [...printable, "\n", "\r", "\t", "\0", "é", "𝄞"], 12);
      for (const word of [wholeText(pattern), queryParameter({ key: pattern, value: pattern })]) expect(word).toMatch(/^'[ -&(-~]*'$/);
    }
  });

  test("of a query take one parameter, and a backslash before what is no wildcard there", () => {
    const fits = (pair: { key?: string; value: string }, query: string) => new RegExp(queryParameter(pair).slice(1, -1), "i").test(query);
    expect(fits({ key: "v", value: "2" }, "a=1&v=2&b=3")).toBe(true);
    expect(fits({ key: "v", value: "2" }, "a=1&v=22")).toBe(false);
    expect(fits({ key: "v", value: "2" }, "av=2")).toBe(false);
    expect(fits({ key: "v", value: "*" }, "v")).toBe(true);
    expect(fits({ value: "a*c" }, "x=ab&y=c")).toBe(false);
    expect(fits({ key: "v", value: "\\*" }, "v=*")).toBe(true);
    expect(fits({ key: "v", value: "\\*" }, "v=a")).toBe(false);
  });
});

describeWithHaproxy("texts of a plan", (haproxy) => {
  const hostile = [
    '"',
    "'",
    "\\",
    "#",
    "$",
    "$HOME",
    "${HOME}",
    '"$HOME"',
    "%",
    "%[src]",
    "%%",
    "{",
    "}",
    " } ",
    "\n",
    "\r\n",
    "\t",
    " ",
    "é",
    "]",
    ")",
    "(",
    ",",
  ];
  const breakout = "\"'\n\nfrontend mine\n  bind *:1\n";

  test("stay texts, whatever is in them", async () => {
    const random = seeded(3);
    const bodies = [breakout, ...hostile, ...Array.from({ length: 30 }, () => text(random, hostile, 8))];
    const listenerArn = output("aws:lb/listener:Listener", "shop-80", "arn");
    const rules = bodies.map((messageBody, index) =>
      resource("aws:lb/listenerRule:ListenerRule", `rule ${messageBody}`, {
        listenerArn,
        priority: index + 1,
        conditions: [{ pathPattern: { values: [`/${index}`, messageBody] } }, { hostHeader: { values: ["*", messageBody] } }],
        actions: [{ type: "fixed-response", fixedResponse: { statusCode: "200", contentType: "text/plain", messageBody } }],
      }),
    );
    await using proxied = await proxyPlan(haproxy, planOf(...albOf(forwardTo("api"), targetGroup("api")).resources.slice(1), ...rules));
    const port = proxied.published.get(80)!;
    for (const [index, body] of bodies.entries())
      expect(await askOverWire({ port, url: `/${index}`, host: "shop.example.com" })).toMatchObject({ status: 200, body });
    expect(proxied.configuration.match(/^frontend .*/gm)).toHaveLength(1);
  });

  test("lead nowhere else from a redirect", async () => {
    const paths = hostile.filter((each) => !/[\r\n]/.test(each)).map((each) => `/a${each}b`);
    const rules = paths.map((path, index) =>
      resource("aws:lb/listenerRule:ListenerRule", `rule-${index}`, {
        listenerArn: output("aws:lb/listener:Listener", "shop-80", "arn"),
        priority: index + 1,
        conditions: [{ pathPattern: { values: [`/${index}`] } }],
        actions: [{ type: "redirect", redirect: { statusCode: "HTTP_302", host: "other.example", path, query: "" } }],
      }),
    );
    await using proxied = await proxyPlan(haproxy, planOf(...albOf(forwardTo("api"), targetGroup("api")).resources.slice(1), ...rules));
    for (const [index, path] of paths.entries()) {
      const { status, headers } = await askOverWire({ port: proxied.published.get(80)!, url: `/${index}`, host: "shop.example.com" });
      const location = Buffer.from(headers.location!, "latin1").toString();
      expect({ status, location }).toEqual({ status: 302, location: `http://other.example:80${path}` });
    }
  });

  test("of a health check, a name and a header neither", async () => {
    const rule = resource("aws:lb/listenerRule:ListenerRule", "by header", {
      listenerArn: output("aws:lb/listener:Listener", "shop-80", "arn"),
      priority: 1,
      conditions: [{ httpHeader: { httpHeaderName: "x-!#$%&'*+.^_`|~", values: [breakout, "$a*", "\"'"] } }],
      actions: [{ type: "fixed-response", fixedResponse: { statusCode: "418", contentType: breakout } }],
    });
    const check = { path: `/health?a=${breakout}%[src]`, matcher: breakout, interval: 1 };
    const [loadBalancer, ...others] = albOf(forwardTo("api"), targetGroup("api", check)).resources.slice(1);
    await using proxied = await proxyPlan(haproxy, planOf({ ...loadBalancer!, name: breakout }, ...others, rule));
    const statusOf = async (value: string) => {
      const headers: [string, string][] = [["X-!#$%&'*+.^_`|~", value]];
      return (await askOverWire({ port: proxied.published.get(80)!, url: "/", host: "shop.example.com", headers })).status;
    };
    expect([await statusOf("$abc"), await statusOf("\"'"), await statusOf("a")]).toEqual([418, 418, 200]);
    expect(proxied.configuration.match(/^frontend .*/gm)).toHaveLength(1);
  });
});
