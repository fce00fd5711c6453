import { allows } from "@fairlead/access/testing/allows";

import { blocksOfPages } from "../testing/documents";

test("the boundary that the page shows keeps roles from the state, and from other roles, and lets them do their work", () => {
  const [boundary, ...others] = blocksOfPages("json").flatMap(({ place, code }) => (place.startsWith("docs/hardening.md:") ? [code] : []));
  expect(others).toEqual([]);
  const filled = boundary!
    .replaceAll("<state>", "state")
    .replaceAll("<account>", "1")
    .replace(/"<ARN of each key[^"]*"/, '"arn:key"');
  expect(filled).not.toContain("<");
  const may = ([action, resource]: readonly [string, string]) => allows(filled, action, resource);
  const closed = [
    ["s3:GetObject", "arn:aws:s3:::state/.pulumi/stacks/shop/prod.json"],
    ["s3:GetObject", "arn:aws:s3:us-east-1:1:accesspoint/mine/object/.pulumi/stacks/shop/prod.json"],
    ["s3:PutBucketPolicy", "arn:aws:s3:::state"],
    ["kms:Decrypt", "arn:key"],
    ["iam:CreateRole", "arn:aws:iam::1:role/fairlead/dev/mine"],
    ["iam:DeleteRolePermissionsBoundary", "arn:aws:iam::1:role/fairlead/dev/mine"],
    ["iam:PassRole", "arn:aws:iam::1:role/admin"],
    ["sts:AssumeRole", "arn:aws:iam::1:role/fairlead/dev/mine"],
  ] as const;
  expect(closed.filter(may)).toEqual([]);
  const open = [
    ["s3:GetObject", "arn:aws:s3:::files/cat.png"],
    ["ecs:RunTask", "arn:aws:ecs:us-east-1:1:task-definition/dev-report:1"],
    ["iam:PassRole", "arn:aws:iam::1:role/fairlead/dev/report-task"],
    ["kms:Decrypt", "arn:aws:kms:us-east-1:1:key/data"],
  ] as const;
  expect(open.filter((each) => !may(each))).toEqual([]);
});
