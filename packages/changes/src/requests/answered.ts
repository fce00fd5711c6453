import { sharesOf } from "./signature";
import type { Answer, Guard, Outcome, Target } from "./model";

/** Who answers, as people say it. */
export interface Answered {
  kind: "service" | "nobody" | "redirect" | "loadBalancer" | "unknown";
  /** `api`, `api 90 %, web 10 %`, `nobody (404)`, `a redirect to https://…`, `can't tell` */
  text: string;
  /** Those that requests are forwarded to. */
  services: string[];
  /** Their owners in the manifests, of those that have one. */
  owners: string[];
}

const nobody = { services: [], owners: [] };

/** Who answers. A load balancer that says "not found", or that is not there, is nobody. */
export function answeredBy(answer: Answer | Outcome): Answered {
  switch (answer.kind) {
    case "forward":
      return forwardedTo(answer.targets, answer.guards);
    case "redirect":
      return { ...nobody, kind: "redirect", text: `a redirect to ${placeOf(answer.to)}` };
    case "fixedResponse": {
      const { statusCode } = answer;
      if (statusCode >= 400) return { ...nobody, kind: "nobody", text: `nobody (${statusCode})` };
      return { ...nobody, kind: "loadBalancer", text: `the load balancer itself (${statusCode})` };
    }
    case "refused":
      return { ...nobody, kind: "nobody", text: "nobody (connections are refused)" };
    case "unknown":
      return { ...nobody, kind: "unknown", text: `can't tell${possible(answer)}: ${answer.reason}` };
  }
}

/** ` (api or nobody (404))` */
function possible(answer: Answer | Outcome): string {
  const outcomes = "candidates" in answer ? answer.candidates.map(({ outcome }) => outcome) : [];
  const texts = outcomes.flatMap((outcome) => (outcome.kind === "unknown" ? [] : [answeredBy(outcome).text]));
  return texts.length > 0 ? ` (perhaps ${[...new Set(texts)].join(" or ")})` : "";
}

function forwardedTo(targets: readonly Target[], guards: readonly Guard[] = []): Answered {
  const all = sharesOf(targets);
  const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;
  const texts = all.map(({ name, kind, share }) => {
    const who = kind === "service" ? name : `${kind} ${name}`;
    return all.length === 1 || share === undefined ? who : `${who} ${percent(share)}`;
  });
  const owners = all.flatMap(({ owner }) => owner ?? []);
  const after = guards.length > 0 ? ` after ${guards.map(({ text }) => text).join(" and ")}` : "";
  return { kind: "service", text: `${texts.join(", ")}${after}`, services: all.map(({ name }) => name), owners: [...new Set(owners)] };
}

function placeOf({ protocol, host, port, path }: { protocol: string; host: string; port: string; path: string }): string {
  const kept = (text: string, own: string) => text === own;
  const parts = [
    kept(protocol, "#{protocol}") ? "" : `${protocol}`,
    kept(host, "#{host}") ? "" : host,
    kept(port, "#{port}") ? "" : `port ${port}`,
    kept(path, "/#{path}") ? "" : path,
  ].filter((part) => part !== "");
  return parts.join(", ") || "the same address";
}
