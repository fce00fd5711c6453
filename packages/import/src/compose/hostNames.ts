/** A name where an address has its host: in a URL, before a port, or as the value of a setting within a text. */
function hostPattern(host: string): RegExp {
  const name = host.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<=//|@)${name}(?=$|[:/?#,;\\s"')])|(?<![\\w./-])${name}(?=:\\d{2,5}(?!\\d))|(?<=["'=])${name}(?=["';,]|$)`, "g");
}

/** Whether a value has a name as a host, or is that name. */
export function mentionsHost(value: string, host: string): boolean {
  return value === host || hostPattern(host).test(value);
}

/** A value with a host's name as DNS knows it. */
export function withDomain(value: string, host: string, full: string): string {
  return value === host ? full : value.replaceAll(hostPattern(host), full);
}
