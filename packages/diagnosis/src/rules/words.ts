import type { Container } from "@aws-sdk/client-ecs";
import { quoted } from "@fairlead/model";

import type { CauseId } from "../causes";
import type { Facts } from "../facts";
import type { Finding } from "../finding";
import { valueOf } from "../gather/lookout";
import { keyOf, moreStorage } from "./fixes";

type Told = Pick<Finding, "problem" | "fix"> & Partial<Pick<Finding, "key" | "changes" | "commands">>;

/** Files that a process may have open on Fargate at most. */
const mostFiles = 65_535;

/** First group of a pattern in some lines, the last one first. */
function named(lines: readonly string[], pattern: RegExp): string | undefined {
  for (const line of [...lines].reverse()) {
    const found = pattern
      .exec(line)
      ?.slice(1)
      .find((group) => group !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a program's own words say of a cause: which file, port, host or action; and what to change. */
export function fixOfWords(cause: CauseId, facts: Facts, container: Container, lines: readonly string[]): Told | undefined {
  return tellers[cause]?.(facts, container, lines);
}

const tellers: Partial<Record<CauseId, (facts: Facts, container: Container, lines: readonly string[]) => Told>> = {
  "image-architecture": (facts) => ({
    problem: "the program is for another CPU than the task's, or is a script without #! line",
    key: "runtimePlatform.cpuArchitecture",
    fix: `Build the image for ${facts.definition?.runtimePlatform?.cpuArchitecture ?? "X86_64"}; a script begins with #! and its interpreter.`,
  }),
  "read-only-file-system": (facts, { name }, lines) => {
    const file = named(
      lines.filter((line) => /EROFS|Read-only file system/i.test(line)),
      /(?:EROFS|Read-only file system)[^'"]*['"]?(\/[^'":\s]+)|(?<![\w./-])(\/[^'":=\s]{1,300})['"]?:? ?(?:\(30: )?Read-only file system|['"](\/[^'"]+)['"]/i,
    );
    const folder = file?.replace(/\/[^/]*\/?$/, "");
    const definition = facts.containers.find((each) => each.name === name);
    const shared = (facts.definition?.volumes ?? [])
      .filter(({ efsVolumeConfiguration }) => efsVolumeConfiguration)
      .map((each) => each.name);
    const mounts = (definition?.mountPoints ?? []).flatMap(({ containerPath, readOnly, sourceVolume }) =>
      containerPath && !readOnly && !shared.includes(sourceVolume) ? [containerPath] : [],
    );
    const path = facts.keyPath(name, folder ? "writableMounts" : "readonlyRootFilesystem");
    return {
      problem: `it writes to ${file ? quoted(file) : "a file"}, and its root file system is read-only`,
      key: keyOf(path),
      ...(folder && { changes: [{ path, value: [...new Set([...mounts, folder])] }] }),
      fix: "Name the folder in writableMounts, with a VOLUME of it in the Dockerfile that belongs to the user; or have the program write elsewhere.",
    };
  },
  "user-missing": (facts, { name }) => ({
    problem: `its user ${quoted(facts.containers.find((each) => each.name === name)?.user ?? "")} is not in the image`,
    key: keyOf(facts.keyPath(name, "user")),
    fix: "Add the user in the Dockerfile, or name one by its number.",
  }),
  "user-rights": (facts, { name }, lines) => {
    const file = named(
      lines,
      /(?:EACCES|[Pp]ermission denied)[^'"]*['"](\/[^'"]+)['"]|['"](\/[^'"]+)['"].*[Pp]ermission denied|(?<![\w./-])(\/[^\s'":=]{1,300}): [Pp]ermission denied/,
    );
    const user = facts.containers.find((each) => each.name === name)?.user;
    return {
      problem: `user ${quoted(user ?? "of the image")} may not do what it tries${file ? ` with ${quoted(file)}` : ""}`,
      key: keyOf(facts.keyPath(name, "user")),
      fix: "Give the user the files in the Dockerfile (COPY --chown), or set another user.",
    };
  },
  "privileged-port": (facts, { name }, lines) => {
    const port =
      Number(named(lines, /(?::|port:? ?)(\d{1,4})\b(?!.*:\d{1,4}\b)/i)) ||
      Number(facts.containers.find((each) => each.name === name)?.portMappings?.[0]?.containerPort);
    return {
      problem: `it listens on port ${port || "below 1024"}, which its user may not`,
      key: keyOf(facts.keyPath(name, "containerPort")),
      fix: "Have it listen on a port from 1024 on, such as 8080, and give that as containerPort.",
    };
  },
  ulimits: (facts, { name }, lines) => {
    const path = facts.keyPath(name, "ulimits");
    const { ulimits = [] } = facts.containers.find((each) => each.name === name) ?? {};
    const files = ulimits.find((limit) => limit.name === "nofile")?.softLimit;
    const isOfFiles = lines.some((line) => /EMFILE|too many open files|max file descriptors/i.test(line));
    const to = files === undefined ? 0 : Math.min(mostFiles, files * 2);
    const raised = ulimits.map((limit) =>
      limit.name === "nofile" ? { ...limit, softLimit: to, hardLimit: Math.max(to, limit.hardLimit ?? 0) } : limit,
    );
    return {
      problem: `it has more files open, or more processes, than its limits allow${limitsText(facts, name)}`,
      key: keyOf(path),
      // Fargate's own limit is as high as it gets: more is open than is closed.
      ...(isOfFiles && files !== undefined && files < mostFiles && { changes: [{ path, value: raised }] }),
      fix: isOfFiles ? "Close what it opens, or raise the limit of open files (nofile)." : "Let it start fewer processes and threads.",
    };
  },
  "disk-full": (facts) => ({
    problem: "its disk is full",
    key: "ephemeralStorageGiB",
    changes: moreStorage(facts),
    fix: "Give the task a larger disk, or have it write less.",
  }),
  "shared-library-missing": (_facts, _container, lines) => {
    const library = named(lines, /(?:loading shared library |libraries: )([^\s:]+)|(version `[^']+' not found)/);
    return {
      problem: `${library ? quoted(library) : "a library"} is not in the image, or an older one`,
      fix: "Install it in the stage that is run, or build on the same base image.",
    };
  },
  "interpreter-or-loader-missing": (_facts, _container, lines) => {
    const interpreter = named(lines, /\benv: (?:can't execute |exec )?['‘]?([^'’:\s]+)/);
    return {
      problem: interpreter
        ? `${quoted(interpreter)}, which the first line of a script names, is not in the image`
        : "the program is not in the image, or the interpreter or loader that it names is not",
      fix: interpreter
        ? "Install it in the stage that is run, or let the script's first line name one that the image has."
        : "Look at the first line of a script, and whether a binary was built for this base image's libc.",
    };
  },
  "module-missing": (_facts, _container, lines) => {
    const module = named(lines, /(?:Cannot find (?:module|package) |No module named )['"]?([^'"\s]+)/);
    return {
      problem: `${module ? quoted(module) : "what it is to run"} is not in the image`,
      fix: "Copy it into the stage that is run; see what .dockerignore keeps out and where WORKDIR is. A package is to be in what the build installs, such as package.json.",
    };
  },
  "unresolvable-name": (facts, { name }, lines) => {
    const host = hostOf(lines);
    const isBare = host !== undefined && !host.includes(".");
    return {
      problem: `it calls ${host ? `"${quoted(host)}"` : "a host"}, a name that nothing provides`,
      key: isBare ? "uses" : keyOf(facts.keyPath(name, "environment")),
      fix: isBare
        ? "Bind what it needs with `uses:` (data) or `calls:` (a service), and read the variables that this gives: names of a Compose file are not known on ECS."
        : "Correct the variable that the name comes from, or bind what it needs with `uses:` or `calls:`.",
    };
  },
  "dependency-unreachable": (_facts, _container, lines) => {
    const address = named(
      lines,
      /(?:ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH) ([\w.:[\]-]+)|(?:dial tcp|connection to server at|connect to|Connection to) (?:\w+:\/\/)?"?([\w.:[\]-]*\w)/i,
    );
    const isItself = address !== undefined && /^(127\.|localhost|::1|\[::1\])/.test(address);
    return {
      problem: `${address ? quoted(address) : "what it calls"} does not answer`,
      key: "uses",
      fix: isItself
        ? "Read the address from the variables that `uses:` and `calls:` give: this one is the container itself, and what it calls runs elsewhere on ECS."
        : "Look at whether it runs, and name it in `uses:` or `calls:`, which opens its port.",
    };
  },
  "task-role-permission": (facts, _container, lines) => {
    const action = named(lines, /not authorized to perform:? ([a-z0-9-]+:\w+)/i);
    return {
      problem: `the task's role ${facts.definition?.taskRoleArn?.split("/").pop() ?? ""} may not do ${action ?? "what it calls"}`,
      key: "uses",
      fix: "Bind what it needs with `uses:`, and the access that it needs there: that brings the permission.",
    };
  },
  "database-password": (facts, _container, lines) => {
    const user = named(lines, /for user ['"]?([^'"\s@]+)/);
    return {
      problem: `the database refuses the login${user ? ` of ${quoted(user)}` : ""}: ${rotatedText(facts) ?? "its password was changed, or is another one's"}`,
      key: "secrets",
      fix: "Restart the service after a rotation, since tasks keep what they started with; or have it read the secret again by itself.",
      commands: [
        `aws ecs update-service --cluster ${facts.gathered.subject.clusterArn.split("/").pop()} --service ${facts.gathered.subject.serviceName ?? "<service>"} --force-new-deployment`,
      ],
    };
  },
  "database-connections": (facts) => ({
    problem: `the database has no connection left; ${facts.service?.runningCount ?? "its"} tasks run`,
    key: facts.gathered.scalingActivities.length > 0 ? "scaling.maxCapacity" : "desiredCount",
    fix: "Hold fewer connections in each task's pool, run fewer tasks, or give the database more.",
  }),
};

/** A secret that was changed after the oldest running task had read it. */
function rotatedText({ gathered }: Facts): string | undefined {
  const oldest = Math.min(...gathered.runningTasks.map(({ startedAt }) => startedAt?.getTime() ?? Infinity));
  for (const [valueFrom, seen] of gathered.secrets) {
    const changed = valueOf(seen)?.lastChanged;
    const name = valueFrom.split(":")[6]?.replace(/-[A-Za-z0-9]{6}$/, "");
    if (changed && changed.getTime() > oldest)
      return `the secret ${quoted(name ?? valueFrom)} was changed at ${changed.toISOString()}, after tasks had read it`;
  }
  return undefined;
}

function limitsText({ containers }: Facts, name: string | undefined): string {
  const limits = containers.find((each) => each.name === name)?.ulimits ?? [];
  return limits.length > 0 ? ` (${limits.map((limit) => `${limit.name} ${limit.softLimit}`).join(", ")})` : "";
}

/** The host that could not be resolved. */
function hostOf(lines: readonly string[]): string | undefined {
  return named(
    lines,
    /(?:ENOTFOUND|EAI_AGAIN) ([\w.-]+)|for host "([^"]+)"|lookup ([\w.-]+)|host name "([^"]+)"|UnknownHostException: ([\w.-]+)|in upstream "([^"]+)"|host ['"]([\w.-]+)['"]/,
  );
}
