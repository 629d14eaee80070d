// Copyright (c) 2026 The Todo App authors
// SPDX-License-Identifier: MIT
//
// Drives headless Chromium: pages.mjs SCENARIO URL. Prints what was seen as JSON; test_pages.py
// judges it. TOOLS is the folder with node_modules, SCREENSHOTS the one for pictures.

import { createRequire } from "node:module";
import path from "node:path";

const { chromium } = createRequire(path.join(process.env.TOOLS, "package.json"))("playwright-core");
const [scenario, url] = process.argv.slice(2);
const NARROW = { width: 360, height: 740 };
const WIDE = { width: 1280, height: 900 };
const SLOW_MS = 180_000; // A loaded machine takes its time; nothing is judged by it.
const METHODS = { GET: 1, PUT: 1, POST: 1, PATCH: 1, DELETE: 1 };

const seen = { outside: [], console: [], failed: [] };
const sent = [];

async function watch(context) {
    await context.route("**", (route) => {
        const target = route.request().url();
        if (target.startsWith(url + "/") || target.startsWith("data:"))
            return route.continue();
        seen.outside.push(target);
        return route.abort();
    });
    context.on("page", (page) => {
        page.on("console", (message) => seen.console.push(`${message.type()}: ${message.text()}`));
        page.on("pageerror", (error) => seen.console.push(`error: ${error.message}`));
        page.on("requestfailed", (request) => seen.failed.push(request.url()));
        page.on("request", (request) => {
            const target = new URL(request.url());
            if (request.resourceType() === "fetch" && target.pathname !== "/openapi.json")
                sent.push(`${request.method()} ${target.pathname}`);
        });
    });
}

const picture = (page, name) =>
    page.screenshot({ path: path.join(process.env.SCREENSHOTS, `${name}.png`) });

// How many pixels the page is wider than the window.
const overflow = (page) => page.evaluate(
    () => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));

async function openDocs(page) {
    await page.goto(url + "/docs/");
    await page.waitForSelector(".opblock");
}

async function listed(page) {
    const found = await page.$$eval(".opblock", (blocks) => blocks.map((block) =>
        block.querySelector(".opblock-summary-method").textContent.trim() + " " +
        block.querySelector(".opblock-summary-path").dataset.path));
    return found.filter((text) => METHODS[text.split(" ")[0]]);
}

async function tryOut(page, selector) {
    const block = page.locator(selector);
    await block.locator(".opblock-summary-control").click();
    await block.locator(".try-out__btn").click();
    return block;
}

// The status that the answer to the last request shows.
async function answered(block) {
    const cell = block.locator(".live-responses-table .response-col_status").last();
    await cell.waitFor();
    return (await cell.textContent()).trim().split(/\s/)[0];
}

const scenarios = {
    async operations(page) {
        await openDocs(page);
        await picture(page, "docs");
        seen.operations = await listed(page);
    },

    async unfold(page) {
        await openDocs(page);
        const controls = page.locator(".opblock-summary-control");
        const count = await controls.count();
        seen.unfolded = 0;
        seen.errors = [];
        // One at a time: all at once are more than a small machine shows in good time.
        for (let i = 0; i < count; i++) {
            await controls.nth(i).click();
            await page.locator(".opblock.is-open .responses-inner").waitFor();
            seen.unfolded += 1;
            seen.errors.push(...await page.locator(".errors-wrapper").allTextContents());
            await controls.nth(i).click();
            await page.locator(".opblock.is-open").waitFor({ state: "detached" });
        }
    },

    // With what the page fills in by itself.
    async list(page) {
        await openDocs(page);
        const block = await tryOut(page, "#operations-Tasks-listTasks");
        await block.locator(".execute").click();
        seen.status = await answered(block);
        seen.body = await block.locator(".live-responses-table .highlight-code code").first()
            .textContent();
    },

    async create(page) {
        await openDocs(page);
        const block = await tryOut(page, "#operations-Tasks-createTask");
        await block.locator("textarea.body-param__text").fill('{"description": "From the page"}');
        await block.locator(".execute").click();
        seen.status = await answered(block);
        seen.requests = sent;
        await picture(page, "docs-create");
    },

    // Tab to the operation, Enter unfolds it; on to "Try it out", Enter; on to "Execute", Enter.
    async keyboard(page) {
        await openDocs(page);
        const tabTo = async (selector) => {
            for (let i = 0; i < 400; i++) {
                await page.keyboard.press("Tab");
                if (await page.evaluate((s) => document.activeElement.matches(s), selector))
                    return;
            }
            throw new Error(`Tab never reaches ${selector}`);
        };
        const block = "#operations-Service-getHealth";
        await tabTo(`${block} .opblock-summary-control`);
        seen.focus_shown = await page.evaluate(() => {
            const style = getComputedStyle(document.activeElement);
            return style.outlineStyle !== "none" || style.boxShadow !== "none";
        });
        await page.keyboard.press("Enter");
        await page.locator(`${block} .try-out__btn`).waitFor();
        await tabTo(`${block} .try-out__btn`);
        await page.keyboard.press("Enter");
        await page.locator(`${block} .execute`).waitFor();
        await tabTo(`${block} .execute`);
        await page.keyboard.press("Enter");
        seen.status = await answered(page.locator(block));
        seen.requests = sent;
    },

    async narrow(page) {
        await page.setViewportSize(NARROW);
        await openDocs(page);
        seen.operations = await listed(page);
        await picture(page, "docs-narrow");
        const controls = page.locator(".opblock-summary-control");
        for (const index of [0, 1, 2, 4, 5])
            await controls.nth(index).click();
        await page.locator(".opblock.is-open .responses-inner").nth(4).waitFor();
        await page.locator(".opblock.is-open .try-out__btn").nth(1).click();
        await picture(page, "docs-narrow-open");
        seen.overflow = await overflow(page);
    },

    async plain(page) {
        seen.pages = {};
        for (const at of ["/", "/docs/", "/docs/problems/"]) {
            const name = "plain" + at.replaceAll("/", "-");
            await page.setViewportSize(WIDE);
            await page.goto(url + at);
            await picture(page, name + "wide");
            await page.setViewportSize(NARROW);
            await picture(page, name + "narrow");
            seen.pages[at] = await page.evaluate(() => ({
                headings: document.querySelectorAll("h1").length,
                landmarks: [...document.querySelectorAll("main, nav")].map((e) => e.tagName).sort(),
                language: document.documentElement.lang,
                title: document.title,
                links: document.querySelectorAll("a[href]").length,
                targets: [...document.querySelectorAll("a")].map((a) => a.getAttribute("href")),
            }));
            seen.pages[at].overflow = await overflow(page);
        }
    },

    async "landing-keyboard"(page) {
        await page.goto(url + "/");
        seen.links = await page.$$eval("a", (all) => all.map((a) => a.getAttribute("href")));
        seen.reached = [];
        for (let i = 0; i <= seen.links.length + 1; i++) {
            await page.keyboard.press("Tab");
            const target = await page.evaluate(() => document.activeElement.getAttribute("href"));
            if (target)
                seen.reached.push(target);
        }
    },
};

// Chromium refuses to sandbox itself as root.
const root = process.getuid() === 0;
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    chromiumSandbox: !root,
});
try {
    const context = await browser.newContext({ viewport: WIDE });
    await watch(context);
    context.setDefaultTimeout(SLOW_MS);
    await scenarios[scenario](await context.newPage());
} finally {
    await browser.close();
}
process.stdout.write(JSON.stringify(seen) + "\n");
