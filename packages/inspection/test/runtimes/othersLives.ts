import { file } from "../../testing/testImage";
import { jar, text, type Lives } from "./runtimeCase";

export const othersLives: Lives[] = [
  ["java: its version", [], ["java", "-version"]],
  ["java: a file of arguments", [text("app/arguments", "-version")], ["java", "@arguments"]],
  [
    "java: a class path of a file, as Jib writes it",
    [text("app/jib-classpath-file", "/app/resources:/app/classes:/app/libs/*"), text("app/classes/com/acme/Main.class", "x")],
    ["java", "-cp", "@/app/jib-classpath-file", "com.acme.Main"],
  ],
  [
    "java: an archive that names its class",
    [jar("app/app.jar", "Manifest-Version: 1.0\r\nmain-class: Main\r\n")],
    ["java", "-jar", "app.jar"],
  ],
  ["java: an archive on the class path, without a Main-Class", [jar("app/app.jar", "")], ["java", "-cp", "none.jar:app.jar", "Main"]],
  ["java: archives of a folder", [jar("app/lib/app.jar", "")], ["java", "-cp", "/none:lib/*", "com.acme.Main"]],
  ["python: an archive", [jar("app/app.pyz", "x", { entry: "__main__.py" })], ["python3", "app.pyz"]],
  [
    "puma: a configuration",
    [file("usr/bin/puma", "#!/usr/bin/ruby\n"), text("app/config/puma.rb", "")],
    ["puma", "-C", "config/puma.rb", "-p", "3000"],
  ],
  ["java: a class of a folder", [text("app/classes/com/acme/Main.class", "x")], ["java", "-cp", "classes", "com.acme.Main"]],
  ["java: a class of Java's own", [], ["java", "-cp", "/none", "sun.security.tools.keytool.Main"]],
  ["java: a class path of a variable", [jar("app/app.jar", "")], ["java", "Main"], { environment: ["JDK_JAVA_OPTIONS=-cp /app/app.jar"] }],
  ["java: an agent that may bring classes", [jar("app/app.jar", "")], ["java", "-javaagent:app.jar", "Main"]],
  ["ruby: a file that is loaded first", [text("app/config.rb", ""), text("app/a.rb", "")], ["ruby", "-r./config", "-rjson", "a.rb"]],
  [
    "php: what Composer installed",
    [text("app/artisan", "<?php\nrequire __DIR__.'/vendor/autoload.php';\n"), text("app/vendor/autoload.php", "<?php\n")],
    ["php", "artisan"],
  ],
  ["php: what may be there", [text("app/a.php", "<?php\nif (file_exists('x')) {\nrequire __DIR__.'/x';\n}\n")], ["php", "a.php"]],
  ["php: a file that ends before", [text("app/a.php", "<?php\nexit(0);\nrequire __DIR__.'/x';\n")], ["php", "a.php"]],
  ["php: a comment", [text("app/a.php", "<?php\n/*\nrequire __DIR__.'/x';\n*/\n")], ["php", "a.php"]],
  ["php: a file", [text("app/a.php", "<?php echo 1;")], ["php", "-d", "memory_limit=1G", "a.php", "x"]],
  ["php: a text", [], ["php", "-r", "echo 1;"]],
  ["php: its modules", [], ["php", "-m"]],
  ["ruby: a file", [text("app/a.rb", "")], ["ruby", "-W0", "a.rb"]],
  ["ruby: a text", [], ["ruby", "-e", "puts 1"]],
  ["perl: a file", [text("app/a.pl", "1;")], ["perl", "-w", "a.pl"]],
  ["perl: a text", [], ["perl", "-e", "1"]],
  ["java: an archive behind a program for Windows", [text("app/app.exe", "MZ\x90\0\x03")], ["java", "-jar", "app.exe"]],
];
