import { asList, cantTell, interrupts, isUnknown, lessProtected, worstOf, type Meaning } from "./judge";

/** Texts of a name in DNS: nobody connects by them, and mail servers decide by some. */
export function changedTexts(before: unknown, after: unknown): Meaning | undefined {
  if (isUnknown(before) || isUnknown(after)) return cantTell;
  const [was, is] = [before, after].map((list) => asList(list).map(String).map(joined));
  const lost = was!.filter((text) => !is!.includes(text));
  const senders = is!.filter((text) => kindOf(text) === "spf");
  return worstOf([
    ...lost.map((text) =>
      changed(
        text,
        is!.find((other) => kindOf(other) !== "other" && kindOf(other) === kindOf(text)),
      ),
    ),
    senders.length > 1 && senders.some((text) => !was!.includes(text))
      ? interrupts("It has two lists of who sends its mail: mail servers go by none, and refuse mail or take it from anybody.")
      : undefined,
  ]);
}

/** What is longer than 255 characters is written in parts. */
const joined = (text: string) => text.replace(/"\s*"/g, "").replace(/^"|"$/g, "").trim();

type Kind = "spf" | "dkim" | "dmarc" | "other";
const begins: Readonly<Record<Exclude<Kind, "other">, RegExp>> = {
  spf: /^v=spf1(\s|$)/i,
  dkim: /^v=dkim1\b|(^|;)\s*p=/i,
  dmarc: /^v=dmarc1\b/i,
};

function kindOf(text: string): Kind {
  if (begins.spf.test(text)) return "spf";
  if (begins.dmarc.test(text)) return "dmarc";
  return begins.dkim.test(text) ? "dkim" : "other";
}

const gone = interrupts("Whoever asks for the text finds it no longer: mail servers, or a service that wants it as a proof.");

function changed(was: string, is: string | undefined): Meaning | undefined {
  if (is === undefined) return gone;
  if (kindOf(was) === "spf") return otherSenders(was, is);
  const [old, now] = [tagsIn(was), tagsIn(is)];
  const others = (names: readonly string[]) => names.some((name) => old.get(name) !== now.get(name));
  if (kindOf(was) === "dkim")
    return others(["p", "h", "s"]) ? interrupts("Mail that was signed with the former key is taken for forged.") : undefined;
  return others(["p", "sp", "pct", "adkim", "aspf"]) ? interrupts("Other mail in its name is refused than before, or none.") : undefined;
}

/** @see https://www.rfc-editor.org/rfc/rfc7208#section-5 */
function otherSenders(was: string, is: string): Meaning | undefined {
  const termsOf = (text: string) => text.toLowerCase().split(/\s+/);
  if (termsOf(was).some((term) => !termsOf(is).includes(term)))
    return interrupts("Mail in its name is refused from who sent it, or no longer from others.");
  const isForAll = termsOf(is).some((term) => /^[+?]?all$/.test(term) && !termsOf(was).includes(term));
  return isForAll ? lessProtected("Anybody may send mail in its name.") : undefined;
}

/** `v=DKIM1; k=rsa; p=…` */
function tagsIn(text: string): Map<string, string> {
  return new Map(
    text.split(";").flatMap((part) => {
      const [name, ...value] = part.split("=");
      return name!.trim() === "" ? [] : [[name!.trim().toLowerCase(), value.join("=").replace(/\s/g, "")] as const];
    }),
  );
}
