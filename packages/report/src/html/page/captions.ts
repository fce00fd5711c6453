import type { ViewBox } from "./view";

const kinds = { internet: "", edge: "CloudFront", loadBalancer: "load balancer", service: "service", data: "data" };
const operations = { create: "created", update: "updated", replace: "replaced", delete: "deleted", same: "" };

/** What a box is. */
export function kindOf({ kind }: ViewBox): string {
  return kinds[kind];
}

/** What stands below a name: what happens, then the size or the kind. */
export function captionOf(box: ViewBox): string {
  if (box.foldedOwner !== undefined) return box.detail ?? "open to see each";
  return [operations[box.operation], box.detail ?? kindOf(box)].filter(Boolean).join(" · ");
}
