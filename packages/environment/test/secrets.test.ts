import { embeddedPlan } from "@fairlead/plan";

import { keyArn } from "../src/secretReference";
import { compositionFile, named, planOf, ProjectFolder, service } from "./harness";

const key = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555";

test("a secret under a key of yours may be decrypted with it, and with no other", async () => {
  const secrets = `secrets: { FLAGS: { ssm: /shop/flags, kmsKeyArn: "${key}" }, TOKEN: { secretsManager: shop/token } }`;
  const project = new ProjectFolder({ "stacks/dev.ts": compositionFile, ...service("api", "containerPort: 80", secrets) });
  const { policy } = named(await planOf(project), "aws:iam/rolePolicy:RolePolicy", "api-execution").inputs as { policy: string };
  expect(policy).toContain(`"Action":"kms:Decrypt","Resource":["${key}"]`);
  project.remove();
});

test("the key of a secret is told by its ARN, its id or its alias, and AWS's own is not told", async () => {
  const arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/token-AbCdEf";
  const { outputs } = await embeddedPlan({
    project: "shop",
    stack: "dev",
    config: { "aws:region": "eu-central-1" },
    program: () => ({
      byArn: keyArn({ arn, kmsKeyId: key }),
      byId: keyArn({ arn, kmsKeyId: "11111111-2222-3333-4444-555555555555" }),
      byAlias: keyArn({ arn, kmsKeyId: "alias/shop" }),
      own: keyArn({ arn, kmsKeyId: "" }).apply((own) => own ?? "none"),
    }),
  });
  expect(outputs).toEqual({ byArn: key, byId: key, byAlias: "arn:aws:kms:eu-central-1:123456789012:key/looked-up", own: "none" });
});
