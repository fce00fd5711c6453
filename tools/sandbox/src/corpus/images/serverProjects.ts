import { beyond } from "../classes";
import { imagesOf, shellForm } from "../corpusImage";
import { folder, link, program, script, tree, type Layer } from "../layer";
import { debian } from "../parts";
import { on, staticProgram, together } from "./common";

const serving = { serves: true } as const;
const libraries = "usr/lib/x86_64-linux-gnu";
const fpm: Layer = {
  "usr/local/sbin/php-fpm": program(debian("php8.2-fpm"), "usr/sbin/php-fpm8.2"),
  ...together(libraries, libraries, "libapparmor1", "libgcrypt20", "liblz4-1", "libzstd1"),
  ...together(`${libraries}/./././.`, "lib/x86_64-linux-gnu", "libcap2", "libgpg-error0"),
  "etc/php/8.2/fpm/php-fpm.conf":
    "[global]\nerror_log = /proc/self/fd/2\n[www]\nuser = www-data\ngroup = www-data\nlisten = 127.0.0.1:9000\npm = static\npm.max_children = 1\n",
};
const nginx: Layer = {
  "usr/sbin/nginx": program(debian("nginx"), "usr/sbin/nginx"),
  "etc/nginx/mime.types": "types {}\n",
  "etc/nginx/fastcgi_params": "fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;\n",
  "etc/nginx/nginx.conf":
    "user www-data;\npid /run/nginx.pid;\nerror_log /dev/stderr;\nevents {}\nhttp {\n  access_log off;\n  include mime.types;\n  server {\n    listen 8080;\n    root /var/www/html/public;\n    location ~ \\.php$ {\n      include fastcgi_params;\n      fastcgi_pass 127.0.0.1:9000;\n    }\n  }\n}\n",
  "var/log/nginx": folder(),
  "var/lib/nginx": folder(),
};
/** What Composer loads packages with. */
const vendor = { "var/www/html/vendor/autoload.php": "<?php\nreturn new stdClass();\n" };
const artisan = script(
  "#!/usr/bin/env php\n<?php\nrequire __DIR__.'/vendor/autoload.php';\nif (in_array($argv[1] ?? '', ['octane:start', 'queue:work'])) { while (true) { sleep(1); } }\n",
);
const laravel: Layer = {
  "var/www/html/artisan": artisan,
  "var/www/html/public/index.php": "<?php require __DIR__.'/../vendor/autoload.php';\n",
};
const laravelEntry = script(
  '#!/bin/sh\nset -e\n\nrole=${CONTAINER_ROLE:-app}\nif [ "$APP_ENV" != "local" ]; then\n  (cd /var/www/html && php artisan config:cache && php artisan route:cache)\nfi\nif [ "$role" = "app" ]; then\n  exec "$@"\nelif [ "$role" = "queue" ]; then\n  exec php /var/www/html/artisan queue:work --tries=3\nelse\n  echo "no such role: $role"\n  exit 1\nfi\n',
);
/** Copies an application to where it is served from, and writes its configuration: as the images of content management systems do. */
const contentEntry = script(
  '#!/usr/bin/env bash\nset -Eeuo pipefail\n\nif [[ "$1" == apache2* ]] || [ "$1" = "php-fpm" ]; then\n  uid="$(id -u)"\n  gid="$(id -g)"\n  if [ "$uid" = "0" ]; then\n    case "$1" in\n      apache2*)\n        user="${APACHE_RUN_USER:-www-data}"\n        group="${APACHE_RUN_GROUP:-www-data}"\n        user="${user#\'#\'}"\n        ;;\n      *)\n        user="www-data"\n        group="www-data"\n        ;;\n    esac\n  else\n    user="$uid"\n    group="$gid"\n  fi\n\n  if [ ! -e index.php ] && [ ! -e app/version.php ]; then\n    if [ "$uid" = "0" ] && [ "$(stat -c "%u:%g" .)" = "0:0" ]; then\n      chown "$user:$group" .\n    fi\n    echo >&2 "not found in $PWD - copying now"\n    if [ -n "$(find -mindepth 1 -maxdepth 1 -not -name app)" ]; then\n      echo >&2 "WARNING: $PWD is not empty"\n    fi\n    sourceTar=(--create --file - --directory /usr/src/shop --owner "$user" --group "$group")\n    targetTar=(--extract --file -)\n    if [ "$uid" != "0" ]; then\n      targetTar+=(--no-overwrite-dir)\n    fi\n    tar "${sourceTar[@]}" . | tar "${targetTar[@]}"\n  fi\n\n  shopEnvs=( "${!SHOP_@}" )\n  if [ ! -s config.php ] && [ "${#shopEnvs[@]}" -gt 0 ]; then\n    for config in config-docker.php /usr/src/shop/config-docker.php; do\n      if [ -s "$config" ]; then\n        awk \'/put your unique phrase here/ { print "x"; next } { print }\' "$config" > config.php\n        break\n      fi\n    done\n  fi\nfi\n\nexec "$@"\n',
);

