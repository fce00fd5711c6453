import { text, type Lives } from "./runtimeCase";

export const othersLives: Lives[] = [
  ["java: its version", [], ["java", "-version"]],
  ["java: a file of arguments", [text("app/arguments", "-version")], ["java", "@arguments"]],
  ["php: a file", [text("app/a.php", "<?php echo 1;")], ["php", "-d", "memory_limit=1G", "a.php", "x"]],
  ["php: a text", [], ["php", "-r", "echo 1;"]],
  ["php: its modules", [], ["php", "-m"]],
  ["ruby: a file", [text("app/a.rb", "")], ["ruby", "-W0", "a.rb"]],
  ["ruby: a text", [], ["ruby", "-e", "puts 1"]],
  ["perl: a file", [text("app/a.pl", "1;")], ["perl", "-w", "a.pl"]],
  ["perl: a text", [], ["perl", "-e", "1"]],
];
