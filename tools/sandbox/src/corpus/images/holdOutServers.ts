import { beyond, toldAlone } from "../classes";
import { imagesOf, shellForm, type Recipe } from "../corpusImage";
import { link, program, script, tree, type Layer } from "../layer";
import { debian, pypi } from "../parts";
import { on, together } from "./common";

const serving = { serves: true } as const;
const envsubst = program(debian("gettext-base"), "usr/bin/envsubst");
const site = "server {\n  listen ${PORT};\n  location / { root /usr/share/nginx/html; }\n}\n";
/** What nginx's image does with templates, and an image built on it. */
const templates = (more: Layer = {}): Layer => ({
  "docker-entrypoint.d/20-templates.sh": script(
    '#!/bin/sh\nset -e\nfrom=/etc/nginx/templates\n[ -d "$from" ] || exit 0\nnames=$(printf \'${%s} \' $(env | cut -d= -f1))\nfind "$from" -type f -name "*.template" | while read -r file; do\n  envsubst "$names" < "$file" > "/etc/nginx/conf.d/$(basename "$file" .template)"\ndone\n',
  ),
  "etc/nginx/templates/default.conf.template": site,
  ...more,
});
const unprivileged: Layer = {
  "etc/nginx/nginx.conf":
    "pid /tmp/nginx.pid;\nerror_log /dev/stderr;\nevents {}\nhttp {\n  access_log off;\n  client_body_temp_path /tmp/body;\n  proxy_temp_path /tmp/proxy;\n  fastcgi_temp_path /tmp/fastcgi;\n  uwsgi_temp_path /tmp/uwsgi;\n  scgi_temp_path /tmp/scgi;\n  server { listen 8080; }\n}\n",
};

const fpm: Layer = {
  "usr/local/sbin/php-fpm": program(debian("php8.2-fpm"), "usr/sbin/php-fpm8.2"),
  ...together("usr/lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu", "libapparmor1", "libgcrypt20", "liblz4-1", "libzstd1"),
  ...together("usr/lib/x86_64-linux-gnu/./././.", "lib/x86_64-linux-gnu", "libcap2", "libgpg-error0"),
  "etc/php/8.2/fpm/php-fpm.conf":
    "[global]\ndaemonize = no\nerror_log = /proc/self/fd/2\n[www]\nuser = www-data\ngroup = www-data\nlisten = 9000\npm = static\npm.max_children = 1\n",
};

const puma: Layer = {
  "usr/bin/ruby": link("ruby3.1"),
  "usr/bin/puma": program(debian("puma"), "usr/bin/puma"),
  ...together("usr/lib/x86_64-linux-gnu/rubygems-integration", "usr/lib/x86_64-linux-gnu/rubygems-integration", "puma", "ruby-nio4r"),
  ...together("usr/share/rubygems-integration", "usr/share/rubygems-integration", "ruby-rack", "ruby-bundler"),
  "usr/bin/bundle": program(debian("ruby-bundler"), "usr/bin/bundle"),
};
const rack = "run ->(_) { [200, {}, ['ok']] }\n";
const rails = (text: string, mode = 0o755) => script(`#!/usr/bin/env ruby\n${text}`, mode);
const railsEntry = script(
  '#!/bin/bash -e\nif [ -z "${LD_PRELOAD+x}" ] && [ -f /usr/lib/*/libjemalloc.so.2 ]; then\n  export LD_PRELOAD="$(echo /usr/lib/*/libjemalloc.so.2)"\nfi\nif [ "${1}" == "./bin/rails" ] && [ "${2}" == "server" ]; then\n  ./bin/rails db:prepare\nfi\nexec "${@}"\n',
);
const railsApp = (files: Layer, Cmd = ["./bin/rails", "server"], more: Recipe = {}): Recipe =>
  on("ruby", { "rails/bin/docker-entrypoint": railsEntry, ...files }, Cmd, {
    WorkingDir: "/rails",
    Entrypoint: ["/rails/bin/docker-entrypoint"],
    ...more,
  });
const prepares = "exit if ARGV == ['db:prepare']\nsleep\n";

