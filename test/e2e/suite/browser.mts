import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { inRoot } from '../../tools/project.mjs';
import { BROWSER_ID } from '../server/index.mjs';
import { n8n } from './stage.mjs';

const EXECUTABLE = process.env.CHROMIUM_PATH || '/usr/bin/chromium';

// JPEG: the build copies every PNG below the project into the package.
const SCREENSHOTS = process.env.E2E_SCREENSHOTS || inRoot('test/e2e/screenshots');

export interface Window {
	page: Page;
	close(): Promise<void>;
}

const launch = async (): Promise<Browser> => {
	if (!existsSync(EXECUTABLE))
		throw new Error(
			`There is no Chromium at ${EXECUTABLE}. On Debian: apt-get install chromium fonts-noto-cjk; ` +
				'elsewhere set CHROMIUM_PATH.',
		);
	return await chromium.launch({
		executablePath: EXECUTABLE,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
};

/** A browser with one page; logged in to n8n unless told. */
export const openWindow = async ({ loggedIn = true } = {}): Promise<Window> => {
	const browser = await launch();
	const context = await browser.newContext({
		viewport: { width: 1400, height: 900 },
		locale: 'en-US',
	});
	context.setDefaultTimeout(20_000);
	// Nothing leaves this machine, whatever the editor would like to know.
	await context.route(
		(url) => url.hostname !== '127.0.0.1' && url.protocol.startsWith('http'),
		async (route) => await route.abort(),
	);
	if (loggedIn) {
		const [name, value] = n8n.cookie.split(/=(.*)/s);
		await context.addCookies([{ name, value, url: n8n.url }]);
		await context.addInitScript(`localStorage.setItem('n8n-browserId', '${BROWSER_ID}')`);
	}
	const page = await context.newPage();
	return { page, close: async () => await browser.close() };
};

/** Keeps a picture of the page as it is now, or of a part of it. */
export const picture = async (page: Page, name: string, part?: Locator): Promise<string> => {
	mkdirSync(SCREENSHOTS, { recursive: true });
	const path = join(SCREENSHOTS, `${name}.jpg`);
	await (part ?? page).screenshot({
		path,
		type: 'jpeg',
		quality: 80,
		animations: 'disabled',
		// Notices that pass by would hide what the picture is for.
		style: '.el-notification { display: none !important; }',
	});
	return path;
};

/** A picture that the guides show. With UPDATE_DOCS=1 it takes the place of the one in docs/images. */
export const guidePicture = async (page: Page, name: string, part?: Locator): Promise<void> => {
	const path = await picture(page, name, part);
	if (process.env.UPDATE_DOCS === '1') copyFileSync(path, inRoot('docs/images', `${name}.jpg`));
};

/** Runs `work`, and keeps a picture of where it stopped. */
export const watched = async <T,>(page: Page, name: string, work: () => Promise<T>): Promise<T> => {
	try {
		return await work();
	} catch (error) {
		await picture(page, `FAILED ${name}`).catch(() => {});
		throw error;
	}
};
