// Drives Firefox over WebDriver BiDi for tests/browser/firefox.py: one JSON command a line in, one JSON answer a line out.
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.argv[2], headless: true });
const people = new Map();

async function arrive({ person, width, height }) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(60000);
  await page.setViewport({ width, height });
  const said = [];
  page.on("pageerror", error => said.push(String(error)));
  people.set(person, { context, page, said });
}

// An act that leads to another page is over when that page is there.
async function leads(page, act) {
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), act()]);
}

const acts = {
  arrive,
  open: ({ page, url }) => page.goto(url).then(answer => answer.status()),
  url: ({ page }) => page.url(),
  list: ({ page, selector, attribute }) =>
    page.$$eval(selector, (found, name) => found.map(e => [e.getAttribute(name), e.checkVisibility()]), attribute),
  text: ({ page }) => page.$eval("main", e => e.innerText),
  wide: ({ page }) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  kind: ({ page, selector }) => page.$eval(selector, e => (e.tagName === "SELECT" ? "select" : e.type)),
  type: async ({ page, selector, value }) => {
    await page.$eval(selector, e => { e.value = ""; });
    await page.type(selector, value);
  },
  date: ({ page, selector, value }) => page.$eval(selector, (e, day) => { e.value = day; }, value),
  choose: ({ page, selector, value }) => page.select(selector, value).then(() => null),
  tick: async ({ page, selector }) => {
    if (!(await page.$eval(selector, e => e.checked))) await page.click(selector);
  },
  click: async ({ page, selector, index, inner }) => {
    const found = (await page.$$(selector)).at(index);
    const target = inner ? await found.$(inner) : found;
    await target.scrollIntoView();
    await leads(page, () => target.click());
  },
  complaints: () => [...people.values()].flatMap(one => one.said),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { act, ...what } = JSON.parse(line);
  let answer;
  try {
    answer = { is: (await acts[act]({ ...people.get(what.person), ...what })) ?? null };
  } catch (error) {
    answer = { failed: String(error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
await browser.close();
