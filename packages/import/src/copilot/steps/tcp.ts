import type { Field } from "../../fields/field";
import type { Translation } from "../translation";
import { secondsOf } from "./container";
import { thresholds } from "./routes";

const checkKeys = ["port", "interval", "timeout"];

/** `nlb`: one port of plain TCP. */
export function tcp(translation: Translation): void {
  const nlb = translation.root.at("nlb");
  if (!nlb) return;
  listener(translation, nlb, true);
  for (const each of nlb.at("additional_listeners")?.items() ?? []) listener(translation, each, false);
  nlb.at("alias")?.claim();
}

function listener(translation: Translation, field: Field, isMain: boolean): void {
  const port = field.at("port");
  const [number, protocol = "tcp"] = (port?.text() ?? "").split("/");
  const isPlain = protocol.toLowerCase() === "tcp";
  const own = translation.root.at("image", "port")?.number();
  const target = field.at("target_port");
  const targetPort = target?.number() ?? Number(number);
  if (port && isMain && isPlain && /^\d+$/.test(number!)) {
    translation.set("tcp", { port: Number(number) });
    translation.needsNetworkLoadBalancer = true;
    port.claim();
  } else
    port?.claim({
      outcome: "decide",
      was: port.text(),
      text: isMain
        ? "The network load balancer hands plain TCP on: neither TLS nor UDP."
        : "A service has one port of the network load balancer.",
    });
  const isOwn = targetPort === own;
  if (target)
    target.claim(
      isOwn
        ? {}
        : {
            outcome: "decide",
            was: target.text(),
            now: String(own),
            text: "Traffic goes to containerPort alone: have the program listen there.",
          },
    );
  const container = field.at("target_container");
  container?.claim(container.text() === translation.root.at("name")?.text() ? { outcome: "exact", to: undefined } : {});
  field.at("ssl_policy")?.claim();
  field.at("stickiness")?.claim(field.at("stickiness")!.boolean() ? {} : { outcome: "exact", to: undefined });
  const delay = secondsOf(field.at("deregistration_delay"));
  if (isMain) translation.set("deregistrationDelaySeconds", delay);
  const check = field.at("healthcheck");
  for (const key of checkKeys) check?.at(key)?.claim();
  // The check of the network load balancer has its own.
  if (check) thresholds(translation, check, false);
}
