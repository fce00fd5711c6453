import { secretsOf } from "../src/ecs/running/taskEnvironment";

const secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";
const asked: object[] = [];
const account = {
  json: (service: string, _: string, document: Record<string, unknown>) => {
    asked.push(document);
    if (service === "ssm") return Promise.resolve(document.Name === "/flags" ? { Parameter: { Value: "on" } } : {});
    if (document.SecretId !== secret)
      return Promise.resolve({ __type: "ResourceNotFoundException", message: "Secrets Manager can't find the specified secret." });
    return Promise.resolve({ SecretString: '{"password":"x","port":5432}' });
  },
  query: () => Promise.resolve(""),
};
const valueOf = async (valueFrom: string) => (await secretsOf([{ name: "VALUE", valueFrom }], account)).VALUE;

test("a secret is taken whole, or by a key of its JSON; a parameter by its name", async () => {
  expect(await valueOf(secret)).toBe('{"password":"x","port":5432}');
  expect(await valueOf(`${secret}:password::`)).toBe("x");
  expect(await valueOf(`${secret}:port::`)).toBe("5432");
  expect(await valueOf("arn:aws:ssm:us-east-1:123456789012:parameter/flags")).toBe("on");
});

test("a stage or a version is asked for", async () => {
  asked.length = 0;
  await valueOf(`${secret}:password:AWSPREVIOUS:`);
  expect(asked).toEqual([{ SecretId: secret, VersionStage: "AWSPREVIOUS" }]);
});

test("what is not there is said as ECS says it", async () => {
  const prefix = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ";
  await expect(valueOf(`${secret}:user::`)).rejects.toThrow(
    `${prefix}unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key user`,
  );
  await expect(valueOf(secret.replace("db", "none"))).rejects.toThrow(/ResourceNotFoundException: Secrets Manager can't find/);
  await expect(valueOf("arn:aws:ssm:us-east-1:123456789012:parameter/none")).rejects.toThrow("invalid parameters: /none");
});
