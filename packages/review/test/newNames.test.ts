import { output, planOf, resource } from "@fairlead/changes/testing/plans";
import type { PlanResource } from "@fairlead/plan";

import { review, type Inputs } from "./judged";

const zone = resource("aws:route53/zone:Zone", "main", { name: "example.com" });
const inZone = { zoneId: output("aws:route53/zone:Zone", "main", "zoneId") };
const record = (name: string, type: string, inputs: Inputs, others: Inputs = inZone) =>
  resource(
    "aws:route53/record:Record",
    `${name} ${type} ${String(inputs.setIdentifier ?? "")}`,
    { ...others, name, type, ...inputs },
    { propertyDependencies: others === inZone ? { zoneId: [zone.urn] } : {} },
  );
const wildcard = record("*.example.com", "CNAME", { records: ["lb.example.net"] });

/** The severities of what is new beside what stands. */
const severities = (before: PlanResource[], ...created: PlanResource[]) =>
  review(planOf(zone, ...before), planOf(zone, ...before, ...created)).dangers.map(({ severity }) => severity);

describe("a name that a wildcard answered for", () => {
  test("leads elsewhere by a record of its own, unless that leads to the same", () => {
    expect(severities([wildcard], record("www.example.com", "A", { records: ["192.0.2.10"] }))).toEqual(["interruption"]);
    expect(severities([wildcard], record("www", "A", { records: ["192.0.2.10"] }))).toEqual(["interruption"]);
    expect(severities([wildcard], record("www.example.com", "A", { aliases: [{ name: "dualstack.LB.example.net." }] }))).toEqual([]);
  });

  test("has no address once it has another kind of record, unless it gets one as well", () => {
    const proof = record("shop.example.com", "TXT", { records: ["site-verification=abc"] });
    expect(severities([wildcard], proof)).toEqual(["unreachable"]);
    expect(severities([wildcard], proof, record("shop.example.com", "CNAME", { records: ["lb.example.net"] }))).toEqual([]);
  });

  test("has none once there is a name below it", () => {
    expect(severities([wildcard], record("a.shop.example.com", "A", { records: ["192.0.2.10"] }))).toEqual(["interruption"]);
    expect(
      severities(
        [wildcard, record("shop.example.com", "A", { records: ["192.0.2.1"] })],
        record("_x.shop.example.com", "TXT", { records: ["x"] }),
      ),
    ).toEqual([]);
  });

  test("is one of a nearer wildcard as well", () => {
    expect(severities([wildcard], record("*.shop.example.com", "A", { records: ["192.0.2.10"] }))).toEqual(["interruption"]);
    const shop = record("shop.example.com", "A", { records: ["192.0.2.1"] });
    expect(severities([wildcard, shop], record("*.shop.example.com", "A", { records: ["192.0.2.10"] }))).toEqual([]);
  });

  test("is not one that was there, nor one that a nearer name keeps from it, nor another zone's", () => {
    const own = record("www.example.com", "A", { records: ["192.0.2.1"] });
    expect(severities([wildcard, own], record("www.example.com", "TXT", { records: ["x"] }))).toEqual([]);
    expect(severities([wildcard, own], record("a.www.example.com", "A", { records: ["192.0.2.2"] }))).toEqual([]);
    expect(severities([wildcard], record("www.example.com", "TXT", { records: ["x"] }, { zoneId: "Z2" }))).toEqual([]);
    expect(severities([], record("www.example.com", "A", { records: ["192.0.2.1"] }))).toEqual([]);
  });
});

describe("one of several records of a name", () => {
  const weighted = (id: string, weight: number, to: string, others?: Inputs) =>
    record("www.example.com", "A", { setIdentifier: id, weightedRoutingPolicies: [{ weight }], records: [to] }, others);
  test("takes a part of its clients, where it leads elsewhere and is chosen", () => {
    const first = weighted("a", 10, "192.0.2.1");
    expect(severities([first], weighted("b", 90, "198.51.100.7"))).toEqual(["interruption"]);
    expect(severities([first], weighted("b", 90, "192.0.2.1"))).toEqual([]);
    expect(severities([first], weighted("b", 0, "198.51.100.7"))).toEqual([]);
    expect(severities([], weighted("a", 10, "192.0.2.1"))).toEqual([]);
    expect(severities([], weighted("b", 10, "192.0.2.1", { zoneId: "Z2" }))).toEqual(["unknown"]);
  });

  test("is chosen by where clients are, or where the first fails", () => {
    const of = (id: string, inputs: Inputs, to: string) => record("www.example.com", "A", { setIdentifier: id, records: [to], ...inputs });
    const everywhere = of("all", { geolocationRoutingPolicies: [{ country: "*" }] }, "192.0.2.1");
    expect(severities([everywhere], of("de", { geolocationRoutingPolicies: [{ country: "DE" }] }, "198.51.100.7"))).toEqual([
      "interruption",
    ]);
    const primary = of("one", { failoverRoutingPolicies: [{ type: "PRIMARY" }] }, "192.0.2.1");
    expect(severities([primary], of("two", { failoverRoutingPolicies: [{ type: "SECONDARY" }] }, "198.51.100.7"))).toEqual([]);
  });
});

