// Lighthouse on the pages read from standard input, for tests/browser/lighthouse.py: a JSON list in, a JSON list out.
import { text } from "node:stream/consumers";
import * as chromeLauncher from "chrome-launcher";
import lighthouse from "lighthouse";

const wanted = JSON.parse(await text(process.stdin));
const chrome = await chromeLauncher.launch({
  chromePath: process.env.CHROME_PATH,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-quic", "--disable-background-networking"],
});
// A machine that is busy may miss the first paint: once more, then it is said.
async function measured(url, options) {
  let seen = await lighthouse(url, options);
  if (seen.lhr.audits["first-contentful-paint"].numericValue === undefined) seen = await lighthouse(url, options);
  if (seen.lhr.audits["first-contentful-paint"].numericValue === undefined)
    throw new Error(`${url}: ${seen.lhr.runtimeError?.message ?? seen.lhr.audits["first-contentful-paint"].errorMessage}`);
  return seen;
}

const found = [];
for (const { name, url, cookie } of wanted) {
  const { lhr } = await measured(url, {
    port: chrome.port,
    output: "json",
    logLevel: "error",
    onlyCategories: ["performance", "accessibility", "best-practices"],
    extraHeaders: { Cookie: cookie, "Accept-Language": "fr-FR" },
    disableStorageReset: true,
  });
  const score = one => Math.round(100 * lhr.categories[one].score);
  const value = one => lhr.audits[one].numericValue;
  found.push({
    name,
    performance: score("performance"),
    accessibility: score("accessibility"),
    practices: score("best-practices"),
    paint: value("first-contentful-paint"),
    largest: value("largest-contentful-paint"),
    blocked: value("total-blocking-time"),
    shift: value("cumulative-layout-shift"),
    failed: Object.values(lhr.audits).filter(one => one.score !== null && one.score < 0.9 && one.scoreDisplayMode !== "informative")
      .filter(one => lhr.categories.accessibility.auditRefs.concat(lhr.categories["best-practices"].auditRefs).some(ref => ref.id === one.id && ref.weight))
      .map(one => one.id),
  });
}
chrome.kill();
process.stdout.write(JSON.stringify(found));
