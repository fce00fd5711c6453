import { likelySecret } from "../src/likelySecret";
import { noSecrets, perhapsSecrets, sureSecrets } from "./likelySecrets";

test.each(sureSecrets)("%s is a secret by its form", (name, value) => {
  expect(likelySecret(name, value)?.certainty).toBe("sure");
});

test.each(perhapsSecrets)("%s may be a secret", (name, value) => {
  expect(likelySecret(name, value)?.certainty).toBe("perhaps");
});

test.each(noSecrets)("%s is none", (name, value) => {
  expect(likelySecret(name, value)).toBeUndefined();
});

test("what is said of a secret has none of it", () => {
  for (const [name, value] of [...sureSecrets, ...perhapsSecrets]) {
    const { what } = likelySecret(name, value)!;
    // "password" and the like are words of ours as well.
    for (const part of value.split(/[^\w-]+/).filter((each) => each.length > 8)) expect(what).not.toContain(part);
  }
});
