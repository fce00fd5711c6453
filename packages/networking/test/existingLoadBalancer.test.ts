import { sameProtocol } from "../src/existingLoadBalancer";

test.each([
  ["https", "HTTP"],
  ["http", "HTTPS"],
] as const)("%s of a listener that speaks %s is refused, with the way out", (protocol, spoken) => {
  expect(() => sameProtocol("test", protocol, spoken)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining("ExistingLoadBalancer test") as string,
      errors: [
        {
          propertyPath: "protocol",
          reason: `"${protocol}", and the listener speaks ${spoken}: say protocol: "${spoken.toLowerCase()}", or name another listener`,
        },
      ],
    }) as Error,
  );
});

test.each([
  ["https", "HTTPS"],
  ["http", "HTTP"],
  ["https", undefined],
  ["https", "${urn:pulumi:lookup::lookup::aws:lb/getListener:getListener::x#protocol}"],
] as const)("%s of a listener that speaks %s is let through: the embedded plan doesn't know it", (protocol, spoken) => {
  expect(() => sameProtocol("test", protocol, spoken)).not.toThrow();
});
