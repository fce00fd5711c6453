import { file } from "../../testing/testImage";
import { type Dies } from "./runtimeCase";

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
  ["java: an agent", "FL2140", [], ["java", "-javaagent:/otel/agent.jar=x=y", "-cp", "/app", "Main"]],
  [
    "java: an agent of the environment",
    "FL2140",
    [],
    ["java", "-cp", "/app", "Main"],
    { environment: ["JAVA_TOOL_OPTIONS=-Xmx64m -javaagent:/otel/agent.jar"] },
  ],
  ["php: a file that is not there", "FL2140", [], ["php", "artisan", "serve"]],
  ["php: a file behind options", "FL2140", [], ["php", "-d", "memory_limit=1G", "-n", "worker.php"]],
  ["php: a server's folder", "FL2140", [], ["php", "-S", "0.0.0.0:8080", "-t", "public"]],
  ["ruby: a file that is not there", "FL2140", [], ["ruby", "-W0", "server.rb"]],
  ["ruby: no Gemfile", "FL2140", [], ["bundle", "exec", "puma"]],
  ["perl: a file that is not there", "FL2140", [], ["perl", "-w", "server.pl"]],
];
