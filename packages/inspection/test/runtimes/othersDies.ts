import { file } from "../../testing/testImage";
import { jar, text, type Dies } from "./runtimeCase";

export const othersDies: Dies[] = [
  ["java: no archive", "FL2140", [], ["java", "-jar", "/app/app.jar"]],
  [
    "java: a pattern that no shell fills in",
    "FL2140",
    [file("app/target/app-1.jar", "PK\x03\x04")],
    ["java", "-Xmx512m", "-jar", "target/*.jar"],
  ],
  [
    "java: root's archive, run as another",
    "FL2141",
    [file("app/app.jar", "PK\x03\x04", 0o600)],
    ["java", "-jar", "app.jar"],
    { user: "1000" },
  ],
  ["java: an archive that was cut off", "FL2140", [jar("app/app.jar", "Main-Class: Main\n", { end: false })], ["java", "-jar", "app.jar"]],
  ["java: an archive without a Main-Class", "FL2140", [jar("app/app.jar", "Manifest-Version: 1.0\n")], ["java", "-jar", "app.jar"]],
  ["java: an archive without a manifest", "FL2140", [jar("app/app.war", "x", { entry: "WEB-INF/web.xml" })], ["java", "-jar", "app.war"]],
  ["python: an archive without a main module", "FL2140", [jar("app/app.pyz", "x", { entry: "shop/__init__.py" })], ["python3", "app.pyz"]],
  ["puma: a configuration that is not there", "FL2140", [file("usr/bin/puma", "#!/usr/bin/ruby\n")], ["puma", "-C", "config/puma.rb"]],
  ["java: a class path that is not there", "FL2140", [], ["java", "-Xmx64m", "-cp", "/app/lib/*:/app/main.jar", "com.acme.Main"]],
  ["java: a class that is not there", "FL2140", [], ["java", "com.acme.Main"], { environment: ["CLASSPATH=/app/classes:/app"] }],
  ["java: an agent", "FL2140", [], ["java", "-javaagent:/otel/agent.jar=x=y", "-cp", "/app", "Main"]],
  [
    "java: an agent of the environment",
    "FL2140",
    [],
    ["java", "-cp", "/app", "Main"],
    { environment: ["JAVA_TOOL_OPTIONS=-Xmx64m -javaagent:/otel/agent.jar"] },
  ],
  ["ruby: a file to load first", "FL2140", [text("app/a.rb", "")], ["ruby", "-r", "./config.rb", "a.rb"]],
  ["ruby: a file to load first, right behind its letter", "FL2140", [text("app/a.rb", "")], ["ruby", "-r./config", "a.rb"]],
  [
    "php: without what Composer installs",
    "FL2143",
    [
      text(
        "app/artisan",
        "#!/usr/bin/env php\n<?php\n\nuse Illuminate\\Foundation\\Application;\n\ndefine('LARAVEL_START', microtime(true));\n\n// Register…\nrequire __DIR__.'/vendor/autoload.php';\n",
      ),
    ],
    ["php", "artisan", "serve"],
  ],
  ["php: a file that is not there", "FL2140", [], ["php", "artisan", "serve"]],
  ["php: a file behind options", "FL2140", [], ["php", "-d", "memory_limit=1G", "-n", "worker.php"]],
  ["php: a server's folder", "FL2140", [], ["php", "-S", "0.0.0.0:8080", "-t", "public"]],
  ["ruby: a file that is not there", "FL2140", [], ["ruby", "-W0", "server.rb"]],
  ["ruby: no Gemfile", "FL2140", [], ["bundle", "exec", "puma"]],
  ["perl: a file that is not there", "FL2140", [], ["perl", "-w", "server.pl"]],
];
