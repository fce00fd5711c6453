import { addressOf, consoleAddress, dashboardAddress } from "../src";
import { shop } from "../testing/shop";

test("the console's pages are those of the region and its partition", () => {
  expect(consoleAddress("eu-west-1", "shop")).toBe(
    "https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/shop/services?region=eu-west-1",
  );
  expect(consoleAddress("eu-west-1", "shop", "api")).toBe(
    "https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/shop/services/api/health?region=eu-west-1",
  );
  expect(dashboardAddress("cn-north-1", "shop")).toMatch(
    /^https:\/\/cn-north-1\.console\.amazonaws\.cn\/cloudwatch\/home\?region=cn-north-1#/,
  );
  expect(dashboardAddress("us-gov-west-1", "shop")).toMatch(/^https:\/\/us-gov-west-1\.console\.amazonaws-us-gov\.com\//);
});

test("a service answers at the host of its route, or of the environment, or at its load balancer", async () => {
  const seen = shop([
    { name: "api", routes: [{ host: "api.example.com", path: "/v1/*" }] },
    { name: "web", routes: [{ path: "/*" }] },
    { name: "worker" },
  ]);
  const [api, web, worker] = seen.inAws.services;
  await expect(addressOf(seen, api!)).resolves.toBe("https://api.example.com/v1/");
  await expect(addressOf({ ...seen, inAws: { ...seen.inAws, hosts: ["shop.example.com"] } }, web!)).resolves.toBe(
    "https://shop.example.com/",
  );
  await expect(addressOf(seen, worker!)).rejects.toThrow("worker has no route: nobody reaches it from outside.");
  await expect(addressOf(seen, web!)).rejects.toThrow("web has no load balancer in AWS.");
  const { state, arn } = seen.account;
  const [TargetGroupArn, LoadBalancerArn] = [
    arn("elasticloadbalancing", "targetgroup/web/1"),
    arn("elasticloadbalancing", "loadbalancer/app/shop/1"),
  ];
  state.targetGroups.push({ TargetGroupArn, LoadBalancerArns: [LoadBalancerArn] });
  state.loadBalancers.push({ LoadBalancerArn, DNSName: "shop-1.elb.amazonaws.com" });
  state.listeners.push({ ListenerArn: "listener", LoadBalancerArn, Protocol: "HTTP", Port: 80 });
  state.services[1]!.loadBalancers = [{ targetGroupArn: TargetGroupArn }];
  await expect(addressOf(seen, web!)).resolves.toBe("http://shop-1.elb.amazonaws.com/");
  state.listeners[0]!.Protocol = "HTTPS";
  await expect(addressOf(seen, web!)).resolves.toBe("https://shop-1.elb.amazonaws.com/");
  state.services = [];
  await expect(addressOf(seen, web!)).rejects.toThrow("web is not there: `pulumi up -s shop` brings it out.");
});
