import { accessOf, bindingVariables, dataKinds, defaultAccessOf } from "../src";

test.each(dataKinds)("what a service gets of a %s by default is an access that it has", (kind) => {
  for (const serviceKind of ["web-service", "worker"]) expect(accessOf(kind)).toContain(defaultAccessOf(kind, serviceKind));
});

test("a worker stands at the other end of a queue", () => {
  expect([defaultAccessOf("queue", "worker"), defaultAccessOf("queue", "backend-service")]).toEqual(["read", "write"]);
  expect([defaultAccessOf("table", "worker"), defaultAccessOf("table", "job")]).toEqual(["readWrite", "readWrite"]);
});

test("a binding's variables begin with its name", () => {
  expect(bindingVariables("postgres", "user-accounts")).toEqual({
    environment: { HOST: "USER_ACCOUNTS_HOST", PORT: "USER_ACCOUNTS_PORT", DATABASE: "USER_ACCOUNTS_DATABASE" },
    secrets: { USERNAME: "USER_ACCOUNTS_USERNAME", PASSWORD: "USER_ACCOUNTS_PASSWORD" },
  });
});
