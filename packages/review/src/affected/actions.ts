/** What actions of AWS's let a program do, in words that take what they are done to. The first that fits. */
const words: readonly (readonly [RegExp, string])[] = [
  [/^sqs:SendMessage/, "send to"],
  [/^sqs:(ReceiveMessage|DeleteMessage|ChangeMessageVisibility)/, "receive from"],
  [/^s3:(PutObject|AbortMultipartUpload)/, "write to"],
  [/^s3:DeleteObject/, "delete from"],
  [/^s3:(GetObject|ListBucket)/, "read from"],
  [/^dynamodb:(Get|BatchGet|Query|Scan|Describe|ConditionCheck)/, "read from"],
  [/^dynamodb:(Put|Update|Delete|BatchWrite)/, "write to"],
  [/^sns:Publish/, "publish to"],
  [/^(secretsmanager:GetSecretValue|ssm:GetParameter)/, "read"],
  [/^kms:(Decrypt|Encrypt|GenerateDataKey|ReEncrypt)/, "use"],
  [/^elasticfilesystem:ClientMount/, "read from"],
  [/^elasticfilesystem:ClientWrite/, "write to"],
  [/^elasticfilesystem:ClientRootAccess/, "act as root on"],
  [/^events:PutEvents/, "put events on"],
  [/^kinesis:PutRecord/, "write to"],
  [/^(lambda:InvokeFunction|states:StartExecution|ecs:RunTask)/, "run"],
  [/^sts:AssumeRole/, "assume"],
  [/^(ses|sesv2):Send/, "send mail by"],
  [/^ssmmessages:/, "be entered with ECS Exec through"],
];

/** What only goes along with others: it says nothing of what a program is for. */
const companions = /^(sqs:Get|s3:GetBucketLocation|kms:DescribeKey|ecr:GetAuthorizationToken)/;

/** `send to`; the action itself where there is no word for it, and undefined where it needs none. */
export function wordFor(action: string): string | undefined {
  if (companions.test(action)) return undefined;
  return words.find(([pattern]) => pattern.test(action))?.[1] ?? `call ${action} on`;
}
