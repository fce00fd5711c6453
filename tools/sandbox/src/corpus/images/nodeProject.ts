import type { Recipe } from "../corpusImage";
import type { Layer } from "../layer";

export const server = "require('node:http').createServer((_, answer) => answer.end('ok')).listen(process.env.PORT ?? 3000);\n";
export const esm = "import { createServer } from 'node:http';\ncreateServer((_, answer) => answer.end('ok')).listen(3000);\n";
export const json = (value: object) => `${JSON.stringify(value)}\n`;
export const serving = { serves: true } as const;

/** A project in /app. */
export const project = (files: Layer, Cmd: string[], { others = {}, ...more }: Recipe & { others?: Layer } = {}): Recipe => ({
  base: "node",
  files: { ...others, ...Object.fromEntries(Object.entries(files).map(([path, content]) => [`app/${path}`, content])) },
  WorkingDir: "/app",
  Cmd,
  ...more,
});
