import { firstFew } from "@fairlead/model";

import type { Permission } from "./statements";

/** The first few of what policies say. */
export const listed = (permissions: readonly Permission[]): string => firstFew([...new Set(permissions.map(textOf))], 3);

/** `AWS 123456789012 may s3:GetObject on arn:…` */
export function textOf({ principal, action, resource, conditions }: Permission): string {
  const who = principal === "" ? "" : `${principal === "*" ? "everybody" : short(principal)} may `;
  const on = resource === "" ? "" : ` on ${short(resource)}`;
  return `${who}${short(action)}${on}${conditions.length === 0 ? "" : " under conditions"}`;
}

/** `${urn:…::reports#arn}/*` → `<reports arn>/*` */
export function short(text: string): string {
  return text.replace(/\$\{urn:[^}]*::([^}#]+)#([^}]+)\}/g, "<$1 $2>").slice(0, 120);
}
