import { existsSync } from 'node:fs';
import { chromium, selectors, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Cleanup } from '../support/cleanup.mts';

export type Theme = 'light' | 'dark';

/** Where Debian and its like put it. */
const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A screen on which the editor shows a form and its output side by side. */
export const SCREEN = { width: 1400, height: 900 };

/**
 * The browser of this machine, without a window. It reaches this machine and nothing else: the
 * editor must not need the internet. (A route that refuses the rest would do the same, but
 * playwright then switches the browser's cache off, and each page takes twice as long.)
 */
export async function startBrowser(cleanup: Cleanup): Promise<Browser> {
	const executablePath = PROGRAMS.find((program) => existsSync(program));
	if (executablePath === undefined) {
		throw new Error('There is no Chromium here. On Debian: apt-get install chromium');
	}
	selectors.setTestIdAttribute('data-test-id');
	const browser = await chromium.launch({
		executablePath,
		args: [
			'--no-sandbox',
			'--disable-background-networking',
			'--force-color-profile=srgb',
			'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
		],
	});
	cleanup.add(() => browser.close());
	return browser;
}

/** A page of n8n's editor, signed in with a session's cookie (`name=value`). */
export async function openEditor(
	browser: Browser,
	{ url, cookie, theme }: { url: string; cookie: string; theme: Theme },
): Promise<Page> {
	const context = await browser.newContext({
		viewport: SCREEN,
		colorScheme: theme,
		reducedMotion: 'reduce',
		locale: 'en-GB',
	});
	await signIn(context, url, cookie);
	await context.addInitScript({ content: `localStorage.setItem('N8N_THEME', '${theme}')` });
	return context.newPage();
}

async function signIn(context: BrowserContext, url: string, cookie: string): Promise<void> {
	const cookies = cookie.split('; ').map((pair) => {
		const [name = '', ...value] = pair.split('=');
		return { name, value: value.join('='), url };
	});
	await context.addCookies(cookies);
}
