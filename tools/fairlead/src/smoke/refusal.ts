import { coded, UserError } from "@fairlead/model";
import { codes } from "@fairlead/model/codes";

type SmokeCode = Extract<keyof typeof codes, `FL26${string}`>;

/** Why a run doesn't begin. @param fix what to do, where that is more than the code's own */
export function refusal(code: SmokeCode, text: string, fix: string = codes[code].fix): UserError {
  return new UserError(`${coded(code, text)}\n  fix: ${fix}`);
}