describe("names that other name servers answer for", () => {
  const delegation = record("shop.example.com", "NS", { records: ["ns-1.awsdns-01.org"] });
  const api = record("api.shop.example.com", "A", { records: ["192.0.2.1"] });
  test("are lost where this zone answered for them", () => {
    expect(severities([api], delegation)).toEqual(["unreachable"]);
    expect(severities([wildcard], delegation)).toEqual(["unreachable"]);
    expect(severities([], delegation)).toEqual([]);
    expect(severities([], record("shop.example.com", "NS", { records: ["ns-1.awsdns-01.org"] }, { zoneId: "Z2" }))).toEqual(["unknown"]);
  });

  test("are not where the other zone says the same of them", () => {
    const shop = resource("aws:route53/zone:Zone", "shop", { name: "shop.example.com" });
    const to = record("shop.example.com", "NS", { records: output("aws:route53/zone:Zone", "shop", "nameServers") });
    const copy = (address: string) =>
      record("api.shop.example.com", "A", { records: [address] }, { zoneId: output("aws:route53/zone:Zone", "shop", "zoneId") });
    const renamed = (address: string) => ({ ...copy(address), urn: `${copy(address).urn}-copy` });
    expect(severities([api], shop, to, renamed("192.0.2.1"))).toEqual([]);
    expect(severities([api], shop, to, renamed("192.0.2.9"))).toEqual(["unreachable"]);
  });
});

describe("who may issue certificates", () => {
  const caa = (...records: string[]) => record("example.com", "CAA", { records });
  const certificate = resource("aws:acm/certificate:Certificate", "shop", {
    domainName: "shop.example.com",
    subjectAlternativeNames: ["*.shop.example.com"],
  });
  test.each<[string, PlanResource[], string[], string[]]>([
    ["another authority alone", [], ['0 issue "letsencrypt.org"'], ["interruption"]],
    [
      "another alone, while Amazon's certificate is in use",
      [certificate],
      ['0 issue "letsencrypt.org; validationmethods=dns-01"'],
      ["unreachable"],
    ],
    ["nobody", [certificate], ['0 issue ";"'], ["unreachable"]],
    ["Amazon beside another", [certificate], ['0 issue "letsencrypt.org"', '0 issue "amazon.com"'], []],
    ["another for wildcards", [certificate], ['0 issue "amazon.com"', '0 issuewild "letsencrypt.org"'], ["unreachable"]],
    ["whoever is told of what was asked", [certificate], ['0 iodef "mailto:security@example.com"'], []],
  ])("is %s", (_, before, records, expected) => {
    expect(severities(before, caa(...records))).toEqual(expected);
  });
});

describe("a zone of a VPC that is there", () => {
  const vpc = resource("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
  const ofVpc = output("aws:ec2/vpc:Vpc", "main", "id");
  const inside = (name: string) =>
    resource("aws:route53/zone:Zone", "inside", { name, vpcs: [{ vpcId: ofVpc }] }, { propertyDependencies: { vpcs: [vpc.urn] } });
  const namespace = (name: string) =>
    resource(
      "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
      "own",
      { name, vpc: ofVpc },
      { propertyDependencies: { vpc: [vpc.urn] } },
    );
  const www = record("www.example.com", "A", { records: ["192.0.2.1"] });

  test("hides names that it does not have", () => {
    expect(severities([vpc, www], inside("example.com"))).toEqual(["unreachable"]);
    expect(severities([vpc, www], namespace("example.com"))).toEqual(["unreachable"]);
    expect(severities([vpc], inside("example.com"))).toEqual(["interruption"]);
    expect(severities([vpc], inside("example.org"))).toEqual(["unknown"]);
    expect(severities([vpc, www], inside("prod.internal"))).toEqual([]);
  });

  test("hides none that it has, nor those of a VPC that is new", () => {
    const copy = resource(
      "aws:route53/record:Record",
      "copy",
      { zoneId: output("aws:route53/zone:Zone", "inside", "zoneId"), name: "www.example.com", type: "A", records: ["10.0.0.1"] },
      { propertyDependencies: { zoneId: [inside("example.com").urn] } },
    );
    expect(severities([vpc, www], inside("example.com"), copy)).toEqual(["interruption"]);
    expect(severities([www], vpc, inside("example.com"))).toEqual([]);
  });

  test("hides services that another private zone answers for, unless that has the longer name", () => {
    const api = resource(
      "aws:servicediscovery/service:Service",
      "api",
      { name: "api", dnsConfig: { namespaceId: output(namespace("").type, "own", "id") } },
      { propertyDependencies: { dnsConfig: [namespace("").urn] } },
    );
    expect(severities([vpc, namespace("prod.internal"), api], inside("api.prod.internal"))).toEqual(["unreachable"]);
    expect(severities([vpc, namespace("prod.internal"), api], inside("internal"))).toEqual([]);
  });
});
