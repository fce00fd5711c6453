// Preloaded: says at the end from which installed packages the process loaded modules.
process.on("exit", () => {
  const sources = Object.keys(require.cache).filter((file) => !file.endsWith(".json"));
  const packages = sources.flatMap((file) => /.*node_modules[\\/](@[^\\/]+[\\/][^\\/]+|[^\\/]+)/.exec(file)?.[1] ?? []);
  process.stderr.write(`${[...new Set(packages)].sort().join(" ")}\n`);
});
