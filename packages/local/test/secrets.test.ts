import { resource } from "@fairlead/plan/testing/resources";

import { localEnvironment } from "../src/localEnvironment";
import { composeText } from "../src/compose/write";
import { output, planOf, serviceOf, settings } from "../testing/tasksPlan";

const secretType = "aws:secretsmanager/secret:Secret";
const arn = (name: string) => `\${${output(secretType, name, "arn").$output}}`;
const withSecrets = (name: string, secrets: Record<string, string>) =>
  serviceOf(name, { container: { secrets: Object.entries(secrets).map(([key, valueFrom]) => ({ name: key, valueFrom })) } });
const needed = (...resources: Parameters<typeof planOf>) =>
  localEnvironment(planOf(...resources), settings).neededSecrets.map(({ variable, task, name }) => `${task} ${name} = ${variable}`);

test("a secret is asked for by its own name", () => {
  const token = "arn:aws:secretsmanager:eu-central-1:1:secret:token";
  expect(needed(...withSecrets("api", { TOKEN: token }))).toEqual(["api TOKEN = TOKEN"]);
  expect(needed(...withSecrets("api", { TOKEN: "/shop/token" }))).toEqual(["api TOKEN = TOKEN"]);
});

test("a secret whose name has dots or hyphens has underscores in the file, where Compose fills in no other", () => {
  expect(needed(...withSecrets("api", { "xpack.pass-word": "/shop/word" }))).toEqual(["api xpack.pass-word = xpack_pass_word"]);
});

test("two tasks with the same secret ask for it once in the file, and each says so", () => {
  const token = "arn:aws:secretsmanager:eu-central-1:1:secret:token";
  expect(needed(...withSecrets("api", { TOKEN: token }), ...withSecrets("web", { TOKEN: token }))).toEqual([
    "api TOKEN = TOKEN",
    "web TOKEN = TOKEN",
  ]);
});

test("two tasks with other secrets of one name have one each", () => {
  const all = [...withSecrets("api", { TOKEN: "/api/token" }), ...withSecrets("web-shop", { TOKEN: "/web/token" })];
  expect(needed(...all)).toEqual(["api TOKEN = API_TOKEN", "web-shop TOKEN = WEB_SHOP_TOKEN"]);
  const { environment } = localEnvironment(planOf(...all), settings).compose.services["web-shop"]!;
  expect(environment).toEqual({ TOKEN: { variable: "WEB_SHOP_TOKEN" } });
});

test("a secret that is called like another one with its task before it has its name, and the other one a number", () => {
  const all = [
    ...withSecrets("api", { TOKEN: "/api/token" }),
    ...withSecrets("job", { TOKEN: "/job/token" }),
    ...withSecrets("web", { API_TOKEN: "/web/token", JOB_TOKEN: "/job/token" }),
  ];
  expect(needed(...all)).toEqual([
    "api TOKEN = API_TOKEN_2",
    "job TOKEN = JOB_TOKEN",
    "web API_TOKEN = API_TOKEN",
    "web JOB_TOKEN = JOB_TOKEN",
  ]);
});

test("two keys of one secret are two", () => {
  const secret = "arn:aws:secretsmanager:eu-central-1:1:secret:pair";
  expect(needed(...withSecrets("api", { USER: `${secret}:user::`, WORD: `${secret}:word::` }))).toEqual([
    "api USER = USER",
    "api WORD = WORD",
  ]);
});

test("no value of a secret's version is in the file", () => {
  const plan = planOf(
    resource(secretType, "token", {}),
    resource("aws:secretsmanager/secretVersion:SecretVersion", "token", {
      secretId: output(secretType, "token", "id"),
      secretString: "very-secret",
    }),
    ...withSecrets("api", { TOKEN: arn("token") }),
  );
  expect(composeText(localEnvironment(plan, settings).compose, "h")).not.toContain("very-secret");
});

test("two containers of a task with other secrets of one name have one each", () => {
  const [group, definition, service] = serviceOf("api");
  const secrets = (valueFrom: string) => [{ name: "TOKEN", valueFrom }];
  definition!.inputs.containerDefinitions = JSON.stringify([
    { name: "api", image: "a:1", secrets: secrets("/one") },
    { name: "agent", image: "a:1", secrets: secrets("/two") },
  ]);
  expect(needed(group!, definition!, service!)).toEqual(["api TOKEN = API_API_TOKEN", "api TOKEN = API_AGENT_TOKEN"]);
});

test("a secret whose value is generated has one here, of its length, and nobody is asked for it", () => {
  const value = resource("pulumi-nodejs:dynamic/fairlead:GeneratedValue", "key", {
    length: 64,
    secretArn: output(secretType, "key", "arn"),
  });
  const version = `\${${output(value.type, "key", "versionId").$output}}`;
  const plan = planOf(resource(secretType, "key"), value, ...withSecrets("api", { KEY: `${arn("key")}:::${version}` }));
  const { compose, neededSecrets } = localEnvironment(plan, settings);
  expect(neededSecrets).toEqual([]);
  expect(compose.services.api!.environment).toEqual({ KEY: expect.stringMatching(/^local-only-.{53}$/) });
});
