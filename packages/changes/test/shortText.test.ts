import { withNames } from "../src";
import { urnOf } from "../testing/plans";

const urn = urnOf("docker-build:index:Index", "api");

test.each([
  ["${" + urn + "#ref}", "<api ref>"],
  ["https://${" + urn + "#ref}/x", "https://<api ref>/x"],
  [JSON.stringify({ image: { $output: `${urn}#ref` } }), '{"image":<api ref>}'],
  [
    "${urn:pulumi:lookup::lookup::aws:ec2/getSubnets:getSubnets::looked up in vpc-0a1b: public#subnetId[0]}",
    "<looked up in vpc-0a1b: public subnetId[0]>",
  ],
  ["postgres://shop:geheim@db/${HOME}", "postgres://…@db/${HOME}"],
])("%s is read as %s", (text, expected) => expect(withNames(text)).toBe(expected));
