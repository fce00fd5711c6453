import { accessOf, bindingVariables, dataKinds } from "@fairlead/model";
import { sheetOf } from "@fairlead/model/awsTypes";
import type { Plan } from "@fairlead/plan";

import { bind } from "./bound";
import { kindCases } from "./kindCases";

const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/1";
const actionsOf = (statements: { Action: string | string[] }[]) => statements.flatMap(({ Action }) => Action).sort();

/** As the plan has it. */
const withoutUndefined = (inputs: object) => JSON.parse(JSON.stringify(inputs)) as object;

/** The resources of a type, in what a plan tells of them. */
const ofType = ({ resources }: Plan, type: string) =>
  resources.filter((resource) => resource.type === type).map(({ inputs, options }) => ({ inputs, options }));

describe.each(dataKinds)("%s", (kind) => {
  const { type, actions, keyActions, encrypted, encryptedBy = type, deletion, inputs = {}, refused = {}, keepsNothing } = kindCases[kind];

  test("has a case for each access, and no other", () => {
    expect(Object.keys(actions).sort()).toEqual([...accessOf(kind)].sort());
  });

  describe.each(accessOf(kind))("with %s", (access) => {
    test("allows these actions, and nothing else", async () => {
      expect(actionsOf((await bind(kind, access)).statements)).toEqual([...actions[access]!].sort());
    });

    test("allows them on exactly this resource", async () => {
      const { statements } = await bind(kind, access);
      for (const arn of statements.flatMap(({ Resource }) => Resource)) {
        const [, typeAndName, output] = /^\$\{urn:pulumi:dev::shop::([^#]+)#(\w+)\}(?:\/[\w/]*\*)?$/.exec(arn) ?? [];
        expect([typeAndName, output]).toEqual([expect.stringMatching(new RegExp(`(^|\\$)${type}::${kind}$`)), "arn"]);
      }
    });

    test("allows the use of the key that encrypts it, where AWS asks for that", async () => {
      const { statements } = await bind(kind, access, { kmsKeyArn });
      expect(actionsOf(statements)).toEqual([...actions[access]!, ...keyActions].sort());
      const ofKey = statements.filter(({ Resource }) => Resource === kmsKeyArn);
      expect(actionsOf(ofKey)).toEqual([...keyActions].sort());
    });

    test("gives the variables that are told before there is any of it", async () => {
      const { binding } = await bind(kind, access);
      const promised = bindingVariables(kind, kind) as Record<"environment" | "secrets", Record<string, string>>;
      expect(Object.keys(binding.environment ?? {}).sort()).toEqual(Object.values(promised.environment).sort());
      expect(Object.keys(binding.secrets ?? {}).sort()).toEqual(Object.values(promised.secrets).sort());
    });
  });

  test.each([undefined, kmsKeyArn])("is encrypted, also by the environment's key: %s", async (key) => {
    const { plan } = await bind(kind, accessOf(kind)[0], { kmsKeyArn: key });
    const found = ofType(plan, encryptedBy);
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) expect(one).toMatchObject({ inputs: withoutUndefined(encrypted(key)) });
  });

  test.each([true, false])("takes the environment's deletionProtection: %s", async (deletionProtection) => {
    const { plan } = await bind(kind, accessOf(kind)[0], { deletionProtection });
    const [found] = ofType(plan, type);
    if (deletion) expect(found!.inputs).toMatchObject(deletion(deletionProtection));
    else expect(JSON.stringify(found!.inputs)).not.toMatch(/protect|forceDestroy/i);
    // What keeps data is Pulumi's to refuse as well, and where it is not, the option of the component around it counts.
    expect(found!.options.protect).toBe(!keepsNothing && deletionProtection ? true : undefined);
  });

  test("is set up as it says", async () => {
    expect(ofType((await bind(kind, accessOf(kind)[0])).plan, type)[0]).toMatchObject({ inputs });
  });

  for (const [propertyPath, declarations] of Object.entries(refused)) {
    test.each(declarations)(`refuses a wrong ${propertyPath}`, async (declaration) => {
      await expect(bind(kind, accessOf(kind)[0], {}, declaration)).rejects.toMatchObject({ errors: [{ propertyPath }] });
    });
  }

  test("has a fact sheet that says what is lost with it, and what replaces it", () => {
    const { replaced, deleted, replacedBy } = sheetOf(type)!;
    // What keeps nothing is an address that others know.
    const severity = keepsNothing ? "unreachable" : "dataLoss";
    expect([replaced?.severity, deleted?.severity]).toEqual([severity, severity]);
    expect(replacedBy).not.toEqual([]);
  });
});

test("a cache gives its host and its port under the names that a service has for them, and under no other", async () => {
  const as = { host: ["REDIS_HOST", "CACHE_HOST"], port: "REDIS_PORT" };
  const { binding } = await bind("cache", "readWrite", {}, undefined, { as });
  expect(Object.keys(binding.environment ?? {})).toEqual(["CACHE_URL", "REDIS_HOST", "CACHE_HOST", "REDIS_PORT"]);
  expect(binding.environment!.REDIS_PORT).toBe("6379");
  expect(Object.keys((await bind("cache", "readWrite")).binding.environment ?? {})).toEqual(["CACHE_URL"]);
});
