import { haproxyConfiguration } from "../src/proxy/haproxyConfiguration";
import { localListeners } from "../src/proxy/listeners";
import { nameServer } from "../testing/proxyNames";
import { albOf, forwardTo, targetGroup } from "../testing/proxyPlans";
import { describeWithHaproxy, freePorts, startProxy } from "../testing/proxyProcess";
import { askOverWire, echoTarget, until } from "../testing/proxyTargets";

describeWithHaproxy("names", (haproxy) => {
  test("a target is registered from when its name leads somewhere to when it doesn't, also at another address", async () => {
    const [port, statusPort] = await freePorts(2);
    const names = await nameServer();
    const target = await echoTarget("api");
    const plan = albOf(forwardTo("api"), targetGroup("api"));
    const configuration = haproxyConfiguration({
      listeners: localListeners(plan).map((listener) => ({ ...listener, localPort: port! })),
      targetGroupOf: (urn) => plan.resources.find((resource) => resource.urn === urn),
      targetOf: () => ({ host: "api-network", port: target.port }),
      statusPort,
    });
    const proxy = await startProxy(haproxy, configuration.replace("parse-resolv-conf", `nameserver test 127.0.0.1:${names.port}`), [port!]);
    const answers = (status: number) =>
      until(async () => (await askOverWire({ port: port!, url: "/", host: "shop.example.com" })).status === status);
    try {
      expect(await answers(503)).toBe(true);
      names.addresses.set("api-network", "127.0.0.1");
      expect(await answers(200)).toBe(true);
      // By its health check, and not only because none is healthy.
      const isUp = async () => /^[^,]+,api-network,.*,UP,/m.test(await (await fetch(`http://127.0.0.1:${statusPort}/;csv`)).text());
      expect(await until(isUp)).toBe(true);
      // Nobody listens there: the container is another one, and has not started its program.
      names.addresses.set("api-network", "127.0.0.77");
      expect(await answers(502)).toBe(true);
      names.addresses.set("api-network", "127.0.0.1");
      expect(await answers(200)).toBe(true);
      names.addresses.delete("api-network");
      expect(await answers(503)).toBe(true);
    } finally {
      await Promise.all([proxy.stop(), names.close(), target.close()]);
    }
  });
});
