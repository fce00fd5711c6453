import { output } from "@fairlead/changes/testing/plans";

import { severities, type Inputs } from "./judged";

const parameter = (name: string) => output("aws:ssm/parameter:Parameter", name, "value");
const [some, other] = [parameter("some"), parameter("other")];
const days = (recoveryPeriodInDays: unknown) => ({ pointInTimeRecovery: { enabled: true, recoveryPeriodInDays } });
const images = (countNumber: unknown) => ({
  policy: JSON.stringify({
    rules: [{ rulePriority: 1, selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber }, action: { type: "expire" } }],
  }),
});

const redrive = (maxReceiveCount: number) => ({
  redrivePolicy: JSON.stringify({ deadLetterTargetArn: `\${${some.$output}}`, maxReceiveCount }),
});

test.each<[string, string, Inputs, Inputs, string[]]>([
  ["a value that a judge asks for", "aws:cloudfront/distribution:Distribution", { enabled: true }, { enabled: some }, ["unknown"]],
  ["another such value", "aws:cloudfront/distribution:Distribution", { enabled: some }, { enabled: other }, ["unknown"]],
  ["a number", "aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 365 }, { retentionInDays: some }, ["unknown"]],
  ["a member of an argument", "aws:dynamodb/table:Table", days(35), days(some), ["unknown"]],
  [
    "a number within a text",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    images(30),
    images(`\${${some.$output}}`),
    ["interruption", "unknown"],
  ],
  ["another part of a text, of a value", "aws:sqs/queue:Queue", redrive(3), redrive(5), []],
  [
    "what there is, by its name or by a reference",
    "aws:sns/topic:Topic",
    { httpFailureFeedbackRoleArn: "a" },
    { httpFailureFeedbackRoleArn: some },
    [],
  ],
  ["a value that nobody asks for", "aws:cloudfront/distribution:Distribution", { comment: "a" }, { comment: some }, []],
])("of %s that is known only after apply", (_, type, before, after, expected) => expect(severities(type, before, after)).toEqual(expected));
