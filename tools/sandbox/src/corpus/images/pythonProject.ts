import type { Recipe } from "../corpusImage";
import { script, tree, type Content, type Layer } from "../layer";
import { pypi, type Part } from "../parts";

export const serving = { serves: true } as const;
export const packages = "usr/local/lib/python3.11/site-packages";
export const loop = "import threading\n\nthreading.Event().wait()\n";
export const asgi = "async def app(scope, receive, send):\n    assert scope['type'] == 'lifespan'\n";
export const wsgi = "def app(environ, start):\n    start('200 OK', [])\n    return [b'ok']\n";
export const usual = "/usr/local/bin:/usr/bin:/bin";

/** Wheels side by side in a folder, as pip installs them. */
export const installed = (names: (string | Part)[], target = packages): Layer =>
  Object.fromEntries(names.map((name, index) => [`${target}${"/.".repeat(index)}`, tree(typeof name === "string" ? pypi(name) : name)]));
export const commandOf = (module: string, name: string, interpreter = "/usr/local/bin/python3.11"): Content =>
  script(`#!${interpreter}\nimport sys\nfrom ${module} import ${name}\nsys.exit(${name}())\n`);

/** A project in /code, on an image with Flask, gunicorn and uvicorn. */
export const project = (files: Layer, Cmd: string[], { others = {}, ...more }: Recipe & { others?: Layer } = {}): Recipe => ({
  base: "python-web",
  files: { ...others, ...Object.fromEntries(Object.entries(files).map(([path, content]) => [`code/${path}`, content])) },
  WorkingDir: "/code",
  Cmd,
  ...more,
});
export const on = (base: Recipe["base"], { base: _, ...recipe }: Recipe): Recipe => ({ base, ...recipe });
