import { createSocket } from "node:dgram";
import { once } from "node:events";

/** A name server of the loopback interface, as Docker's is. */
export interface NameServer {
  port: number;
  /** Name → IPv4 address. Of others it says that they don't exist. */
  addresses: Map<string, string>;
  close(): Promise<void>;
}

/** @see https://www.rfc-editor.org/rfc/rfc1035#section-4 */
export async function nameServer(): Promise<NameServer> {
  const addresses = new Map<string, string>();
  const socket = createSocket("udp4");
  socket.on("message", (query, { port, address }) => {
    const { name, type, end } = questionOf(query);
    const known = addresses.get(name);
    const answers = known !== undefined && type === 1 ? [resourceRecord(known)] : [];
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    // An answer, recursion available; 3 is "no such name".
    header.writeUInt16BE(0x8180 | (known === undefined ? 3 : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(answers.length, 6);
    socket.send(Buffer.concat([header, query.subarray(12, end), ...answers]), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    port: socket.address().port,
    addresses,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function questionOf(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  while (query[at] !== 0) {
    const length = query[at]!;
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join("."), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** For the name of the question, for a second. */
function resourceRecord(address: string): Buffer {
  return Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...address.split(".").map(Number)]);
}
