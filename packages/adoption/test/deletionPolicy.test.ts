import { deletionsIn } from "../src/letting/deletionPolicy";

const template = `
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Items:
    Type: AWS::DynamoDB::Table
    Properties: { TableName: !Sub "\${App}-items" }
  Kept:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
  KeptOnceMade:
    Type: AWS::S3::Bucket
    DeletionPolicy: RetainExceptOnCreate
  Orders:
    Type: AWS::RDS::DBCluster
    Properties: !If [IsProd, { Engine: aurora-postgresql }, !Ref "AWS::NoValue"]
  OrdersInstance:
    Type: AWS::RDS::DBInstance
    Properties: { DBClusterIdentifier: !Ref Orders }
  Alone:
    Type: AWS::RDS::DBInstance
    Properties: { Engine: postgres }
  Gone:
    Type: AWS::RDS::DBCluster
    DeletionPolicy: Delete
`;

test("what a stack deletes, keeps and takes a snapshot of, by its template or by what CloudFormation does without a word", () => {
  expect(Object.fromEntries(deletionsIn(template))).toEqual({
    ...{ Items: "deleted", Kept: "kept", KeptOnceMade: "kept", Orders: "snapshot" },
    ...{ OrdersInstance: "deleted", Alone: "snapshot", Gone: "deleted" },
  });
});

test("a template in JSON is read as well, and one without resources has none", () => {
  const json = JSON.stringify({ Resources: { Exports: { Type: "AWS::S3::Bucket", DeletionPolicy: "Retain" } } });
  expect([...deletionsIn(json)]).toEqual([["Exports", "kept"]]);
  expect([...deletionsIn("{}")]).toEqual([]);
});
