import type { Container } from "../container/container";
import { namesIn, open } from "../programs/toldFile";

/** Accounts whose own files are looked for. */
const mostAccounts = 1000;

/** Homes of whoever a program may run as. */
export function homesIn(container: Container): string[] {
  const { environment, tree } = container;
  const accounts = open("/etc/passwd", container);
  const lines = accounts.kind === "file" ? (accounts.text ?? "").split("\n", mostAccounts) : [];
  // Debian's `sys` lives in /dev, where nobody installs anything.
  const ofAccounts = lines.map((line) => line.split(":")[5]).filter((home) => !/^\/(dev|proc|sys)(\/|$)/.test(home ?? ""));
  const homes = ["/root", environment.get("HOME"), ...ofAccounts, ...namesIn("/home", tree).map((name) => `/home/${name}`)];
  return [...new Set(homes)].filter((home): home is string => home?.startsWith("/") ?? false);
}
