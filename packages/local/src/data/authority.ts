import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { LocalSettings } from "../settings";
import { authorityFile, tlsFolderIn, type ServerCertificate } from "./tls";
import { keyAlgorithm, newAuthority, newCertificate } from "./x509";

const dayMs = 24 * 60 * 60 * 1000;
const ownAuthorityFile = "authority.pem";

/** What is left of a certificate when another one takes its place. Of the authority more: what it signs must not outlive it. */
const renewal = { server: 30 * dayMs, authority: 400 * dayMs };

/**
 * Makes sure that the files are there which {@link ServerCertificate}s stand for: certificates of an authority that is this checkout's own, made once. Its
 * key, like theirs, is for its owner alone to read, and git ignores the folder. To be called before the containers start; a container that runs goes on with
 * the certificate that it began with.
 *
 * @param now for tests
 * @returns whether the authority is another one than before
 */
export async function ensureCertificates(
  settings: Pick<LocalSettings, "root" | "folder">,
  certificates: readonly ServerCertificate[],
  now = new Date(),
): Promise<boolean> {
  if (certificates.length === 0) return false;
  const folder = tlsFolderIn(settings);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, ".gitignore"), "*\n");
  const isNew = !lasts(join(folder, ownAuthorityFile), renewal.authority, now);
  const authority = await ensureAuthority(folder, now);
  for (const certificate of certificates) {
    const file = join(folder, `${certificate.name}.pem`);
    if (isGood(file, certificate, authority, now)) continue;
    write(file, await newCertificate(certificate.hosts, authority, now), 0o600);
  }
  return isNew;
}

async function ensureAuthority(folder: string, now: Date): Promise<string> {
  const file = join(folder, ownAuthorityFile);
  if (!lasts(file, renewal.authority, now)) {
    rmSync(file, { force: true });
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, await newAuthority(now), { mode: 0o600 });
    try {
      linkSync(temporary, file);
    } catch (error) {
      // Another process was first.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      rmSync(temporary, { force: true });
    }
  }
  const authority = readFileSync(file, "utf8");
  const shown = join(folder, authorityFile);
  const certificate = new X509Certificate(authority).toString();
  if (!existsSync(shown) || readFileSync(shown, "utf8") !== certificate) write(shown, certificate, 0o644);
  return authority;
}

function lasts(file: string, left: number, now: Date): boolean {
  if (!existsSync(file)) return false;
  try {
    return Date.parse(new X509Certificate(readFileSync(file)).validTo) - now.getTime() > left;
  } catch {
    return false;
  }
}

function isGood(file: string, { hosts }: ServerCertificate, authority: string, now: Date): boolean {
  if (!lasts(file, renewal.server, now)) return false;
  const text = readFileSync(file, "utf8");
  const certificate = new X509Certificate(text);
  return (
    hosts.every((host) => certificate.checkHost(host) !== undefined) &&
    certificate.verify(createPublicKey(authority)) &&
    certificate.checkPrivateKey(createPrivateKey(text)) &&
    certificate.publicKey.asymmetricKeyDetails?.namedCurve === keyAlgorithm.openssl
  );
}

/** Whole or not at all: whoever reads it meanwhile has one or the other. */
function write(file: string, text: string, mode: number): void {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, text, { mode });
  // The mode above is what umask leaves of it.
  chmodSync(temporary, mode);
  renameSync(temporary, file);
}
