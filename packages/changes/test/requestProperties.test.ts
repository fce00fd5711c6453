import { seeded } from "@fairlead/model/testing/random";
import type { Plan } from "@fairlead/plan";

import { ask, readLoadBalancers, requestChanges, type Answer, type Request } from "../src";
import { naiveAnswer, type NaiveRequest } from "../testing/naiveAlb";
import { changed, isToldBy, planOfRules, randomRequest, randomRules } from "./randomRules";

const requestOf = ({ headers, query, address, ...rest }: NaiveRequest): Request => ({
  ...rest,
  headers: Object.fromEntries(headers),
  query: query.map(([key, value]) => ({ key, value })),
  sourceIp: address.join("."),
});

const inShort = (answer: Answer) =>
  answer.kind === "forward"
    ? answer.targets.map(({ name }) => name).join()
    : answer.kind === "fixedResponse"
      ? String(answer.statusCode)
      : answer.kind === "redirect"
        ? `to ${answer.to.port}`
        : answer.kind;

const seeds = Array.from({ length: 500 }, (_, seed) => seed + 1);

test("500 sets of rules answer 40 requests each as AWS's documents say, read a second time", () => {
  const answers = new Map<string, number>();
  const wrong: unknown[] = [];
  for (const seed of seeds) {
    const random = seeded(seed);
    const plan = planOfRules(randomRules(random, 0.4));
    const [loadBalancer] = readLoadBalancers(plan);
    for (let count = 0; count < 40; count++) {
      const request = randomRequest(random);
      const expected = naiveAnswer(plan, request);
      const answer = inShort(ask(loadBalancer!, requestOf(request)));
      if (answer !== expected) wrong.push({ seed, request, answer, expected });
      answers.set(expected, (answers.get(expected) ?? 0) + 1);
    }
  }
  expect(wrong).toEqual([]);
  // Every kind of answer was had often enough for that to say something.
  for (const answer of ["api", "web", "404", "to 443", "refused"]) expect(answers.get(answer)).toBeGreaterThan(300);
});

/** A request as a browser sends it: the words of a change tell of nothing else. */
const plainly = (request: NaiveRequest): NaiveRequest => ({
  ...request,
  method: "GET",
  headers: [],
  query: [],
  address: [198, 51, 100, 7],
});
const follow = (plan: Plan, request: NaiveRequest) => {
  const answer = naiveAnswer(plan, request);
  return answer === "to 443" ? naiveAnswer(plan, { ...request, port: 443 }) : answer;
};
const inWords = (answer: string) =>
  /^\d+$/.test(answer) ? `nobody (${answer})` : answer === "refused" ? "nobody (connections are refused)" : answer;

describe("400 changes of rules", () => {
  const cases = seeds.slice(0, 400).map((seed) => {
    const random = seeded(seed + 7_000);
    const special = seed % 2 === 0 ? 0 : 0.3;
    const rules = randomRules(random, special);
    const after = changed(random, rules, special);
    return { seed, random, rules, plans: [planOfRules(rules), planOfRules(after)] as [Plan, Plan] };
  });

  test("no request that is answered otherwise is left out, and none that is told of is answered as before", () => {
    let told = 0;
    for (const { seed, random, plans } of cases) {
      const changes = requestChanges(...plans);
      for (const { port, example, from, to, requests } of changes.filter((change) => !/ (with|by|from) /.test(change.requests))) {
        const request = { ...plainly(randomRequest(random)), port: port!, ...example };
        const answers = plans.map((plan) => inWords(follow(plan, request)));
        expect({ seed, requests, answers }).toEqual({ seed, requests, answers: [from.text, to.text] });
      }
      for (let count = 0; count < 60; count++) {
        const request = plainly(randomRequest(random));
        const [from, to] = plans.map((plan) => inWords(naiveAnswer(plan, request)));
        if (from === to) continue;
        told++;
        const found = changes.filter((change) => change.from.text === from && change.to.text === to && isToldBy(change.requests, request));
        const lines = changes.map(({ text }) => text);
        expect({ seed, request, from, to, lines, found: found.length > 0 }).toEqual({ seed, request, from, to, lines, found: true });
      }
    }
    expect(told).toBeGreaterThan(500);
  });

  test("what is excepted from a route stays with whom it was", () => {
    let excepted = 0;
    const wrong: unknown[] = [];
    for (const { seed, random, plans } of cases) {
      const changes = requestChanges(...plans).filter(({ requests, except }) => except.length > 0 && !/ (with|by|from) /.test(requests));
      for (const { port, requests, except, from, to, text } of changes) {
        for (let count = 0; count < 200; count++) {
          const request = { ...plainly(randomRequest(random)), port: port! };
          if (!isToldBy(requests, request) || !except.some((each) => each !== "others" && isToldBy(each, request))) continue;
          excepted++;
          const answers = plans.map((plan) => inWords(follow(plan, request)));
          if (answers[0] === from.text && answers[1] === to.text) wrong.push({ seed, text, request });
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(excepted).toBeGreaterThan(100);
  });

  test("backwards they are the same requests, from whom they go to whom they came from", () => {
    for (const { seed, plans } of cases.slice(0, 200)) {
      const [before, after] = plans;
      const there = requestChanges(before, after).map(({ port, from, to }) => `${port} ${from.text} ${to.text}`);
      const back = requestChanges(after, before).map(({ port, from, to }) => `${port} ${to.text} ${from.text}`);
      expect({ seed, changes: new Set(back) }).toEqual({ seed, changes: new Set(there) });
    }
  });

  test("nothing is told of other names, another order, or priorities that are further apart", () => {
    for (const { rules, plans } of cases) {
      const [before] = plans;
      const renamed = rules.rules.map((each, index) => ({ ...each, name: `other-${index}`, priority: each.priority * 7 + 3 }));
      expect(requestChanges(before, planOfRules({ ...rules, rules: renamed.reverse() }))).toEqual([]);
    }
  });

  test("nothing is told of a rule that another catches before it", () => {
    for (const { random, rules } of cases.slice(0, 200)) {
      const first = { name: "all", path: ["/*"], conditions: [], to: "web", priority: 100, port: 80 };
      const before = { ...rules, rules: [...rules.rules, first] };
      const hidden = { ...changed(random, rules, 0).rules.at(-1)!, name: "hidden", priority: 200 };
      expect(requestChanges(planOfRules(before), planOfRules({ ...before, rules: [...before.rules, hidden] }))).toEqual([]);
    }
  });

  test("a rule of several paths is as good as one for each", () => {
    for (const { rules, plans } of cases.slice(0, 200)) {
      const split = rules.rules.flatMap((each) =>
        (each.path ?? [undefined]).map((path, index) => ({
          ...each,
          name: `${each.name}-${index}`,
          path: path === undefined ? undefined : [path],
          priority: each.priority * 10 + index,
        })),
      );
      expect(requestChanges(plans[0], planOfRules({ ...rules, rules: split }))).toEqual([]);
    }
  });

  test("two changes together say nothing else of a request than the first and the last plan do", () => {
    for (const { seed, random, rules, plans } of cases.slice(0, 150)) {
      const last = planOfRules(changed(random, changed(random, rules, 0), 0));
      for (const { port, example, from, to } of requestChanges(plans[0], last).filter(
        (change) => !/ (with|by|from) /.test(change.requests),
      )) {
        const request = { ...plainly(randomRequest(random)), port: port!, ...example };
        const answers = [plans[0], last].map((plan) => inWords(follow(plan, request)));
        expect({ seed, answers }).toEqual({ seed, answers: [from.text, to.text] });
      }
    }
  });
});
