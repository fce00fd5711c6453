import { actionOf } from "../src/aws/actions";
import { RestOperations, type RestOperation } from "../src/aws/restOperations";

/** As AWS's models have them. */
const operations = new RestOperations({
  s3: [
    ["AbortMultipartUpload", "DELETE", "/{Bucket}/{Key+}", ["uploadId"]],
    ["CreateBucket", "PUT", "/{Bucket}", []],
    ["DeleteObject", "DELETE", "/{Bucket}/{Key+}", []],
    ["DeletePublicAccessBlock", "DELETE", "/{Bucket}?publicAccessBlock", []],
    ["GetBucketEncryption", "GET", "/{Bucket}?encryption", []],
    ["GetBucketPolicy", "GET", "/{Bucket}?policy", []],
    ["HeadBucket", "HEAD", "/{Bucket}", []],
    ["ListObjects", "GET", "/{Bucket}", []],
    ["ListObjectsV2", "GET", "/{Bucket}?list-type=2", []],
    ["PutBucketLifecycleConfiguration", "PUT", "/{Bucket}?lifecycle", []],
  ],
  route53: [["ChangeResourceRecordSets", "POST", "/2013-04-01/hostedzone/{Id}/rrset/", []]],
  elasticfilesystem: [["DescribeLifecycleConfiguration", "GET", "/2015-02-01/file-systems/{FileSystemId}/lifecycle-configuration", []]],
  scheduler: [["DeleteSchedule", "DELETE", "/schedules/{Name}", []]],
} satisfies Record<string, RestOperation[]>);

const asked = (service: string, method: string, url: string) => {
  const operation = operations.nameOf({ service, method, url });
  return operation && actionOf({ service, operation, body: Buffer.alloc(0) })?.action;
};

test.each([
  ["s3", "GET", "/reports-dd860aa?policy=", "s3:GetBucketPolicy"],
  ["s3", "GET", "/reports-dd860aa?encryption=", "s3:GetEncryptionConfiguration"],
  ["s3", "PUT", "/reports-dd860aa?lifecycle=&x-id=any", "s3:PutLifecycleConfiguration"],
  ["s3", "DELETE", "/reports-dd860aa?publicAccessBlock=", "s3:PutBucketPublicAccessBlock"],
  ["s3", "PUT", "/reports-dd860aa/", "s3:CreateBucket"],
  ["s3", "HEAD", "/reports-dd860aa", "s3:ListBucket"],
  ["s3", "GET", "/logs?list-type=2&encoding-type=url", "s3:ListBucket"],
  ["s3", "DELETE", "/logs/a/b.gz", "s3:DeleteObject"],
  ["s3", "DELETE", "/logs/a/b.gz?uploadId=1", "s3:AbortMultipartUpload"],
  ["route53", "POST", "/2013-04-01/hostedzone/Z1/rrset", "route53:ChangeResourceRecordSets"],
  ["elasticfilesystem", "GET", "/2015-02-01/file-systems/fs-1/lifecycle-configuration", "elasticfilesystem:DescribeLifecycleConfiguration"],
  ["scheduler", "DELETE", "/schedules/nightly?groupName=default", "scheduler:DeleteSchedule"],
  ["monitoring", "POST", "/service/GraniteServiceVersion20100801/operation/PutMetricAlarm", "cloudwatch:PutMetricAlarm"],
])("%s %s %s asks for %s", (service, method, url, action) => expect(asked(service, method, url)).toBe(action));

test("what no model has stays without a name", () => {
  expect(asked("s3", "PATCH", "/bucket")).toBeUndefined();
  expect(asked("nowhere", "GET", "/")).toBeUndefined();
});
