import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/**
 * Folders where a machine may keep Terraform's plugins, each as `<host>/<namespace>/<type>/<version>/<platform>`: ours by a variable, then those
 * that Terraform itself looks into, and each folder of /opt.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
export function terraformMirrors(env: NodeJS.ProcessEnv = process.env, home = homedir(), optional = "/opt"): string[] {
  const { FAIRLEAD_TERRAFORM_PLUGINS, TF_PLUGIN_CACHE_DIR, TF_CLI_CONFIG_FILE } = env;
  const configuration = TF_CLI_CONFIG_FILE ?? join(home, ".terraformrc");
  const dataFolders = [
    env.XDG_DATA_HOME ?? join(home, ".local", "share"),
    ...(env.XDG_DATA_DIRS ?? "/usr/local/share:/usr/share").split(delimiter),
  ];
  const implied = [join(home, ".terraform.d", "plugins"), ...dataFolders.map((folder) => join(folder, "terraform", "plugins"))];
  return [FAIRLEAD_TERRAFORM_PLUGINS, TF_PLUGIN_CACHE_DIR, ...foldersIn(configuration, env), ...implied, ...subfolders(optional)].filter(
    (folder): folder is string => Boolean(folder),
  );
}

/** The cache and the mirrors that a configuration of Terraform's CLI names. */
function foldersIn(file: string, env: NodeJS.ProcessEnv): string[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, "utf8").replace(/^\s*(?:#|\/\/).*$/gm, "");
  const mirrors = [...text.matchAll(/\bfilesystem_mirror\s*\{[^}]*?\bpath\s*=\s*"([^"]+)"/g)];
  const caches = [...text.matchAll(/^\s*plugin_cache_dir\s*=\s*"([^"]+)"/gm)];
  return [...caches, ...mirrors].map(([, path]) => path!.replace(/\$\{?(\w+)\}?/g, (_, variable: string) => env[variable] ?? ""));
}

/** What is in a folder and is one; none of a folder that can't be read. */
export function subfolders(parent: string): string[] {
  try {
    const entries = readdirSync(parent, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(parent, name));
  } catch {
    return [];
  }
}
