import { readFileSync } from "node:fs";
import { join } from "node:path";

import { debianGroup, debianPasswd, usualPath, type Base } from "./base";
import type { LocalName } from "./baseName";
import { folder, link, program, script, tree } from "./layer";
import { debian, requirement } from "./parts";
import { postgresEntryPoint } from "./postgresEntryPoint";

const moto = readFileSync(join(__dirname, "../../moto/requirements.txt"), "utf8").trim();
const site = "usr/local/lib/python3.11/site-packages";

/** Stand-ins for the images that an environment on one machine consists of, beside its services' own. */
export const localBases: Record<LocalName, Base> = {
  /** registry.k8s.io/pause: as the first process of a container it must pass SIGTERM on, which tini does. */
  pause: {
    files: {
      pause: program(debian("tini"), "usr/bin/tini-static"),
      busybox: program(debian("busybox-static"), "bin/busybox"),
    },
    config: { User: "65535:65535", Env: usualPath, Entrypoint: ["/pause", "--", "/busybox", "sleep", "2147483647"] },
  },
  /** haproxy:3.2, of Debian's 2.6. */
  haproxy: {
    on: "debian",
    mergedUsr: true,
    packages: [
      ...["haproxy", "libcap2", "libgcrypt20", "libgpg-error0", "liblua5.3-0", "liblz4-1", "libopentracing-c-wrapper0"],
      ...["libopentracing1", "libssl3", "libzstd1"],
    ],
    files: {
      "etc/passwd": `${debianPasswd}haproxy:x:99:99::/var/lib/haproxy:/usr/sbin/nologin\n`,
      "etc/group": `${debianGroup}haproxy:x:99:\n`,
      "usr/local/sbin/haproxy": link("/usr/sbin/haproxy"),
      "usr/local/etc/haproxy": folder(),
      "var/lib/haproxy": folder(0o755, 99),
      // What begins with a dash is haproxy's; it stays in the foreground.
      "usr/local/bin/docker-entrypoint.sh": script(
        '#!/bin/sh\nset -e\n\nif [ "${1#-}" != "$1" ]; then\n  set -- haproxy "$@"\nfi\n\nif [ "$1" = "haproxy" ]; then\n  shift\n  set -- haproxy -W -db "$@"\nfi\n\nexec "$@"\n',
      ),
    },
    config: {
      User: "haproxy",
      Env: usualPath,
      WorkingDir: "/var/lib/haproxy",
      Entrypoint: ["docker-entrypoint.sh"],
      Cmd: ["haproxy", "-f", "/usr/local/etc/haproxy/haproxy.cfg"],
      StopSignal: "SIGUSR1",
    },
  },
  /** postgres:16, of Debian's 15, with all that the official entry point does for a first start. */
  "postgres-server": {
    on: "postgres",
    mergedUsr: true,
    files: { "usr/local/bin/docker-entrypoint.sh": script(postgresEntryPoint) },
    config: { StopSignal: "SIGINT" },
  },
  /** valkey/valkey:8, of Debian's Redis 7.0, under both names. */
  valkey: {
    on: "redis",
    mergedUsr: true,
    files: {
      "usr/local/bin/valkey-cli": link("/usr/bin/redis-cli"),
      // Redis is what the entry point gives root up for.
      "usr/local/bin/valkey-server": script('#!/bin/sh\nexec docker-entrypoint.sh redis-server "$@"\n'),
    },
    config: {},
  },
  /** floci/floci: moto in its place. */
  moto: {
    on: "python",
    mergedUsr: true,
    files: { [site]: tree(requirement(moto)) },
    config: { Env: { PYTHONDONTWRITEBYTECODE: "1" }, Cmd: ["python3", "-W", "ignore", "-m", "moto.server", "-H", "0.0.0.0", "-p", "4566"] },
  },
  /** public.ecr.aws/aws-cli/aws-cli:2, of Debian's package, with a shell. */
  "aws-cli": {
    on: "debian",
    mergedUsr: true,
    packages: [
      ...["awscli", "python3.11-minimal", "libpython3.11-minimal", "libpython3.11-stdlib"],
      ...["python3-awscrt", "python3-colorama", "python3-cryptography", "python3-cffi-backend", "python3-dateutil", "python3-six"],
      ...[
        "python3-distro",
        "python3-docutils",
        "python3-roman",
        "python3-jmespath",
        "python3-prompt-toolkit",
        "python3-wcwidth",
        "python3-pyasn1",
      ],
      ...["python3-ruamel.yaml", "python3-ruamel.yaml.clib", "python3-urllib3"],
      ...["libexpat1", "libssl3", "libsqlite3-0", "libffi8", "libbz2-1.0"],
    ],
    files: {
      "usr/bin/python3": link("python3.11"),
      aws: folder(),
      // Debian's is older than the variable.
      "usr/local/bin/aws": script('#!/bin/sh\nexec /usr/bin/aws ${AWS_ENDPOINT_URL:+--endpoint-url "$AWS_ENDPOINT_URL"} "$@"\n'),
    },
    config: { Env: { ...usualPath, PYTHONDONTWRITEBYTECODE: "1" }, WorkingDir: "/aws", Entrypoint: ["/usr/local/bin/aws"] },
  },
};
