import { createSocket } from "node:dgram";
import { connect, createServer, type Socket } from "node:net";

/**
 * A process in the containers' network namespace: whoever asks at its socket in the file system gets a connection to a container, which is how the
 * sandbox's own process reaches them; and a name server for containers, which knows no name but those that it is told.
 *
 * use: networkRelay.ts SOCKET ADDRESS, where ADDRESS is the bridge's
 */
const [socketPath, address] = process.argv.slice(2) as [string, string];
let addressesOf: Record<string, string[]> = {};

createServer((asking) => {
  asking.on("error", () => asking.destroy());
  asking.once("data", (chunk) => {
    const [line, ...rest] = chunk.toString("latin1").split("\n");
    const [verb, ...words] = line!.split(" ");
    if (verb === "names") {
      addressesOf = JSON.parse(words.join(" ")) as Record<string, string[]>;
      return asking.end("ok\n");
    }
    lead(asking, words[0]!, Number(words[1]), Buffer.from(rest.join("\n"), "latin1"));
  });
}).listen(socketPath);

function lead(asking: Socket, host: string, port: number, first: Buffer): void {
  asking.pause();
  const container = connect({ host, port });
  const refuse = (error: NodeJS.ErrnoException) => asking.end(`${error.code}\n`);
  container.once("error", refuse);
  container.once("connect", () => {
    container.off("error", refuse).on("error", () => asking.destroy());
    asking.on("close", () => container.destroy());
    asking.write("ok\n");
    if (first.length > 0) container.write(first);
    asking.pipe(container).pipe(asking);
  });
}

const names = createSocket("udp4");
names.on("message", (query, { address: to, port }) => names.send(answerTo(query), port, to));
names.bind(53, address);

/** An answer of the one question that a query has: the addresses of a name, or that there is none such. */
function answerTo(query: Buffer): Buffer {
  const labels: string[] = [];
  let at = 12;
  while (query[at]! > 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + query[at]!));
    at += 1 + query[at]!;
  }
  const question = query.subarray(12, at + 5);
  const known = addressesOf[labels.join(".").toLowerCase()];
  const isForAddress = query.readUInt16BE(at + 1) === 1;
  const answers = known && isForAddress ? known : [];
  const head = Buffer.from(query.subarray(0, 12));
  // An answer, of the one who decides; 3 is "no such name".
  head.writeUInt16BE(0x8580 | (known ? 0 : 3), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(answers.length, 6);
  head.writeUInt32BE(0, 8);
  const records = answers.map((ip) => Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...ip.split(".").map(Number)]));
  return Buffer.concat([head, question, ...records]);
}
