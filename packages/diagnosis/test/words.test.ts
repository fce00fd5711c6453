import { graphOf } from "../src/graph";
import { headline, tellingLines } from "../src/rules/lastWords";
import { listenedAddresses } from "../src/rules/listening";
import { admits, contains } from "../src/rules/routes";

test.each([
  ["Server listening on http://127.0.0.1:3000", 3000, true],
  ["Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)", 8000, false],
  ["  ➜  Local:   http://localhost:5173/", 5173, true],
  ["Tomcat started on port(s): 8080 (http)", 8080, false],
  ["2026/06/01 11:57:02 listening on :9090", 9090, false],
  ["Listening on [::]:8080", 8080, false],
])("a program says where it listens: %s", (line, port, isLoopback) =>
  expect(listenedAddresses([line])).toMatchObject([{ port, isLoopback }]),
);

test("neither what it calls nor what one may open on one's own machine is where it listens", () => {
  expect(listenedAddresses(["connected to redis at 127.0.0.1:6379", "request to http://localhost:4000 failed"])).toEqual([]);
  const nextJs = ["- Local:        http://localhost:3000", "- Network:      http://0.0.0.0:3000"];
  expect(listenedAddresses(nextJs)).toMatchObject([{ port: 3000, isLoopback: false }]);
});

test("a warning before an error does not tell why a program ended; the error does, not where it was thrown", () => {
  const lines = [
    "WARN connection refused",
    "INFO exec format error in build 7",
    "ERROR boom",
    "Error: config is missing",
    "    at start (/app/main.js:3)",
  ];
  expect(tellingLines(lines)).toEqual(lines.slice(2));
  expect(headline(lines)).toBe("Error: config is missing");
  expect(headline(["panic: nil", "goroutine 1 [running]:", "main.main()", "\t/src/main.go:41 +0x1b"])).toBe("panic: nil");
  expect(headline([])).toBeUndefined();
});

test("ranges of addresses", () => {
  expect([
    contains("10.0.0.0/16", "10.0.3.0/24"),
    contains("10.0.3.0/24", "10.0.0.0/16"),
    contains("0.0.0.0/0", "10.0.3.7"),
    contains("10.1.0.0/16", "10.0.3.0/24"),
  ]).toEqual([true, false, true, false]);
});

test("a rule admits by group, by range, and never by a port that it doesn't have", () => {
  const rule = { IpProtocol: "tcp", FromPort: 443, ToPort: 443 };
  const fromGroup = [{ ...rule, UserIdGroupPairs: [{ GroupId: "sg-1" }] }];
  expect([admits(fromGroup, 443, ["sg-1"]), admits(fromGroup, 443, ["sg-2"]), admits(fromGroup, 80, ["sg-1"])]).toEqual([
    true,
    false,
    false,
  ]);
  const fromVpc = [{ ...rule, IpRanges: [{ CidrIp: "10.0.0.0/16" }] }];
  expect([admits(fromVpc, 443, ["sg-1"], ["10.0.1.0/24"]), admits(fromVpc, 443, ["sg-1"], ["10.1.1.0/24"])]).toEqual([true, false]);
});

test("a graph is a line of text", () => {
  const points = [1, 2, 9].map((value) => ({ at: new Date(0), value }));
  expect(graphOf({ name: "errors", unit: "%", points }, 5)).toBe("▁▂█ 1 to 9%, threshold 5%");
});
