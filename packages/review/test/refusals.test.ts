import { planOf, resource } from "@fairlead/changes/testing/plans";

import { holdBack } from "../src";
import { review, side } from "./judged";

const today = "2026-12-01";
const losing = (type: string, inputs: Record<string, unknown>) => review(planOf(resource(type, "it", inputs)), planOf()).dangers;
const textOf = (type: string, inputs: Record<string, unknown>) => losing(type, inputs)[0]!.text;

describe("what goes with its data is told as it goes", () => {
  test("a bucket that AWS only deletes empty is not said to take its objects with it", () => {
    expect(textOf("aws:s3/bucket:Bucket", {})).toMatch(/^It goes if nothing is in it: else AWS refuses \(BucketNotEmpty\)/);
    expect(textOf("aws:s3/bucket:Bucket", { forceDestroy: true })).toBe("The bucket goes, with what is in it.");
  });

  test.each(["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"])("%s: its last snapshot, or that there is none", (type) => {
    expect(textOf(type, { finalSnapshotIdentifier: "last" })).toMatch(/A last snapshot stays/);
    expect(textOf(type, { skipFinalSnapshot: true, finalSnapshotIdentifier: "last" })).toMatch(/No last snapshot is made/);
    expect(textOf(type, {})).toMatch(/The provider refuses to delete it without finalSnapshotIdentifier/);
  });

  test("a cache needs none", () => {
    expect(textOf("aws:elasticache/replicationGroup:ReplicationGroup", {})).toMatch(/No last snapshot is made/);
  });
});

describe("what AWS refuses is held, whoever allows it", () => {
  const type = "aws:dynamodb/table:Table";
  const allowed = (inputs: Record<string, unknown>) => {
    const dangers = losing(type, inputs);
    const entries = dangers.flatMap(({ kind, urns }) => urns.map((urn) => ({ stack: "dev", kind, urn, reason: "", until: today })));
    return holdBack("dev", dangers, { entries, today });
  };

  test("as long as its deletion protection is on", () => {
    expect(allowed({ deletionProtectionEnabled: true })).toMatchObject({ held: [{ isRefused: true }], allowed: [{ kind: "delete" }] });
    expect(allowed({ deletionProtectionEnabled: true }).held[0]!.text).toMatch(/First an `up` that takes its deletion protection off\.$/);
    expect(allowed({}).held).toEqual([]);
  });

  test("with the component that it belongs to", () => {
    const component = resource("fairlead:data:Table", "carts", {}, { custom: false });
    const table = resource(type, "carts", { deletionProtectionEnabled: true }, { parent: component.urn });
    const { dangers } = review(planOf(component, table), planOf());
    expect(dangers).toEqual([expect.objectContaining({ kind: "delete", urns: [component.urn], isRefused: true })]);
  });
});

describe("a stack that moves to another region", () => {
  const certificate = "arn:aws:acm:us-east-1:111122223333:certificate/1";
  const listener = resource("aws:lb/listener:Listener", "https", { certificateArn: certificate });
  const distribution = resource("aws:cloudfront/distribution:Distribution", "it", {
    viewerCertificate: { acmCertificateArn: certificate },
  });
  const titles = (resources: (typeof listener)[], config: Record<string, string>, to = "eu-west-1") =>
    review(planOf(...resources), planOf(...resources), side(config), side({ ...config, "aws:region": to }))
      .dangers.map(({ title }) => title)
      .filter((title) => title.startsWith("still names"));

  test("is told what it goes on naming of the one that it leaves", () => {
    expect(titles([listener], {})).toEqual([`still names what is in us-east-1: ${certificate}`]);
    expect(titles([], { "fairlead:certificateArn": certificate })).toHaveLength(1);
  });

  test("and nothing where it stays, or where only CloudFront names it", () => {
    expect(titles([listener], {}, "us-east-1")).toEqual([]);
    expect(titles([distribution], {})).toEqual([]);
  });
});
