/** Where a program says that it listens. */
export interface Heard {
  /** Undefined where it names none. */
  port: number | undefined;
  isLoopback: boolean;
  line: string;
}

/** A line in which a program says that it is ready for requests. */
export const readyLine =
  /\b(?:listening|listens|ready (?:on|to|in|for|-)|server (?:is )?(?:started|running|ready|up)|started server|started \S+ in [\d.]+|serving|accepting connections|running (?:on|at)|available on|now listening|startup complete|http server|bound to)\b/i;

/** What programs print of an address that they listen on. */
const says = /\b(?:listen(?:ing|s)?|running|started|serving|server|bound|binding|bind|ready|available)\b|\b(?:local|network):/i;
/** What they print of addresses that they call. */
const calls = /\b(?:connect|ECONNREFUSED|refused|fetch|request|proxy_pass|upstream|database|redis|postgres|amqp|collector|exporter)/i;

/** Where a program says that it listens: loopback where it names 127.0.0.1 alone. */
export function listenedAddresses(lines: readonly string[]): Heard[] {
  const heard = lines.flatMap((line): Heard[] => {
    if (!says.test(line) || calls.test(line)) return [];
    const address =
      /(?<![\d.])(127\.0\.0\.1|localhost|\[?::1\]?|0\.0\.0\.0|\[?::\]?|\*|\d{1,3}(?:\.\d{1,3}){3}|)(?::|, ?port |\/)(\d{2,5})\b(?![.:\d])/i.exec(
        line.replace(/\d{1,2}:\d{2}:\d{2}[.,]?\d*/g, ""),
      );
    if (address) return [{ line, port: Number(address[2]), isLoopback: /^(127\.0\.0\.1|localhost|\[?::1\]?)$/i.test(address[1]!) }];
    const port = /\bport\(?s?\)?:? ?=?(\d{2,5})\b/i.exec(line)?.[1];
    return port ? [{ line, port: Number(port), isLoopback: /127\.0\.0\.1|localhost/.test(line) }] : [];
  });
  // Some print localhost as what to open on one's own machine, beside the address that they listen on.
  return heard.filter(({ isLoopback, port }) => !isLoopback || !heard.some((other) => !other.isLoopback && other.port === port));
}
