import { prepare } from "../src/smoke/preparation";
import { ask, Unanswered } from "../src/smoke/terminal";
import { runCommand } from "../testing/runCommand";

jest.mock("../src/smoke/preparation", () => ({ prepare: jest.fn() }));
jest.mock("../src/smoke/terminal", () => ({
  ...jest.requireActual<object>("../src/smoke/terminal"),
  ask: jest.fn(),
  canAsk: () => true,
}));

const prepared = { stack: "dev", accountId: "123456789012", project: { name: "shop" }, plan: { resources: [] }, services: { all: [] } };

function smoke(answer: () => Promise<string>) {
  const remove = jest.fn();
  jest.mocked(prepare).mockImplementation((_stack, _options, _say, onOpen) => {
    onOpen(remove);
    return Promise.resolve({ ...prepared, monthly: 0, unknownPrices: 0, clone: { remove } } as never);
  });
  jest.mocked(ask).mockImplementation(answer);
  return { result: runCommand(__dirname, "smoke", "dev"), remove };
}

test("Ctrl-C at the question ends with 130, and says that nothing was created", async () => {
  const { result, remove } = smoke(() => Promise.reject(new Unanswered()));
  expect(await result).toMatchObject({ status: 130, stderr: expect.stringMatching(/\nInterrupted\. Nothing was created\.\n$/) as string });
  expect(remove).toHaveBeenCalled();
});

test("another answer than the account or the stack ends with 2, and says so too", async () => {
  const { result, remove } = smoke(() => Promise.resolve("yes"));
  expect(await result).toMatchObject({ status: 2, stderr: expect.stringMatching(/FL2603 [^]*\nNothing was created\.\n$/) as string });
  expect(remove).toHaveBeenCalled();
});
