import type { TestExpression } from "unbash";

/** Whether `[[ … ]]` is to a smaller shell a command called `[[` and nothing else: `||`, `<` and brackets mean something of their own there. */
export function isPlainCommand(expression: TestExpression): boolean {
  switch (expression.type) {
    case "TestUnary":
      return true;
    case "TestBinary":
      return !["<", ">", "=~"].includes(expression.operator) && !/[()|&;<>]/.test(expression.right.text);
    case "TestNot":
      return isPlainCommand(expression.operand);
    case "TestLogical":
      // What follows && is not come to.
      return expression.operator === "&&" && isPlainCommand(expression.operands[0]!);
    default:
      return false;
  }
}
