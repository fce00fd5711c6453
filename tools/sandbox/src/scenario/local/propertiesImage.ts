import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the containers run, by its first argument. */
const program = `
const [verb, argument] = process.argv.slice(2);
const verbs = {
  // Ends when it is killed, and not before.
  serve() {
    process.on("SIGTERM", () => console.log("SIGTERM"));
    require("http").createServer((_, answer) => answer.end("shop\\n")).listen(Number(argument));
  },
  wait() {
    process.on("SIGTERM", () => process.exit(0));
    setInterval(() => undefined, 1000);
  },
  end() {},
  write() { require("fs").writeFileSync(argument, "written"); },
  ask() {
    fetch("http://127.0.0.1:" + argument).then((answer) => answer.text()).then(console.log, () => process.exit(1));
  },
  get() {
    fetch(argument, { signal: AbortSignal.timeout(3000) })
      .then((answer) => answer.text()).then((text) => console.log(text.trim()), ({ name, cause }) => console.log(cause?.code ?? name));
  },
  eat() { const all = []; for (;;) all.push(Buffer.alloc(8e6, 1)); },
};
verbs[verb]();
`;

/** Its folders have files, one of them is a volume, and its health check always fails. */
const dockerfile = `FROM public.ecr.aws/docker/library/node:22-bookworm-slim
RUN mkdir /filled /declared && touch /filled/of-image /declared/of-image
VOLUME /declared
HEALTHCHECK --interval=1s --retries=1 CMD false
COPY program.js /
ENTRYPOINT ["node", "/program.js"]
CMD ["wait"]
`;

/** Writes what the image of the properties is made of. */
export function writeImage(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "program.js"), program);
  writeFileSync(join(folder, "Dockerfile"), dockerfile);
}