const puma: Layer = {
  "usr/bin/ruby": link("ruby3.1"),
  "usr/bin/puma": program(debian("puma"), "usr/bin/puma"),
  ...together(`${libraries}/rubygems-integration`, `${libraries}/rubygems-integration`, "puma", "ruby-nio4r"),
  ...together("usr/share/rubygems-integration", "usr/share/rubygems-integration", "ruby-rack", "ruby-bundler"),
  "usr/bin/bundle": program(debian("ruby-bundler"), "usr/bin/bundle"),
};
const rack: Layer = {
  "app/config.ru": "require_relative 'app'\nrun ->(_) { [200, {}, [Shop::NAME]] }\n",
  "app/app.rb": "module Shop\n  NAME = 'shop'\nend\n",
  "app/config/puma.rb": "threads 1, 2\nport ENV.fetch('PORT', 3000)\nplugin :tmp_restart\n",
};
const gemfile = "source 'https://rubygems.org'\ngem 'puma'\ngem 'rack'\n";
const exporter = program(debian("prometheus-node-exporter"), "usr/bin/prometheus-node-exporter");
const haproxy: Layer = {
  "usr/sbin/haproxy": program(debian("haproxy"), "usr/sbin/haproxy"),
  ...together(
    libraries,
    libraries,
    ...["liblua5.3-0", "libopentracing-c-wrapper0", "libopentracing1", "libssl3", "libgcrypt20", "liblz4-1", "libzstd1"],
  ),
  ...together(`${libraries}/./././././././.`, "lib/x86_64-linux-gnu", "libcap2", "libgpg-error0"),
  "usr/local/etc/haproxy/haproxy.cfg":
    "global\n  maxconn 10\ndefaults\n  mode http\n  timeout connect 1s\n  timeout client 1s\n  timeout server 1s\nfrontend web\n  bind :8080\n",
  "usr/local/bin/docker-entrypoint.sh": script(
    '#!/bin/sh\nset -e\n\nif [ "${1#-}" != "$1" ]; then\n  set -- haproxy "$@"\nfi\nif [ "$1" = "haproxy" ]; then\n  shift\n  set -- haproxy -W -db "$@"\nfi\nexec "$@"\n',
  ),
};
const metricsEntry = script(
  '#!/bin/bash -e\n\nPERMISSIONS_OK=0\nif [ ! -r "$SHOP_CONFIG" ]; then\n  echo "SHOP_CONFIG=\'$SHOP_CONFIG\' is not readable."\n  PERMISSIONS_OK=1\nfi\nif [ ! -w "$SHOP_DATA" ]; then\n  echo "SHOP_DATA=\'$SHOP_DATA\' is not writable."\n  PERMISSIONS_OK=1\nfi\nif [ $PERMISSIONS_OK -eq 1 ]; then\n  echo "You may have issues with file permissions."\nfi\n\nfor VAR_NAME in $(env | grep "^SHOP_[^=]\\+__FILE=.\\+" | sed -r "s/([^=]*)__FILE=.*/\\1/g"); do\n  VAR_NAME_FILE="$VAR_NAME"__FILE\n  if [ "${!VAR_NAME}" ]; then\n    echo >&2 "ERROR: Both $VAR_NAME and $VAR_NAME_FILE are set"\n    exit 1\n  fi\n  export "$VAR_NAME"="$(< "${!VAR_NAME_FILE}")"\ndone\n\nexport HOME="$SHOP_DATA"\nif [ -n "${SHOP_PLUGINS}" ]; then\n  OLDIFS=$IFS\n  IFS=","\n  for plugin in ${SHOP_PLUGINS}; do\n    IFS=$OLDIFS\n    shop-cli plugins install "$plugin"\n  done\nfi\n\nexec exporter --web.listen-address=":${PORT:-9100}" "$@"\n',
);

