import { join, relative, resolve, sep } from "node:path";
import { variablePrefix } from "@fairlead/model";

import type { ComposeMount } from "../compose/model";
import type { LocalSettings } from "../settings";

/** A certificate that a server has, and the names by which it is called. */
export interface ServerCertificate {
  /** Of its file. */
  name: string;
  /** DNS names, the first one its common name. */
  hosts: [string, ...string[]];
}

export const authorityFile = "ca.pem";

/** By which OpenSSL looks the authority up: `openssl x509 -noout -hash -in ca.pem`. */
export const authorityHash = "973a0f24";
const trusted = "/etc/ssl/fairlead";
/** Where containers find the authority's certificate. */
export const authorityPath = `${trusted}/${authorityHash}.0`;
/** Where a server's container finds its certificate with its key, which belong to whoever wrote them on the machine. */
const mountedCertificate = "/etc/fairlead/server.pem";
/** The same, as the server may read it. */
export const serverCertificate = "/run/fairlead/server.pem";

type Folder = Pick<LocalSettings, "root" | "folder">;

/** The folder of an environment's certificates. */
export const tlsFolderIn = ({ root, folder }: Folder): string => resolve(root, folder, "tls");

/** Compose reads paths from the root, with slashes on Windows too. */
function fileMount(settings: Folder, file: string, target: string): ComposeMount {
  const path = relative(resolve(settings.root), join(tlsFolderIn(settings), file))
    .split(sep)
    .join("/");
  return { type: "bind", source: `./${path}`, target, read_only: true };
}

export const authorityMount = (settings: Folder): ComposeMount => fileMount(settings, authorityFile, authorityPath);

export const certificateMount = (settings: Folder, { name }: ServerCertificate): ComposeMount =>
  fileMount(settings, `${name}.pem`, mountedCertificate);

/**
 * What a server's container does first, as root. Servers take no key that others may read, and drop root before they read it; whose a file of the machine is
 * in a container, each Docker decides for itself.
 *
 * @param users as which the server runs: the first that the image has
 */
export const installCertificate = (...users: [string, ...string[]]): string =>
  [
    "set -eu",
    `user=$(${users.map((user) => `id -u ${user}`).join(" 2>/dev/null || ")})`,
    "mkdir -p /run/fairlead",
    `install -o "$user" -m 0600 ${mountedCertificate} ${serverCertificate}`,
  ].join("\n");

/**
 * With which programs trust the authority beside those that their image trusts. `SSL_CERT_FILE` would take its place; a list of folders adds to it, for
 * OpenSSL and what is made with it, and for Go.
 *
 * @see https://docs.openssl.org/master/man7/openssl-env/
 * @see https://nodejs.org/api/cli.html#node_extra_ca_certsfile
 */
export const trust = {
  NODE_EXTRA_CA_CERTS: authorityPath,
  SSL_CERT_DIR: [trusted, "/etc/ssl/certs", "/etc/pki/tls/certs"].join(":"),
} as const;

/** The authority by the name of what is used, for clients that want to be told: `ACCOUNTS_CA_FILE`. */
export const authorityVariable = (name: string): Record<string, string> => ({ [`${variablePrefix(name)}_CA_FILE`]: authorityPath });
