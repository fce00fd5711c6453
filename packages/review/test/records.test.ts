import { output, planOf, resource } from "@fairlead/changes/testing/plans";

import { review, type Inputs } from "./judged";

const type = "aws:route53/record:Record";
const balancer = output("aws:lb/loadBalancer:LoadBalancer", "prod", "dnsName");
const record = (inputs: Inputs) => planOf(resource(type, "it", { zoneId: "Z1", name: "www.example.com", ...inputs }));
const graded = (before: Inputs, after: Inputs) => review(record(before), record(after)).grade;

const cname = { type: "CNAME", ttl: 300, records: ["docs.example.net"] };
const alias = (name: unknown) => ({ type: "A", aliases: [{ name, zoneId: "Z2", evaluateTargetHealth: true }] });
test.each<[string, Inputs, Inputs, string]>([
  ["a dot at the end of where it leads", cname, { ...cname, records: ["docs.example.net."] }, "routine"],
  ["other letters", cname, { ...cname, records: ["Docs.example.net"] }, "routine"],
  ["a dot at the end of the name", cname, { ...cname, name: "www.example.com." }, "nothing"],
  ["an alias in the place of a CNAME", { ...cname, records: [balancer] }, alias(balancer), "routine"],
  ["a CNAME in the place of an alias", alias(balancer), { ...cname, records: [balancer] }, "routine"],
  ["an alias that leads elsewhere", { ...cname, records: ["d1.cloudfront.net"] }, alias(balancer), "stop"],
  ["the second name of a load balancer", alias(balancer), alias(`dualstack.\${${balancer.$output}}`), "routine"],
  ["another load balancer", alias(balancer), alias(output("aws:lb/loadBalancer:LoadBalancer", "new", "dnsName")), "stop"],
  ["another target", cname, { ...cname, records: ["docs.example.org"] }, "stop"],
  ["another kind", cname, { type: "TXT", ttl: 300, records: ["docs.example.net"] }, "stop"],
])("%s", (_, before, after, grade) => expect(graded(before, after)).toBe(grade));

const mail = (...records: string[]) => ({ type: "MX", ttl: 300, records });
test("servers for mail", () => {
  expect(graded(mail("10 a.example.net"), mail("10 a.example.net", "20 b.example.net"))).toBe("routine");
  expect(graded(mail("10 a.example.net"), mail("20 a.example.net"))).toBe("look");
  expect(graded(mail("10 a.example.net"), mail("10 b.example.net"))).toBe("stop");
});

const text = (...records: string[]) => ({ type: "TXT", ttl: 300, records });
const spf = "v=spf1 include:amazonses.com -all";
describe("a text", () => {
  test.each<[string, string[], string[], string]>([
    ["one more sender", [spf], ["v=spf1 include:amazonses.com include:mail.example.net -all"], "routine"],
    ["a sender less", [spf], ["v=spf1 -all"], "look"],
    ["whoever likes may send", ["v=spf1 include:amazonses.com"], ["v=spf1 include:amazonses.com +all"], "look"],
    ["two lists of senders", [spf], [spf, "v=spf1 include:mail.example.net -all"], "look"],
    ["a proof beside the senders", [spf], [spf, "google-site-verification=abc"], "routine"],
    ["a proof less", [spf, "google-site-verification=abc"], [spf], "look"],
    ["where reports go", ["v=DMARC1; p=none"], ["v=DMARC1; p=none; rua=mailto:dmarc@example.com"], "routine"],
    ["what is refused", ["v=DMARC1; p=none"], ["v=DMARC1; p=reject"], "look"],
    ["the kind of a key", ["v=DKIM1; p=abc"], ["v=DKIM1; k=rsa; p=abc"], "routine"],
    ["a key in two parts", ["v=DKIM1; p=abcdef"], ['v=DKIM1; p=abc""def'], "routine"],
    ["another key", ["v=DKIM1; p=abc"], ["v=DKIM1; p=def"], "look"],
  ])("%s", (_, before, after, grade) => expect(graded(text(...before), text(...after))).toBe(grade));

  test("that goes", () => {
    const rest = resource("aws:s3/bucket:Bucket", "rest");
    const of = (inputs: Inputs) => review(planOf(rest, ...record(inputs).resources.slice(1)), planOf(rest)).grade;
    expect(of(text("google-site-verification=abc"))).toBe("look");
    expect(of({ ...cname, name: "s1._domainkey.example.com" })).toBe("look");
    expect(of({ type: "CAA", records: ['0 issue "amazon.com"'] })).toBe("look");
    expect(of(cname)).toBe("stop");
  });
});

test("authorities that may issue certificates", () => {
  const of = (authority: string) => ({ type: "CAA", ttl: 300, records: [`0 issue "${authority}"`] });
  expect(graded(of("amazon.com"), of("letsencrypt.org"))).toBe("look");
});
