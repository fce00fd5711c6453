import { countsOf } from "../src/lotProcesses";

beforeEach(() => jest.spyOn(console, "log").mockImplementation(() => undefined));
afterEach(() => jest.restoreAllMocks());

test("a lot comes to what its process counted", () => {
  expect(countsOf("stacks", { passed: 5, failures: [] }, 0)).toEqual({ passed: 5, failures: [] });
  expect(countsOf("stacks", { passed: 4, failures: ["a", "b"] }, 1)).toEqual({ passed: 4, failures: ["a", "b"] });
});

test.each([1, 137, 0])("a process that ended with %d before it had counted is a failure, and says which", (code) => {
  expect(countsOf("stacks", undefined, code)).toEqual({ passed: 0, failures: [`stacks ended before its end, with exit code ${code}`] });
  expect(console.log).toHaveBeenCalledWith(`FAIL stacks ended before its end, with exit code ${code}`);
});

test("one that counted no failure and ended with an error is a failure", () => {
  expect(countsOf("stacks", { passed: 5, failures: [] }, 137)).toEqual({
    passed: 5,
    failures: ["stacks ended before its end, with exit code 137"],
  });
});
