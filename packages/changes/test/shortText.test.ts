import { withNames } from "../src";
import { urnOf } from "./plans";

const urn = urnOf("docker-build:index:Index", "api");

test.each([
  ["${" + urn + "#ref}", "<api ref>"],
  ["https://${" + urn + "#ref}/x", "https://<api ref>/x"],
  [JSON.stringify({ image: { $output: `${urn}#ref` } }), '{"image":<api ref>}'],
  ["postgres://shop:geheim@db/${HOME}", "postgres://…@db/${HOME}"],
])("%s is read as %s", (text, expected) => expect(withNames(text)).toBe(expected));
