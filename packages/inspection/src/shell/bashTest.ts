import type { TestExpression, Word } from "unbash";

import { statusOfTest } from "./builtins";
import { matches } from "./casePattern";
import type { Run } from "./run";
import type { Status } from "./status";
import { expandToText } from "./words";

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

/** How `[[ … ]]` ends, as far as it asks for files and texts that are known. */
export function testExpressionStatus(expression: TestExpression, run: Run): Status {
  // To BusyBox `[[` is a command as `[` is.
  if (run.around.dialect !== "bash") return "unknown";
  switch (expression.type) {
    case "TestUnary": {
      const operand = expandToText(expression.operand, run.words);
      return operand ? statusOfTest([{ text: expression.operator, isSure: true }, operand], run) : "unknown";
    }
    case "TestBinary":
      return binaryStatus(expression.operator, expression.left, expression.right, run);
    case "TestNot":
      return opposite(testExpressionStatus(expression.operand, run));
    case "TestLogical": {
      const all = expression.operands.map((operand) => testExpressionStatus(operand, run));
      const decides = expression.operator === "&&" ? "failure" : "success";
      if (all.includes(decides)) return decides;
      return all.includes("unknown") ? "unknown" : opposite(decides);
    }
    case "TestGroup":
      return testExpressionStatus(expression.expression, run);
    default:
      return "unknown";
  }
}

function binaryStatus(operator: string, left: Word, right: Word, run: Run): Status {
  // `shopt` may have said that capitals don't count.
  const text = ["=", "==", "!="].includes(operator) && !run.state.isAnyNameDefined ? expandToText(left, run.words) : undefined;
  const isMatch = text?.isSure ? matches(text.text, right) : undefined;
  if (isMatch === undefined) return "unknown";
  return isMatch === (operator !== "!=") ? "success" : "failure";
}

function opposite(status: Status): Status {
  return status === "success" ? "failure" : status === "failure" ? "success" : status;
}
