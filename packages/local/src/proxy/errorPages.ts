import { quoted } from "./configurationSyntax";

/** What stands in the place of the load balancer's own answers in a client's eyes. */
export const serverHeader = "hdr Server awselb/2.0";

const titles: Record<number, string> = {
  400: "400 Bad Request",
  408: "408 Request Time-out",
  500: "500 Internal Server Error",
  501: "501 Not Implemented",
  502: "502 Bad Gateway",
  503: "503 Service Temporarily Unavailable",
  504: "504 Gateway Time-out",
};

/**
 * The page that Application Load Balancers answer with on their own.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
export function errorPage(status: number): string {
  return page(titles[status]!);
}

/** The same with another title. */
export function page(title: string): string {
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
}

/** The rest of a directive that answers with a page. */
export function pageAnswer(html: string): string {
  return `content-type "text/html" string ${quoted(html)} ${serverHeader}`;
}

/** Answers of HAProxy's own that stay what they are. */
export function errorAnswers(): string[] {
  return [400, 408, 500, 502, 503, 504].map((status) => `http-error status ${status} ${pageAnswer(errorPage(status))}`);
}