const supervisor: Layer = {
  "usr/local/lib/python3.11/site-packages": tree(pypi("supervisor==4.3.0")),
  "usr/local/bin/supervisord": script(
    "#!/usr/local/bin/python3.11\nimport sys\nfrom supervisor.supervisord import main\nsys.exit(main())\n",
  ),
};
const supervised = (command: string) =>
  `[supervisord]\nnodaemon=true\nuser=root\nlogfile=/dev/null\nlogfile_maxbytes=0\n[program:web]\ncommand=${command}\nautorestart=true\n`;

export const holdOutServers = [
  ...imagesOf("interpreter's argument", {
    "puma-configuration-missing": on("ruby", { ...puma, "app/config.ru": rack }, ["puma", "-C", "config/puma.rb"], { WorkingDir: "/app" }),
    "bundle-without-a-gemfile": on("ruby", { ...puma, "app/config.ru": rack }, ["bundle", "exec", "puma"], { WorkingDir: "/app" }),
    "laravel-worker-in-another-folder": on("php", { "var/www/artisan": "<?php sleep(3600);\n" }, ["php", "artisan", "queue:work"], {
      WorkingDir: "/var/www/html",
    }),
    "php-fpm": on("php", fpm, ["php-fpm"], { WorkingDir: "/var/www/html", ...serving }),
    "php-fpm-in-the-foreground-as-a-user": on("php", fpm, ["php-fpm", "--nodaemonize"], { task: { user: "www-data" }, ...serving }),
    "puma-with-config-ru": on("ruby", { ...puma, "app/config.ru": rack }, ["puma", "-p", "3000", "-t", "1:2"], {
      WorkingDir: "/app",
      ...serving,
    }),
  }),
  ...imagesOf("command", {
    "apache-of-another-image": on("php", { "var/www/html/index.php": "<?php\n" }, ["apache2-foreground"]),
  }),
  ...imagesOf("entry point script", {
    "nginx-entry-point-with-windows-ends": on("nginx", {
      "docker-entrypoint.d/30-site.sh": script("#!/bin/sh\r\necho site\r\n"),
    }),
    "nginx-template-without-envsubst": on("nginx", { "etc/nginx/site.template": site }, undefined, {
      Entrypoint: ["/bin/sh", "-c"],
      Cmd: ["set -e; envsubst '$PORT' < /etc/nginx/site.template > /etc/nginx/conf.d/default.conf; exec nginx -g 'daemon off;'"],
    }),
    "nginx-template-without-envsubst-in-a-chain": on(
      "nginx",
      { "etc/nginx/site.template": site },
      shellForm("envsubst < /etc/nginx/site.template > /etc/nginx/conf.d/default.conf && exec nginx -g 'daemon off;'"),
    ),
    "rails-with-windows-ends": railsApp({ "rails/bin/rails": script("#!/usr/bin/env ruby\r\nsleep\r\n") }),
    "rails-without-the-bit": railsApp({ "rails/bin/rails": rails(prepares, 0o644) }),
    "rails-of-a-newer-ruby": railsApp({ "rails/bin/rails": script(`#!/usr/bin/env ruby3.3\n${prepares}`) }),
    "postgres-script-before-it-with-windows-ends": on(
      "postgres",
      { "start.sh": script('#!/bin/bash\r\nexec docker-entrypoint.sh "$@"\r\n') },
      ["postgres"],
      {
        Entrypoint: ["/start.sh"],
      },
    ),
    "nginx-with-templates": on("nginx", templates({ "usr/bin/envsubst": envsubst }), undefined, {
      task: { environment: { PORT: "8080" } },
      ...serving,
    }),
    "nginx-scripts-that-are-passed-over": on(
      "nginx",
      {
        "docker-entrypoint.d/40-off.sh": script("#!/bin/missing\n", 0o644),
        "docker-entrypoint.d/README": "no script\n",
        "docker-entrypoint.d/50-warm.sh": script('#!/bin/sh\nset -e\nif [ -n "$WARM" ]; then curl -s localhost; fi\n'),
      },
      undefined,
      serving,
    ),
    "nginx-as-a-user-and-read-only": on("nginx", unprivileged, undefined, {
      User: "101",
      task: { readonlyRootFilesystem: true, writableMounts: ["/tmp"], user: "0" },
      ...serving,
    }),
    "rails-prepares-and-serves": railsApp({ "rails/bin/rails": rails(prepares) }, undefined, serving),
    "rails-with-jemalloc": railsApp(
      { "rails/bin/rails": rails(prepares), "usr/lib/x86_64-linux-gnu": tree(debian("libjemalloc2"), "usr/lib/x86_64-linux-gnu") },
      ["./bin/rails", "server", "-p", "3000"],
      { Env: { RAILS_ENV: "production" }, ...serving },
    ),
    "redis-with-a-password-of-the-task": on("redis", {}, undefined, {
      task: {
        command: ["sh", "-c", 'exec redis-server --requirepass "$REDIS_PASSWORD" --appendonly no'],
        environment: { REDIS_PASSWORD: "not-secret" },
      },
      ...serving,
    }),
    "redis-with-a-file": on(
      "redis",
      { "usr/local/etc/redis/redis.conf": 'port 6380\nsave ""\n' },
      ["/usr/local/etc/redis/redis.conf"],
      serving,
    ),
    "postgres-with-options-of-the-task": on("postgres", {}, undefined, {
      task: {
        command: ["-c", "max_connections=20", "-c", "shared_buffers=16MB"],
        environment: { POSTGRES_HOST_AUTH_METHOD: "trust" },
        healthCheck: ["CMD-SHELL", "pg_isready -U postgres || exit 1"],
      },
      ...serving,
    }),
  }),
  ...imagesOf("health check", {
    "health-check-of-redis": on("redis", {}, undefined, {
      task: { healthCheck: ["CMD-SHELL", "redis-cli ping | grep -q PONG"] },
      ...serving,
    }),
    "health-check-of-php-fpm-without-its-client": on("php", fpm, ["php-fpm"], {
      task: { healthCheck: ["CMD-SHELL", "SCRIPT_NAME=/ping REQUEST_METHOD=GET cgi-fcgi -bind -connect 127.0.0.1:9000 || exit 1"] },
    }),
    "health-check-of-nginx-by-its-configuration": on("nginx", {}, undefined, {
      task: { healthCheck: ["CMD", "nginx", "-t"] },
      ...serving,
    }),
  }),
  ...imagesOf(toldAlone, {
    "nginx-goes-to-the-background": on("nginx", {}, ["nginx"], serving),
    "nginx-goes-to-the-background-and-a-tail-stays": on("nginx", {}, shellForm("nginx && tail -f /dev/null"), serving),
    "redis-goes-to-the-background": on("redis", {}, ["redis-server", "--daemonize", "yes"], serving),
    "php-fpm-goes-to-the-background": on("php", fpm, ["php-fpm", "-D"], serving),
    "site-is-rewritten-in-a-read-only-root": on(
      "nginx",
      {
        ...unprivileged,
        "start.sh": script("#!/bin/sh\nset -e\nsed -i s/a/b/ /usr/share/nginx/html/index.html\nexec nginx -g 'daemon off;'\n"),
      },
      ["/start.sh"],
      { task: { readonlyRootFilesystem: true, writableMounts: ["/tmp"] } },
    ),
  }),
  ...imagesOf(beyond, {
    "nginx-option-in-two-words": on("nginx", {}, ["nginx", "-g", "daemon", "off;"]),
    "redis-file-missing": on("redis", {}, ["redis-server", "/usr/local/etc/redis/redis.conf"]),
    "supervisord-without-a-file": on("python", supervisor, ["supervisord", "-n", "-c", "/etc/supervisor/supervisord.conf"]),
    "supervisord-with-a-program": on(
      "python",
      { ...supervisor, "etc/supervisord.conf": supervised("sleep 3600") },
      ["supervisord"],
      serving,
    ),
    "supervisord-with-a-program-that-is-missing": on(
      "python",
      { ...supervisor, "etc/supervisor.conf": supervised("/opt/gone --port 80") },
      ["supervisord", "-c", "/etc/supervisor.conf"],
      serving,
    ),
  }),
];
