import { imagesOf, shellForm } from "../corpusImage";
import { program, script } from "../layer";
import { debian } from "../parts";
import { on } from "./common";

const serving = { serves: true } as const;
const jar = program(debian("libh2-java"), "usr/share/java/h2.jar", 0o644);
const h2 = "org.h2.tools.Server";
const php = "<?php while (true) { sleep(1); }\n";
const ruby = "loop { sleep 1 }\n";
const go = program(debian("gosu"), "usr/sbin/gosu");

export const otherLanguages = imagesOf("interpreter's argument", {
  "java-jar-missing": on("java", {}, ["java", "-jar", "/app.jar"]),
  "java-jar-pattern-in-exec-form": on("java", { "app/target/app-1.0.jar": jar }, ["java", "-jar", "target/*.jar"], { WorkingDir: "/app" }),
  "java-jar-of-another-version": on("java", { "app/app-1.1.0.jar": jar }, ["java", "-Xmx256m", "-jar", "/app/app-1.0.0.jar"]),
  "java-jar-unreadable": on(
    "java",
    { "app.jar": { part: debian("libh2-java"), path: "usr/share/java/h2.jar", mode: 0o600 } },
    ["java", "-jar", "/app.jar"],
    { User: "1000" },
  ),
  "java-jar-cut-off": on("java", { "app.jar": { part: debian("libh2-java"), path: "usr/share/java/h2.jar", length: 4096 } }, [
    "java",
    "-jar",
    "/app.jar",
  ]),
  "java-jar-is-a-page": on("java", { "app.jar": "<!DOCTYPE html>\n<html>Not found</html>\n" }, ["java", "-jar", "/app.jar"]),
  "java-agent-missing": on("java", { "app.jar": jar }, [
    "java",
    "-javaagent:/otel/opentelemetry-javaagent.jar",
    "-cp",
    "/app.jar",
    h2,
    "-tcp",
  ]),
  "java-agent-of-a-variable-missing": on("java", { "app.jar": jar }, ["java", "-cp", "/app.jar", h2, "-tcp"], {
    Env: { JAVA_TOOL_OPTIONS: "-javaagent:/dd-java-agent.jar" },
  }),
  "java-class-path-missing": on("java", {}, ["java", "-cp", "/app/lib/*", "com.example.Main"]),
  "java-not-in-the-image": on("debian", { "app.jar": jar }, ["java", "-jar", "/app.jar"]),
  "java-shell-form-jar-missing": on("java", {}, shellForm("java $JAVA_OPTS -jar /app.jar")),
  "java-jar-without-main-class": on("java", { "app.jar": program(debian("libslf4j-java"), "usr/share/java/slf4j-api.jar", 0o644) }, [
    "java",
    "-jar",
    "/app.jar",
  ]),
  "php-file-missing": on("php", {}, ["php", "index.php"]),
  "php-artisan-missing": on("php", { "var/www/html/public/index.php": php }, ["php", "artisan", "serve"], { WorkingDir: "/var/www/html" }),
  "php-document-root-missing": on("php", {}, ["php", "-S", "0.0.0.0:8000", "-t", "public"]),
  "ruby-file-missing": on("ruby", {}, ["ruby", "app.rb"]),
  "ruby-bundle-missing": on("ruby", { "app/Gemfile": "" }, ["bundle", "exec", "puma"], { WorkingDir: "/app" }),
  "ruby-required-file-missing": on("ruby", { "app/app.rb": ruby }, ["ruby", "-r", "./config.rb", "/app/app.rb"], { WorkingDir: "/app" }),

  "java-version": on("java", {}, ["java", "-version"]),
  "java-class-of-a-jar": on("java", { "app.jar": jar }, ["java", "-Xmx256m", "-cp", "/app.jar", h2, "-tcp"], serving),
  "java-class-path-with-a-pattern": on(
    "java",
    { "app/lib/h2.jar": jar },
    ["java", "-cp", "/app/lib/*:/app/missing.jar", h2, "-tcp"],
    serving,
  ),
  "java-argument-file": on(
    "java",
    { "app/lib/h2.jar": jar, "app/start.args": `-cp /app/lib/h2.jar\n${h2} -tcp\n` },
    ["java", "@/app/start.args"],
    serving,
  ),
  "java-options-of-a-variable": on("java", { "app.jar": jar }, ["java", "-cp", "/app.jar", h2, "-tcp"], {
    Env: { JAVA_TOOL_OPTIONS: "-XX:MaxRAMPercentage=75" },
    ...serving,
  }),
  "java-shell-form": on("java", { "app/h2.jar": jar }, shellForm(`exec java $JAVA_OPTS -cp *.jar ${h2} -tcp`), {
    WorkingDir: "/app",
    ...serving,
  }),
  "php-file": on("php", { "app/worker.php": php }, ["php", "/app/worker.php"], serving),
  "php-inline": on("php", {}, ["php", "-r", "echo 1;"]),
  "php-option-first": on("php", { "app/index.php": php }, ["-f", "/app/index.php"], serving),
  "php-built-in-server-with-a-router": on(
    "php",
    { "app/public/index.php": php, "app/router.php": "<?php return false;\n" },
    ["php", "-S", "0.0.0.0:8000", "-t", "public", "router.php"],
    { WorkingDir: "/app", ...serving },
  ),
  "ruby-file": on("ruby", { "app/app.rb": ruby }, ["ruby", "/app/app.rb"], serving),
  "ruby-inline": on("ruby", {}, ["ruby", "-e", "puts 1"]),
  "ruby-required-library": on("ruby", { "app/app.rb": ruby }, ["ruby", "-rjson", "/app/app.rb"], serving),
  "ruby-script": on("ruby", { "app/bin/rails": script(`#!/usr/bin/env ruby\n${ruby}`) }, ["bin/rails", "server"], { WorkingDir: "/app" }),
  "ruby-script-by-its-path": on(
    "ruby",
    { "app/bin/rails": script(`#!/usr/bin/env ruby\n${ruby}`) },
    ["./bin/rails", "server", "-b", "0.0.0.0"],
    { WorkingDir: "/app", ...serving },
  ),
  "go-program-from-scratch": { files: { server: go }, Cmd: ["/server", "--version"] },
  "go-program-on-alpine": on("alpine", { server: go }, ["/server", "--version"]),
  "go-program-on-distroless": on("distroless", { server: go }, ["/server", "--version"], { User: "65532:65532" }),
});
