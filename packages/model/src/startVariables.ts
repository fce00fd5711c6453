/**
 * Variables that decide how a program is found and how it starts. The values of all others are of no use to an inspection, which is made again
 * whenever what it was given changes.
 */
export const startVariableNames: ReadonlySet<string> = new Set([
  "PATH",
  "HOME",
  // Linux's loaders.
  "LD_LIBRARY_PATH",
  "LD_PRELOAD",
  // Shells.
  "ENV",
  "BASH_ENV",
  "CDPATH",
  // Languages.
  "NODE_OPTIONS",
  "NODE_PATH",
  "NODE_PRESERVE_SYMLINKS",
  "NODE_PRESERVE_SYMLINKS_MAIN",
  "npm_config_ignore_scripts",
  "NPM_CONFIG_IGNORE_SCRIPTS",
  "npm_config_script_shell",
  "NPM_CONFIG_SCRIPT_SHELL",
  "PYTHONHOME",
  "PYTHONPATH",
  "PYTHONSAFEPATH",
  "PYTHONUSERBASE",
  "GUNICORN_CMD_ARGS",
  "UVICORN_APP",
  "UVICORN_APP_DIR",
  "UVICORN_RELOAD",
  "UVICORN_WORKERS",
  "FLASK_APP",
  "FLASK_DEBUG",
  "FLASK_ENV",
  "WEB_CONCURRENCY",
  "CLASSPATH",
  "JAVA_TOOL_OPTIONS",
  "JDK_JAVA_OPTIONS",
  "GEM_HOME",
  "GEM_PATH",
  "RUBYLIB",
  "RUBYOPT",
  "BUNDLE_GEMFILE",
  "BUNDLE_APP_CONFIG",
  "BUNDLE_PATH",
  "DOTNET_ROOT",
  "DOTNET_ROLL_FORWARD",
  "TZ",
  // Where programs put what they need for a while.
  "TMPDIR",
]);

/** Of a container's variables those that decide how it starts. */
export function startVariables<T>(environment: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => startVariableNames.has(name)));
}
