import { deflateRawSync } from "node:zlib";

import { file, type Entry } from "../../testing/testImage";
import { jar, text, type Dies, type Lives } from "./runtimeCase";

/** An archive of empty files, but for its manifest. */
function archive(manifest: string, ...names: string[]): Entry {
  const parts = ["META-INF/MANIFEST.MF", ...names].map((path, index) => {
    const packed = deflateRawSync(index === 0 ? `Manifest-Version: 1.0\r\n${manifest}` : "");
    const header = Buffer.alloc(30);
    header.write("PK\x03\x04", "latin1");
    header.writeUInt16LE(8, 8);
    header.writeUInt32LE(packed.length, 18);
    header.writeUInt16LE(path.length, 26);
    return Buffer.concat([header, Buffer.from(path), packed]);
  });
  const end = Buffer.concat([Buffer.from("PK\x05\x06", "latin1"), Buffer.alloc(18)]);
  return file("app/app.jar", Buffer.concat([...parts, end]), 0o644);
}

const release = (version = "17.0.9", more = "") => text("usr/lib/jvm/java-17-openjdk-amd64/release", `JAVA_VERSION="${version}"\n${more}`);
const main = "Main-Class: com.acme.Main\r\n";
const whole = archive(main, "com/acme/Main.class");
const without = archive(main, "com/acme/Other.class");
const run = ["java", "-jar", "app.jar"];
const withOption = (option: string) => ["java", option, "-jar", "app.jar"];
const ofVariable = (options: string) => ({ environment: [`JAVA_TOOL_OPTIONS=${options}`] });

/** Seen with Java 17: ClassNotFoundException. */
export const javaClassDies: Dies[] = [["java: a main class that the archive has not", "FL2140", [release(), without], run]];

export const javaClassLives: Lives[] = [
  ["java: an option of the application's", [release(), whole], [...run, "-XX:MaxPermSize=1"]],
  ["java: an option of its own", [release(), whole], withOption("-XX:MaxRAMPercentage=75")],
  ["java: a main class that an archive beside it has", [release(), archive(`${main}Class-Path: lib/a.jar\r\n`)], run],
  ["java: a main class of a line that was cut", [release(), archive("Main-Class: com.ac\r\n me.Main\r\n", "com/acme/Main.class")], run],
  ["java: a main class for newer Javas alone", [release(), archive(main, "META-INF/versions/11/com/acme/Main.class")], run],
  [
    "java: a main class that an agent may bring",
    [release(), without, jar("app/agent.jar", "")],
    ["java", "-javaagent:agent.jar", "-jar", "app.jar"],
  ],
  ["java: a main class of the boot class path", [release(), without], run, ofVariable("-Xbootclasspath/a:/opt/a.jar")],
  ["java: a main class that is missing in an archive of Java 8's", [release("1.8.0_392"), without], run, { unrun: true }],
];