export const serverProjects = [
  ...imagesOf("entry point script", {
    "php-fpm-behind-nginx-in-one-text": on(
      "php",
      { ...fpm, ...nginx, ...vendor, ...laravel },
      shellForm("php-fpm -D && nginx -g 'daemon off;'"),
      { Entrypoint: [], ...serving },
    ),
    "laravel-behind-its-entry-point": on(
      "php",
      { ...vendor, ...laravel, "usr/local/bin/start": laravelEntry },
      ["php", "artisan", "octane:start", "--host=0.0.0.0"],
      {
        WorkingDir: "/var/www/html",
        Entrypoint: ["/usr/local/bin/start"],
        task: { environment: { APP_ENV: "production" } },
        ...serving,
      },
    ),
    "content-management-with-php-fpm": on(
      "php",
      {
        ...fpm,
        "usr/src/shop/index.php": "<?php\n",
        "usr/src/shop/config-docker.php": "<?php // put your unique phrase here\n",
        "var/www/html": folder(),
        "usr/local/bin/shop-entrypoint.sh": contentEntry,
      },
      ["php-fpm", "-F"],
      {
        WorkingDir: "/var/www/html",
        Volumes: { "/var/www/html": {} },
        Entrypoint: ["shop-entrypoint.sh"],
        task: { environment: { SHOP_DB_HOST: "db" } },
        ...serving,
      },
    ),
    "metrics-with-the-checks-of-its-folders": on(
      "debian",
      { "usr/local/bin/exporter": exporter, "run.sh": metricsEntry, "etc/shop.ini": "", "var/lib/shop": folder(0o777) },
      [],
      { Entrypoint: ["/run.sh"], User: "472", Env: { SHOP_CONFIG: "/etc/shop.ini", SHOP_DATA: "/var/lib/shop" }, ...serving },
    ),
    "haproxy-behind-its-entry-point": on("debian", haproxy, ["haproxy", "-f", "/usr/local/etc/haproxy/haproxy.cfg"], {
      Entrypoint: ["docker-entrypoint.sh"],
      ...serving,
    }),
    "nginx-with-a-script-of-the-user-before-it": on(
      "nginx",
      {
        "docker-entrypoint.d/15-settings.sh": script(
          '#!/bin/sh\nset -eu\ncat <<EOF > /usr/share/nginx/html/settings.js\nwindow.settings = { api: "${API_URL:-}" };\nEOF\n',
        ),
      },
      undefined,
      { task: { environment: { API_URL: "https://api.example.com" } }, ...serving },
    ),

    "laravel-whose-packages-were-ignored": on(
      "php",
      { ...laravel, "usr/local/bin/start": laravelEntry },
      ["php", "artisan", "octane:start"],
      {
        WorkingDir: "/var/www/html",
        Entrypoint: ["/usr/local/bin/start"],
        task: { environment: { APP_ENV: "production" } },
      },
    ),
    "nginx-copied-into-php-without-its-libraries": on(
      "php",
      {
        ...fpm,
        ...nginx,
        "usr/sbin/nginx": program(debian("nginx"), "usr/sbin/nginx"),
        "usr/lib/x86_64-linux-gnu/libssl.so.3": { removed: true },
      },
      shellForm("php-fpm -D && nginx -g 'daemon off;'"),
      {
        Entrypoint: [],
      },
    ),
    "script-before-nginx-without-its-tool": on(
      "nginx",
      {
        "start.sh": script(
          "#!/bin/sh\nset -e\ngomplate -f /etc/nginx/site.tmpl -o /etc/nginx/conf.d/default.conf\nexec nginx -g 'daemon off;'\n",
        ),
      },
      ["/start.sh"],
    ),
  }),
  ...imagesOf("interpreter's argument", {
    "laravel-worker": on("php", { ...vendor, ...laravel }, ["php", "artisan", "queue:work", "--tries=3"], {
      WorkingDir: "/var/www/html",
      User: "www-data",
      ...serving,
    }),
    "puma-by-bundle": on("ruby", { ...puma, ...rack, "app/Gemfile": gemfile }, ["bundle", "exec", "puma", "-C", "config/puma.rb"], {
      WorkingDir: "/app",
      Env: { BUNDLE_FROZEN: "0" },
      ...serving,
    }),
    "puma-with-the-settings-it-finds": on("ruby", { ...puma, ...rack }, ["puma"], {
      WorkingDir: "/app",
      Env: { RACK_ENV: "production", PORT: "8080" },
      ...serving,
    }),

    "worker-of-laravel-whose-packages-were-ignored": on("php", laravel, ["php", "artisan", "queue:work"], { WorkingDir: "/var/www/html" }),
    "gem-that-was-installed-in-another-group": on(
      "ruby",
      { ...puma, ...rack, "app/Gemfile": `${gemfile}gem 'sidekiq'\n` },
      ["bundle", "exec", "sidekiq"],
      { WorkingDir: "/app" },
    ),
    "file-of-ruby-that-was-not-copied": on("ruby", { ...puma, "app/config.ru": rack["app/config.ru"]! }, ["puma", "config.ru"], {
      WorkingDir: "/app",
    }),
  }),
  ...imagesOf("program missing", {
    "php-fpm-on-the-image-for-the-command-line": on("php", { ...vendor, ...laravel }, ["php-fpm"]),
    "server-of-go-in-a-folder-of-its-name": on("scratch", { "server/server": staticProgram() }, ["/server"]),
    "server-of-go-in-the-folder-of-the-builder": on("distroless", { "app/server": exporter }, ["/build/server"], { User: "nonroot" }),
  }),
  ...imagesOf("task setting", {
    "server-of-go-as-a-number-with-arguments-of-the-task": on(
      "distroless",
      { "usr/local/bin/server": exporter },
      ["--web.listen-address=:8080"],
      {
        Entrypoint: ["server"],
        User: "65532:65532",
        task: { command: ["--web.listen-address=:9090", "--log.level=warn"], readonlyRootFilesystem: true },
        ...serving,
      },
    ),
    "server-of-go-in-a-folder-of-a-volume": on("distroless", { "usr/local/bin/server": exporter }, ["server"], {
      WorkingDir: "/data",
      Volumes: { "/data": {} },
      task: { user: "65532", writableMounts: ["/data"] },
      ...serving,
    }),
    "server-of-go-in-its-own-folder": on(
      "distroless",
      { app: folder(), "app/server": exporter },
      ["./server", "--web.listen-address=:8080"],
      {
        WorkingDir: "/app",
        User: "10001:10001",
        ...serving,
      },
    ),
  }),
  ...imagesOf("not executable", {
    "server-of-go-of-its-builders-user": on("distroless", { "app/server": staticProgram(0o744, 1000) }, ["/app/server", "true"], {
      User: "65532",
    }),
  }),
  ...imagesOf(beyond, {
    "nginx-with-a-user-of-another-distribution": on(
      "debian",
      { ...nginx, "etc/nginx/nginx.conf": "user nginx;\nevents {}\n", [libraries]: tree(debian("libssl3"), libraries) },
      ["nginx", "-g", "daemon off;"],
    ),
    "nginx-without-its-certificate": on("nginx", {
      "etc/nginx/conf.d/default.conf":
        "server {\n  listen 443 ssl;\n  ssl_certificate /etc/ssl/shop.pem;\n  ssl_certificate_key /etc/ssl/shop.key;\n}\n",
    }),
  }),
];
