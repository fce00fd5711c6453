import type { Plan } from "@fairlead/plan";

import { emulatorIn } from "../src/smoke/account";
import type { StepResult } from "../src/smoke/model";
import { checkConfirmation } from "../src/smoke/offer";
import type { Prepared } from "../src/smoke/preparation";
import { redact, secretsOfConfiguration, secretsOfEnvironment } from "../src/smoke/redaction";
import { outcomeOf } from "../src/smoke/report";
import { chooseServices } from "../src/smoke/services";

/** A plan of services: what each names, and whether it runs on ECS. */
function planOf(services: Record<string, { routes?: object[]; calls?: string[]; before?: string[]; isJob?: boolean }>): Plan {
  const options = { custom: false, dependencies: [], propertyDependencies: {}, options: {} };
  const resources = Object.entries(services).flatMap(([name, { routes = [], calls = [], before = [], isJob }]) => {
    const component = {
      ...options,
      urn: name,
      type: "fairlead:stacks:Service",
      name,
      parent: null,
      inputs: { spec: { routes, calls, before } },
    };
    const service = { ...options, urn: `${name}-ecs`, type: "aws:ecs/service:Service", name, parent: name, inputs: {} };
    return isJob ? [component] : [component, service];
  });
  return { version: 1, project: "p", stack: "s", resources, outputs: {} };
}

const chosen = (plan: Plan) => {
  const { changed, retired } = chooseServices(plan);
  return [changed?.name, retired?.name];
};

test("the service that changes is the first with a route; the one that goes is one that nobody names", () => {
  const route = { path: "/*" };
  const named = { a: {}, b: { routes: [route] }, c: { calls: ["a"] }, migration: { before: ["b"], isJob: true } };
  expect(chosen(planOf(named))).toEqual(["b", "c"]);
  expect(chosen(planOf({ ...named, d: { routes: [{ path: "/c", service: "c" }] } }))).toEqual(["b", "d"]);
  expect(chosen(planOf({ b: { routes: [route] }, migration: { isJob: true } }))).toEqual(["b", undefined]);
  expect(chosen(planOf({ migration: { isJob: true } }))).toEqual([undefined, undefined]);
});

test("what is typed back is the account or the stack, and the stack alone where its policies are mandatory", () => {
  const prepared = (isMandatory: boolean) => ({ stack: "qa", accountId: "123456789012", isMandatory }) as Prepared;
  expect(() => checkConfirmation(prepared(false), "123456789012\n")).not.toThrow();
  expect(() => checkConfirmation(prepared(false), " qa ")).not.toThrow();
  expect(() => checkConfirmation(prepared(true), "qa")).not.toThrow();
  for (const [isMandatory, typed] of [
    [false, "y"],
    [false, ""],
    [true, "123456789012"],
  ] as const) {
    expect(() => checkConfirmation(prepared(isMandatory), typed)).toThrow(/^FL2603 That is not .*\n  fix: /);
  }
});

test("an emulator is whatever host answers for AWS that is not AWS's", () => {
  expect(emulatorIn({}, {})).toBeUndefined();
  expect(emulatorIn({}, { AWS_ENDPOINT_URL: "http://127.0.0.1:4566" })).toBe("127.0.0.1:4566");
  expect(emulatorIn({}, { AWS_ENDPOINT_URL_S3: "http://localhost:9000" })).toBe("localhost:9000");
  expect(emulatorIn({}, { AWS_ENDPOINT_URL_STS: "https://sts.eu-central-1.amazonaws.com" })).toBeUndefined();
  expect(emulatorIn({ "aws:endpoints": '[{"ecs":"http://localhost:4566"}]' }, {})).toBe("localhost:4566");
});

test("secrets go in every form that a report has, logins and folders too", () => {
  const secrets = [
    'with "quotes" in it',
    ...secretsOfEnvironment({ DB_PASSWORD: "hunter2-hunter2", AWS_REGION: "us-east-1", PASSWORD_FILE: "/run/pw-file" }),
  ];
  const redaction = { secrets, accountId: "123456789012", folders: ["/tmp/clone/"] };
  const text = `/tmp/clone/apps: hunter2-hunter2, ${JSON.stringify('with "quotes" in it')}, us-east-1, 123456789012, https://me:pw@host/x`;
  expect(redact(text, redaction)).toBe('…apps: [secret], "[secret]", us-east-1, ********9012, https://…@host/x');
});

test("a short secret goes as a whole word, and neither as a part of one nor where it is none", () => {
  const redacted = (text: string, ...secrets: string[]) => redact(text, { secrets, accountId: undefined, folders: [] });
  expect(redacted("login s3cr3t, 's3cr3t', s3cr3t", "s3cr3t")).toBe("login [secret], '[secret]', [secret]");
  expect(redacted("PASSWORD=s3cr3t@host:5432 $1.x", "s3cr3t", "$1.x")).toBe("PASSWORD=[secret]@host:5432 [secret]");
  expect(redacted("rooted, subroot, root", "root")).toBe("rooted, subroot, [secret]");
  expect(redacted("true, 42, dev, null", "true", "42", "dev", "null", "")).toBe("true, 42, dev, null");
  expect(redacted("it has a-long-secret1 in it", "a-long-secret")).toBe("it has [secret]1 in it");
});

test("secrets within structured values and the lines of a key go too", () => {
  const configuration = {
    "shop:login": { value: '{"user":{"password":"pl4nted-1"},"ports":[1]}', secret: true },
    "shop:key": { value: "-----BEGIN KEY-----\npl4nted-2\n", secret: true },
    "shop:plain": { value: "well-known" },
    "shop:unset": { secret: true },
  };
  const secrets = secretsOfConfiguration(configuration);
  const text = "pl4nted-1 | pl4nted-2 | well-known";
  expect(redact(text, { secrets, accountId: undefined, folders: [] })).toBe("[secret] | [secret] | well-known");
});

test("a day passes where each step passed, or was not looked at for a reason of the stack's or the emulator's", () => {
  const results = (...outcomes: StepResult["outcome"][]) =>
    outcomes.map((outcome) => ({ title: "", expectation: "", seconds: 0, seen: "", outcome }));
  expect(outcomeOf(results("passed", "left out", "not judged here"))).toBe("passed");
  expect(outcomeOf(results("passed", "failed"))).toBe("failed");
  expect(outcomeOf(results("passed", "not run"))).toBe("failed");
});
