import { of } from "../workloadTypes";
import { rowsOf, type Row } from "./row";

const requestDriven = rowsOf(of.requestDriven);
const site = rowsOf(of.site);
const asService =
  "App Runner's scaling, address and certificate have no other form here: it is a web service behind the environment's load balancer.";
const noSite = "A static site is not made here yet: put the files into an image that serves them, or keep the site where it is.";

/** Keys that only Request-Driven Web Services and Static Sites have. */
export const otherTypeRows: readonly Row[] = [
  requestDriven.exact("http.healthcheck", "healthCheck.path"),
  requestDriven.exact("http.healthcheck.path", "healthCheck.path"),
  requestDriven.changed(
    "http.healthcheck.healthy_threshold",
    undefined,
    "two checks in a row tell the same: a target is taken in and left out a little earlier or later.",
  ),
  requestDriven.changed(
    "http.healthcheck.unhealthy_threshold",
    undefined,
    "two checks in a row tell the same: a target is taken in and left out a little earlier or later.",
  ),
  requestDriven.exact("http.healthcheck.interval", "healthCheck.intervalSeconds"),
  requestDriven.exact("http.healthcheck.timeout", "healthCheck.timeoutSeconds"),
  requestDriven.exact("http.alias", "routes[].host"),
  requestDriven.decide(
    "http.private",
    "It was reached from the network alone: make it a backend-service that others call, instead of one with a route.",
    { whole: true },
  ),
  requestDriven.decide("count", asService, { whole: true }),
  requestDriven.exact("tags.*", "tags.*"),
  requestDriven.decide("publish", "Declare the topics in stacks/data.ts, and bind them under uses.", { whole: true }),
  requestDriven.changed("network", undefined, "tasks run in the environment's network always.", { whole: true }),
  requestDriven.exact("observability.tracing", "tracing"),
  site.decide("http", noSite, { whole: true }),
  site.decide("files", noSite, { whole: true }),
];
